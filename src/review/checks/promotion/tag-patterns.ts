import { foundAt, type Check } from '../../../objects/check.ts';
import { textOf, valueAt } from '../../../objects/fields.ts';

/** The pattern by which Flux picks tags covers the whole tag: else a tag that only looks alike in the middle is deployed. */
export const tagPatterns: Check = {
  name: 'tag-patterns',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('ImagePolicy.image.toolkit.fluxcd.io')) {
      const pattern = textOf(valueAt(rendered.object, 'spec', 'filterTags', 'pattern'));
      if (pattern === undefined || (pattern.startsWith('^') && pattern.endsWith('$'))) continue;
      report(
        foundAt(
          rendered,
          'spec.filterTags.pattern',
          `picks every tag that holds the pattern somewhere; write "^${pattern.replace(/^\^|\$$/g, '')}$", got "${pattern}"`,
        ),
      );
    }
  },
};
