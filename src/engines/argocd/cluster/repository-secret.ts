import { chartsOfEngine } from '../../../model/charts/helm-chart.ts';
import { chartsAt } from '../../../model/derived/charts/helm-repositories.ts';
import type { Delivery } from '../../../model/delivery.ts';
import { engineNamespaceOf, type Environment } from '../../../model/environment.ts';
import type { KubernetesObject } from '../../../model/application.ts';
import { argoProjectName } from '../../../model/names.ts';
import { textAt } from '../../../objects/fields-at.ts';
import type { EngineInCluster } from '../../engine-in-cluster.ts';
import { readAddress } from '../repository-address.ts';

/** Label by which Argo CD finds its keys to repositories. */
const label = 'argocd.argoproj.io/secret-type';

/**
 * A Secret with which Argo CD reads the ops repository, or fetches charts. It belongs to the AppProject, so that environments that share an Argo CD
 * keep a credential each; Argo CD lets a project's Applications read what such a Secret opens.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 */
export const repositorySecret: EngineInCluster['repositorySecret'] = (
  { delivery, environment, opsRepository },
  { name, purpose, store },
) => {
  if (store.kind !== 'kubernetes') return undefined;
  if ((store.namespace ?? environment.namespace) !== engineNamespaceOf(environment)) return undefined;
  const fields: Readonly<Record<string, string>> | undefined =
    purpose === 'gitRead'
      ? { type: 'git', url: readAddress(environment, opsRepository) }
      : purpose === 'registryRead'
        ? chartsOpenedBy(delivery, environment, name)
        : undefined;
  if (fields === undefined) return undefined;
  const { secretName } = store;
  return {
    labels: { [label]: 'repository' },
    fields,
    limits: { project: argoProjectName(delivery, environment), name: secretName },
    unfound: (live) => whyUnfound(live, secretName, fields),
  };
};

/** What a login for charts opens: a site, or a folder of a registry, which Argo CD calls without `oci://`. Nothing where it is for none. */
function chartsOpenedBy(
  { artifacts }: Delivery,
  { applications }: Environment,
  credential: string,
): Readonly<Record<string, string>> | undefined {
  const [found] = applications
    .flatMap(chartsOfEngine)
    .filter(({ renderedBy: { pullCredential } }) => pullCredential === credential);
  if (found === undefined) return undefined;
  const { repository = '' } = artifacts.find(({ name }) => name === found.chart.artifact) ?? {};
  const url = chartsAt(found.renderedBy, repository);
  return url.startsWith('oci://')
    ? { type: 'helm', url: url.replace('oci://', ''), enableOCI: 'true' }
    : { type: 'helm', url };
}

function whyUnfound(
  live: KubernetesObject,
  name: string,
  fields: Readonly<Record<string, string>>,
): readonly { readonly message: string; readonly line: string }[] {
  if (live.metadata.labels?.[label] !== 'repository')
    return [
      {
        message: `Argo CD does not find it without the label ${label}=repository`,
        line: `label secret ${name} --overwrite ${label}=repository`,
      },
    ];
  const { url: wanted = '', enableOCI } = fields;
  const url = textAt(live, 'data', 'url');
  if (url !== wanted)
    return [
      {
        message: `opens ${url === '' ? 'no address' : url}, and Argo CD reads ${wanted}`,
        line: `patch secret ${name} -p '{"stringData":{"url":"${wanted}"}}'`,
      },
    ];
  return enableOCI === undefined || textAt(live, 'data', 'enableOCI') === enableOCI
    ? []
    : [
        {
          message: 'does not say that it opens an OCI registry',
          line: `patch secret ${name} -p '{"stringData":{"enableOCI":"${enableOCI}"}}'`,
        },
      ];
}

/** Keys of a repository's Secret that say what it is for. */
const spoken = ['type', 'url', 'project'];

/** The same of one that opens a registry. */
const spokenOfRegistry = [...spoken, 'enableOCI'];

/** What may be shown of a Secret that is Argo CD's key to a repository; nothing of any other. */
export const shownKeys: EngineInCluster['shownKeys'] = (secret) => {
  if (secret.metadata.labels?.[label] !== 'repository') return [];
  return textAt(secret, 'data', 'enableOCI') === '' ? spoken : spokenOfRegistry;
};
