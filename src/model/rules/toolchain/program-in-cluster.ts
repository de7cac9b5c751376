import { repositoryHolding, type Delivery } from '../../delivery.ts';
import { imageReference } from '../../formats/image-reference.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import type { Supply } from '../../supply.ts';
import { stagePath } from '../place.ts';

/** The program runs in an image that is the same tomorrow. */
export const programImageProblems = (stage: Stage, image: string): readonly Problem[] =>
  imageReference(image)?.digest === undefined
    ? [
        {
          path: `${stagePath(stage)}.promoter.image`,
          message:
            'must name an image with Node.js, npm and Git by its digest, e.g. "node:22-bookworm@sha256:…": a tag is another image tomorrow',
          given: image,
        },
      ]
    : [];

/**
 * Everything is fetched from one server, over HTTPS, with one login.
 *
 * @param supplies - those whose sources are fetched
 * @param who - fetches, e.g. `the CronJob of dev`
 */
export function fetchedProblems(
  delivery: Delivery,
  stage: Stage,
  supplies: readonly Supply[],
  who: string,
): readonly Problem[] {
  const ops = delivery.repositories.find(({ name }) => name === stage.write.repository);
  const program = repositoryHolding(delivery, 'program');
  const sources = new Set(supplies.map(({ source }) => source));
  const fetched = delivery.repositories.filter((it) => it === ops || it === program || sources.has(it.name));
  const server = fetched.map(({ url }) => serverOf(url)).find((it) => it !== undefined);
  return [
    ...(program === undefined
      ? [
          {
            path: 'repositories',
            message: `must have one that holds the program, which ${who} fetches; write holds: ["program"]`,
          },
        ]
      : []),
    ...fetched.flatMap(({ name, url }) =>
      serverOf(url) !== undefined && serverOf(url) === server
        ? []
        : [
            {
              path: `repositories.${name}.url`,
              message: `must be an address of ${server ?? 'a server'} that begins with https://, because ${who} fetches everything with one login`,
              given: url,
            },
          ],
    ),
  ];
}

/** Scheme and host of an address over HTTPS; nothing for another. */
const serverOf = (url: string): string | undefined =>
  URL.canParse(url) && new URL(url).protocol === 'https:' ? new URL(url).origin : undefined;
