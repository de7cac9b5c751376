import type { Delivery } from '../../src/model/delivery.ts';
import type { Environment } from '../../src/model/environment.ts';

/** How many ConfigMaps the service of each environment has: what else there is makes it 806 objects in dev, and 30 in prod. */
const configMaps: Readonly<Record<string, number>> = { dev: 801, prod: 25 };

/** The first example as the tests' cluster runs it: many objects in dev and few in prod; both take what was built, and apply what differs alone. */
export function manyAndFew(delivery: Delivery): Delivery {
  const [first] = delivery.stages;
  if (first === undefined) throw new Error('the first example has no stage');
  const release = delivery.initialReleases[first.name];
  if (release === undefined) throw new Error(`the first example has no release for ${first.name}`);
  return {
    ...delivery,
    environments: delivery.environments.map(inCluster),
    stages: delivery.stages.map(({ name, environment, write }) => ({
      ...first,
      name,
      environment,
      write,
      gate: { kind: 'none', accepted: 'a throw-away cluster' },
      engine: { kind: 'argocd', source: 'plain', prune: true, selfHeal: true, applyOutOfSyncOnly: true },
    })),
    initialReleases: Object.fromEntries(delivery.stages.map(({ name }) => [name, release])),
  };
}

function inCluster(environment: Environment): Environment {
  const count = configMaps[environment.name] ?? 0;
  return {
    ...environment,
    // No Secret for its container, and a password for the ops repository, which is read over HTTP.
    credentials: environment.credentials.flatMap((credential) => {
      const { purpose, store } = credential;
      if (purpose !== 'gitRead' || store.kind !== 'kubernetes') return [];
      return [{ ...credential, store: { ...store, keys: ['username', 'password'] } }];
    }),
    applications: environment.applications.map((application) => ({
      ...application,
      services: application.services.map((service) => ({
        ...service,
        configs: Array.from({ length: count }, (_, i) => ({ name: `many-${i}`, data: { NUMBER: String(i) } })),
        containers: service.containers.map((container) => ({ ...container, env: {} })),
      })),
    })),
  };
}
