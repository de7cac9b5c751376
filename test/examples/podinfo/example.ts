import project from '../../../examples/podinfo/project.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { rendered } from '../../systems/rendered-system.ts';
import { committedSettings } from '../committed-settings.ts';

/** Its environments, of which all but the first run the chart. */
export const places = ['dev', 'dev-test', 'uat', 'stg', 'prod'] as const;

/** The system of the example. */
export const podinfo = (): Delivery => project(committedSettings('podinfo', places));

/** The object of that `Kind/name` in an environment at its first release. @throws when it is not rendered */
export function objectIn(environment: string, identity: string, delivery = podinfo()): KubernetesObject {
  const release = delivery.initialReleases[environment] ?? { images: {} };
  const found = rendered(delivery, environment, release).objects.find(
    ({ object: { kind, metadata } }) => `${kind}/${metadata.name}` === identity,
  );
  if (found === undefined) throw new Error(`${identity} is not rendered in ${environment}`);
  return found.object;
}
