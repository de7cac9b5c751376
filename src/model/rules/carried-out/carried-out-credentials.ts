import { namespacesOf } from '../../derived/places/namespaces.ts';
import type { Delivery } from '../../delivery.ts';
import { notOnGitHub, hostOf } from '../../formats/host.ts';
import type { Problem } from '../../problem.ts';

/**
 * A Secret is made for a place, by its stack: of the delivery's, those in a namespace of a toolchain. A secret of workflows is kept by the
 * host of a repository, which has to be one with workflows: on a server that nobody named there are none, and nothing else says so.
 * An ops repository may lie on any Git server: nobody can open a pull request there, and the workflow that would check one is not needed.
 */
export const carriedOutCredentials = ({
  credentials,
  repositories,
  gitHubHost,
  toolchains = [],
}: Delivery): readonly Problem[] =>
  credentials.flatMap(({ name, store }) => {
    if (store.kind === 'githubActions') {
      const { url, holds = [] } = repositories.find((repository) => repository.name === store.repository) ?? {};
      const isOpsAlone = holds.every((held) => held === 'ops');
      return url === undefined || isOpsAlone || hostOf(url, gitHubHost) === 'github'
        ? []
        : [
            {
              path: `credentials.${name}.store.repository`,
              message: `is at ${url}, ${notOnGitHub(gitHubHost)}: no workflow runs there; keep it elsewhere, or leave it out`,
              given: store.repository,
            },
          ];
    }
    const { namespace = '' } = store;
    if (toolchains.some((toolchain) => namespacesOf(toolchain).includes(namespace))) return [];
    return [
      {
        path: `credentials.${name}.store.kind`,
        message:
          'is not carried out yet for a credential of the delivery; declare it under the environment whose cluster keeps it, or name a namespace of a toolchain in store.namespace',
        given: store.kind,
      },
    ];
  });
