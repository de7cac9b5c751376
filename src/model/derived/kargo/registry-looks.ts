import type { Delivery } from '../../delivery.ts';
import { isRegistryHost } from '../../formats/image-reference.ts';
import type { Supply } from '../../supply.ts';
import { suppliesOfKargo } from './moved-by-kargo.ts';

/**
 * What a registry answers to somebody who has not logged in.
 *
 * @see https://docs.docker.com/docker-hub/usage/
 */
const limits: Readonly<Record<string, { readonly requests: number; readonly minutes: number }>> = {
  'docker.io': { requests: 100, minutes: 360 },
};

/** Registries that tell a receiver of Kargo's what was pushed, and what that is called. */
export const receiversByRegistry: Readonly<Record<string, string>> = {
  'docker.io': 'dockerhub',
  'ghcr.io': 'github',
  'quay.io': 'quay',
};

/** Part of a limit that looks may use up: the rest is for nodes that pull, which count at the same address. */
const share = 0.5;

/** Nobody looks more often unless a project says so. */
const usualMinutes = 5;

/** Host of the registry that a repository is in, e.g. `ghcr.io`; that of Docker Hub is `docker.io`. */
export function registryOf(repository: string): string {
  const [first = '', ...rest] = repository.split('/');
  if (rest.length === 0 || !isRegistryHost(first)) return 'docker.io';
  return first === 'index.docker.io' ? 'docker.io' : first;
}

/** Repositories of the images of a supply. */
export const repositoriesOf = ({ artifacts }: Pick<Delivery, 'artifacts'>, supply: Supply): readonly string[] =>
  artifacts.filter(({ name }) => supply.artifacts.includes(name)).map(({ repository }) => repository);

/** Minutes that must lie between two looks for the images of a supply, so that all that are looked for stay within the limits of their registries. */
export function leastMinutesBetweenLooks(delivery: Delivery, supply: Supply): number {
  const looked = suppliesOfKargo(delivery).flatMap((each) => repositoriesOf(delivery, each).map(registryOf));
  const needed = repositoriesOf(delivery, supply).map((repository) => {
    const limit = limits[registryOf(repository)];
    const count = looked.filter((host) => host === registryOf(repository)).length;
    // A look asks for the newest tag's manifest, and each subscription is one.
    return limit === undefined ? 0 : Math.ceil((count * limit.minutes) / (limit.requests * share));
  });
  return Math.max(0, ...needed);
}

/** Minutes between two looks for the images of a supply: as it says, else as its registries let. */
export const minutesBetweenLooks = (delivery: Delivery, supply: Supply): number =>
  (supply.discovery.kind === 'registryPoll' ? supply.discovery.intervalMinutes : undefined) ??
  Math.max(usualMinutes, leastMinutesBetweenLooks(delivery, supply));
