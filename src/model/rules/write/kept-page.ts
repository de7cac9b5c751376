import { opsRepositoryOf, type Delivery } from '../../delivery.ts';
import { isManaged } from '../../derived/managed-repositories.ts';
import type { Problem } from '../../problem.ts';

/** A page of what runs where is shown to those alone that somebody named. */
export function keptPage(delivery: Delivery): readonly Problem[] {
  const { page } = delivery;
  if (page === undefined) return [];
  const path = 'page';
  if (page.keptIn === 'run')
    return page.readers === undefined
      ? []
      : [
          {
            path: `${path}.readers`,
            message:
              "a run shows it to who may read the ops repository; leave readers out, or write keptIn: 'gitHubPages'",
            given: page.readers,
          },
        ];
  const repositories = [...new Set(delivery.environments.map(({ name }) => opsRepositoryOf(delivery, name)))];
  return [
    ...(page.readers === undefined
      ? [
          {
            path: `${path}.readers`,
            message:
              "GitHub shows pages to everyone, those of a private repository too; write readers: 'everyone', or 'repository' on GitHub Enterprise Cloud",
          },
        ]
      : []),
    ...(repositories.some((repository) => repository !== undefined && !isManaged(repository))
      ? [
          {
            path: `${path}.keptIn`,
            message:
              "nobody here lets the branches of an external ops repository into its GitHub Pages; write keptIn: 'run'",
            given: page.keptIn,
          },
        ]
      : []),
  ];
}
