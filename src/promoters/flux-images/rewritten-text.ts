import { foundAt, type Check } from '../../objects/check.ts';
import { everyText } from '../../objects/every-text.ts';
import { isMovedByFlux, movedByFlux } from '../../model/derived/flux-images/found-by-flux.ts';

/** What the writer of Flux escapes otherwise than this program does. */
const escaped = /(?![\t\n\r])\p{Cc}|[\u00a0\u2028\u2029\ufeff\ufffe\uffff]|[\u{10000}-\u{10ffff}]/u;

/** Whether a line ends in a space, of several: this program writes a block, and Flux one line with quotes. */
const endsInSpace = (text: string): boolean => text.includes('\n') && / (?:\n|$)/.test(text);

/**
 * Where Flux sets an image it writes the whole file anew. What it would then write in other letters is, on the branch, an edit that nobody made: no such
 * text stands in an object with an image that Flux sets.
 */
export const rewrittenText: Check = {
  name: 'rewritten-text',
  find({ delivery, environment, objects }, report) {
    for (const stage of delivery.stages) {
      if (stage.environment !== environment.name || !isMovedByFlux(stage)) continue;
      const moved = new Set(movedByFlux(delivery, stage).map(({ name }) => name));
      for (const rendered of objects.all) {
        const { application, artifacts = {}, object } = rendered;
        if (application !== stage.application || !Object.values(artifacts).some((name) => moved.has(name))) continue;
        for (const { text, path } of everyText(object)) {
          const what = escaped.test(text)
            ? 'holds a character that Flux writes otherwise'
            : endsInSpace(text)
              ? 'has a line that ends in a space, which Flux writes otherwise'
              : undefined;
          if (what !== undefined)
            report(
              foundAt(
                rendered,
                path,
                `${what}, so that each image that it sets would be an edit of this field too; change it, or put it into a ConfigMap`,
              ),
            );
        }
      }
    }
  },
};
