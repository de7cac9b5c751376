import { listAt, textAt } from '../../../src/objects/fields-at.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { until } from '../../support/cluster.ts';
import { all, imageOf, kubectl, live, project } from './world.ts';

/** Promotions of a stage, the newest last. */
export const promotionsOf = async (stage: string): Promise<readonly KubernetesObject[]> =>
  (await all('promotions.kargo.akuity.io', project))
    .filter((it) => textAt(it, 'spec', 'stage') === stage)
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));

/** How a promotion stands. */
export const phaseOf = (promotion: KubernetesObject | undefined): string => textAt(promotion, 'status', 'phase');

/** Name of the Freight of a service's version. */
export const freightOf = async (service: string, tag: string): Promise<string | undefined> =>
  (await all('freights.kargo.akuity.io', project)).find((it) =>
    listAt(it, 'images').some((image) => textAt(image, 'repoURL') === imageOf(service) && textAt(image, 'tag') === tag),
  )?.metadata.name;

/** Asks for a promotion as a person does. */
export const ask = async (stage: string, freight: string): Promise<string> =>
  (
    await kubectl(
      ['create', '--filename=-', '--output=name'],
      JSON.stringify({
        apiVersion: 'kargo.akuity.io/v1alpha1',
        kind: 'Promotion',
        metadata: { generateName: `${stage}-`, namespace: project },
        spec: { stage, freight },
      }),
    )
  ).replace(/^.*\//, '');

/** Has Kargo look at an object at once. */
export const look = (resource: string, name: string, namespace = project): Promise<string> =>
  kubectl([
    'annotate',
    resource,
    name,
    `--namespace=${namespace}`,
    '--overwrite',
    `kargo.akuity.io/refresh=${Date.now()}`,
  ]);

/** The image that a service runs in an environment. */
export const deployed = async (service: string, place: string): Promise<string> =>
  textAt(await live('deployments.apps', service, place), 'spec', 'template', 'spec', 'containers', 0, 'image');

/** A promotion, once it came to an end. */
export const ended = (name: string): Promise<KubernetesObject> =>
  until(`promotion ${name} ends`, 180, async () => {
    const found = await live('promotions.kargo.akuity.io', name, project);
    return ['Succeeded', 'Failed', 'Errored', 'Aborted'].includes(phaseOf(found)) ? found : undefined;
  });
