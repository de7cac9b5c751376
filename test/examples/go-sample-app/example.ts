import project from '../../../examples/go-sample-app/project.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { rendered } from '../../systems/rendered-system.ts';
import { committedSettings } from '../committed-settings.ts';

/** The system of the example. */
export const sample = (): Delivery => project(committedSettings('go-sample-app', ['dev', 'prod']));

/** The object of that `Kind/name` in a place, at its first release. @throws when it is not rendered */
export function objectIn(place: string, identity: string): KubernetesObject {
  const delivery = withToolchains(sample());
  const { objects } = rendered(delivery, place, delivery.initialReleases[place] ?? { images: {} });
  const found = objects.find(({ object: { kind, metadata } }) => `${kind}/${metadata.name}` === identity);
  if (found === undefined) throw new Error(`${identity} is not rendered in ${place}`);
  return found.object;
}
