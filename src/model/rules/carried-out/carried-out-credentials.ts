import type { Delivery } from '../../delivery.ts';
import { notOnGitHub, hostOf } from '../../formats/host.ts';
import type { Problem } from '../../problem.ts';

/**
 * A Secret is made for an environment, by its stack: nothing makes one for the delivery as a whole. A secret of workflows is kept by the
 * host of a repository, which has to be one with workflows: on a server that nobody named there are none, and nothing else says so.
 */
export const carriedOutCredentials = ({ credentials, repositories, gitHubHost }: Delivery): readonly Problem[] =>
  credentials.flatMap(({ name, store }) => {
    if (store.kind === 'githubActions') {
      const url = repositories.find((repository) => repository.name === store.repository)?.url;
      return url === undefined || hostOf(url, gitHubHost) === 'github'
        ? []
        : [
            {
              path: `credentials.${name}.store.repository`,
              message: `is at ${url}, ${notOnGitHub(gitHubHost)}: no workflow runs there; keep it elsewhere, or leave it out`,
              given: store.repository,
            },
          ];
    }
    return [
      {
        path: `credentials.${name}.store.kind`,
        message:
          'is not carried out yet for a credential of the delivery; declare it under the environment whose cluster keeps it',
        given: store.kind,
      },
    ];
  });
