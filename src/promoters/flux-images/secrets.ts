import { PULL_SECRET_KEY } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import { foundByFlux } from '../../model/derived/flux-images/found-by-flux.ts';
import { apiOfGitHub, publicGitHub } from '../../model/formats/host.ts';
import { repositoryAddress } from '../../model/formats/repository-address.ts';
import type { Stage } from '../../model/stage.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import type { NeededSecret } from '../../objects/tools/tool-in-cluster.ts';
import { writtenBy } from './settings.ts';

/** The Secrets that Flux reads for its stages: what it writes their branches with, and what it asks registries with. */
export function fluxImagesSecrets(
  delivery: Delivery,
  namespace: string,
  stages: readonly Stage[],
): readonly NeededSecret[] {
  const pushing = stages.map((stage): NeededSecret => {
    const { url, host, keys } = writtenBy(delivery, stage);
    const server = repositoryAddress(url)?.host ?? publicGitHub;
    // An app of another server than github.com asks for its tokens there.
    const fields = host === 'github' && server !== publicGitHub ? { githubAppBaseURL: apiOfGitHub(server) } : undefined;
    return {
      purpose: 'gitPush',
      secretName: secretNameOf(delivery, stage.write.credential),
      namespace,
      keys,
      ...(fields === undefined ? {} : { fields }),
    };
  });
  const asking = stages
    .flatMap((stage) => foundByFlux(delivery, stage))
    .flatMap(({ discovery }): readonly NeededSecret[] =>
      discovery.kind === 'registryPoll' && discovery.login !== undefined
        ? [
            {
              purpose: 'registryRead',
              secretName: secretNameOf(delivery, discovery.login),
              namespace,
              keys: [PULL_SECRET_KEY],
            },
          ]
        : [],
    );
  return [...pushing, ...asking];
}
