import { engineNamespaceOf } from '../../../model/environment.ts';
import type { KubernetesObject } from '../../../model/application.ts';
import { argoProjectName } from '../../../model/names.ts';
import { textAt } from '../../../objects/fields-at.ts';
import type { EngineInCluster } from '../../engine-in-cluster.ts';
import { readAddress } from '../repository-address.ts';

/** Label by which Argo CD finds its keys to repositories. */
const label = 'argocd.argoproj.io/secret-type';

/**
 * A Secret with which Argo CD reads the ops repository. It belongs to the AppProject, so that environments that share an Argo CD keep
 * a credential each.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 */
export const repositorySecret: EngineInCluster['repositorySecret'] = (
  { delivery, environment, opsRepository },
  { purpose, store },
) => {
  if (purpose !== 'gitRead' || store.kind !== 'kubernetes') return undefined;
  if ((store.namespace ?? environment.namespace) !== engineNamespaceOf(environment)) return undefined;
  const url = readAddress(environment, opsRepository);
  const { secretName } = store;
  return {
    labels: { [label]: 'repository' },
    fields: { type: 'git', url },
    limits: { project: argoProjectName(delivery, environment), name: secretName },
    unfound: (live) => whyUnfound(live, secretName, url),
  };
};

function whyUnfound(
  live: KubernetesObject,
  name: string,
  wanted: string,
): readonly { readonly message: string; readonly line: string }[] {
  if (live.metadata.labels?.[label] !== 'repository')
    return [
      {
        message: `Argo CD does not find it without the label ${label}=repository`,
        line: `label secret ${name} --overwrite ${label}=repository`,
      },
    ];
  const url = textAt(live, 'data', 'url');
  if (url === wanted) return [];
  return [
    {
      message: `opens ${url === '' ? 'no address' : url}, and Argo CD reads ${wanted}`,
      line: `patch secret ${name} -p '{"stringData":{"url":"${wanted}"}}'`,
    },
  ];
}

/** Keys of a repository's Secret that say what it is for. */
const spoken = ['type', 'url', 'project'];

/** What may be shown of a Secret that is Argo CD's key to a repository; nothing of any other. */
export const shownKeys: EngineInCluster['shownKeys'] = ({ metadata }) =>
  metadata.labels?.[label] === 'repository' ? spoken : [];
