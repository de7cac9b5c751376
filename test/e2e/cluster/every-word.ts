import { expect } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { everyWord } from '../../model/every-word.ts';
import { everyWorkload } from '../../model/every-workload/every-workload.ts';
import { certified, furtherWords } from '../../model/further-words.ts';
import { suiteLabels } from '../../support/cluster.ts';
import { rendered } from '../../systems/rendered-system.ts';
import type { Step } from './phase.ts';
import { definitionNames, definitions } from './shop/around-the-shop.ts';
import { strictly } from './strictly.ts';
import type { World } from './world.ts';
import { timeout } from '../../support/long-enough.ts';

/** Deliveries that say every word there is between them. */
const deliveries: Readonly<Record<string, Delivery>> = { everyWord, everyWorkload, furtherWords, certified };

/** Gateway API is not there; that a route has the fields that it must have is the check of schemas to tell. */
const routes: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'httproutes.gateway.networking.k8s.io',
    labels: suiteLabels,
    annotations: { 'api-approved.kubernetes.io': 'unapproved, stands in for Gateway API' },
  },
  spec: {
    group: 'gateway.networking.k8s.io',
    scope: 'Namespaced',
    names: { kind: 'HTTPRoute', listKind: 'HTTPRouteList', plural: 'httproutes', singular: 'httproute' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

/** Every environment of every delivery. */
const places = Object.entries(deliveries).flatMap(([name, delivery]) =>
  delivery.environments.map((environment) => ({ name: `${name}, ${environment.name}`, delivery, environment })),
);

const objectsOf = ({ delivery, environment: { name } }: (typeof places)[number]): readonly KubernetesObject[] =>
  rendered(delivery, name, delivery.initialReleases[name] ?? { images: {} }).objects.map(({ object }) => object);

const namespacesIn = (objects: readonly KubernetesObject[]): readonly string[] => [
  ...new Set(
    objects.flatMap(({ kind, metadata: { name, namespace } }) => (kind === 'Namespace' ? [name] : (namespace ?? []))),
  ),
];

/** Namespaces that were made for it. */
const made = new Set<string>();

/** Takes away what was made for it; also after a step that failed. */
export async function clearEveryWord({ cluster }: World): Promise<void> {
  await cluster.kubectl(['delete', 'namespace', ...made, '--ignore-not-found', timeout(90)]);
  const all = [...definitionNames, routes.metadata.name];
  await cluster.kubectl(['delete', 'customresourcedefinitions', ...all, '--ignore-not-found', timeout(90)]);
}

/** What is rendered of every word of the model, before a real API server that looks strictly and stores nothing. */
export function everyWordOnTheServer(world: () => World, step: Step): void {
  step('strict validation on the server has no finding and no warning for any object of any word', async () => {
    const { cluster } = world();
    await cluster.apply(...definitions, routes);
    for (const name of [...definitionNames, routes.metadata.name])
      await cluster.run('wait', '--for=condition=Established', 'customresourcedefinition', name, timeout(30));
    const said: Record<string, unknown> = {};
    for (const place of places) {
      const objects = objectsOf(place);
      const own = objects.filter(({ kind }) => kind === 'Namespace');
      const others = namespacesIn(objects).filter((name) => !own.some(({ metadata }) => metadata.name === name));
      for (const name of others)
        if ((await cluster.get('namespaces', name)) === undefined) {
          await cluster.run('create', 'namespace', name);
          made.add(name);
        }
      for (const { metadata } of own) made.add(metadata.name);
      await cluster.apply(...own);
      const input = objects.map((object) => JSON.stringify(object)).join('\n');
      const { exitCode, stdout, findings } = await strictly(cluster, '-', input);
      const taken = stdout.split('\n').filter((line) => line.endsWith('(server dry run)')).length;
      said[place.name] = { exitCode, lacking: objects.length - taken, findings };
    }

    expect(said).toEqual(
      Object.fromEntries(places.map(({ name }) => [name, { exitCode: 0, lacking: 0, findings: '' }])),
    );
  });

  step('goes away with its namespaces and definitions', async () => {
    await clearEveryWord(world());

    for (const name of made) expect(await world().cluster.get('namespaces', name)).toBeUndefined();
  });
}
