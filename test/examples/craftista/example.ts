import project from '../../../examples/craftista/project.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Credential } from '../../../src/model/credential.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Stage } from '../../../src/model/stage.ts';
import { committedSettings } from '../committed-settings.ts';
import { rendered } from '../../systems/rendered-system.ts';

/** Its environments. */
export const places = ['dev', 'staging', 'prod'] as const;

/** The system of the example. */
export const craftista = (): Delivery => project(committedSettings('craftista', places));

const isStartedByHealth = ({ triggers }: Stage): boolean => triggers.some(({ on }) => on === 'upstreamHealthy');

/** The same system, promoted by workflows: what says so is changed, with the keys that they push with, and nothing else. */
export function byWorkflows(): Delivery {
  const { toolchains: _, ...kargo } = craftista();
  return {
    ...kargo,
    supplies: kargo.supplies.map((it) => ({ ...it, discovery: { kind: 'sameJob' } })),
    stages: kargo.stages.map(({ promoter, toolchain: __, ...stage }) =>
      promoter === undefined
        ? stage
        : {
            ...stage,
            ...(stage.intake.from === 'supply'
              ? { triggers: [{ on: 'push', repository: `craftista-${stage.application}`, branches: ['main'] }] }
              : {}),
            // What health starts is written by a workflow of the program, with the key that publishes.
            write: {
              ...stage.write,
              credential: isStartedByHealth(stage) ? `publish-${stage.environment}` : `promote-${stage.name}`,
            },
          },
    ),
    credentials: [
      ...kargo.credentials.filter(({ name }) => !['kargo', 'publish-tools'].includes(name)),
      ...kargo.stages
        .filter((stage) => stage.promoter !== undefined && !isStartedByHealth(stage))
        .map((stage): Credential => ({
          name: `promote-${stage.name}`,
          purpose: 'gitPush',
          holder: 'portolan-promoter',
          store: {
            kind: 'githubActions',
            repository: `craftista-${stage.application}`,
            environment: stage.environment,
            keys: ['PROMOTER_APP_ID', 'PROMOTER_PRIVATE_KEY'],
          },
          scope: 'contents and pull requests: write on craftista-ops',
        })),
      {
        name: 'look-for-staging',
        purpose: 'clusterRead',
        holder: 'portolan-looker',
        store: {
          kind: 'githubActions',
          repository: 'craftista-delivery',
          environment: 'staging',
          keys: ['KUBECONFIG'],
        },
        scope: 'looks, and no more',
      },
    ],
  };
}

/** Its services, each of which is an application that is built. */
export const services = ['frontend', 'catalogue', 'recommendation', 'voting'] as const;

/** What is rendered of an environment at its first release, by `Kind/name`. */
export function objectsIn(environment: string, delivery = craftista()): ReadonlyMap<string, KubernetesObject> {
  const release = delivery.initialReleases[environment] ?? { images: {} };
  const { objects } = rendered(delivery, environment, release);
  return new Map(objects.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object]));
}

/** The object of that `Kind/name`. @throws when it is not rendered */
export function objectIn(environment: string, identity: string, delivery = craftista()): KubernetesObject {
  const found = objectsIn(environment, delivery).get(identity);
  if (found === undefined) throw new Error(`${identity} is not rendered in ${environment}`);
  return found;
}
