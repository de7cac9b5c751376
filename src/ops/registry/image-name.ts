import { imageReference as readReference, isLoopback, isRegistryHost } from '../../model/formats/image-reference.ts';

/** An image reference, taken apart the way Docker does. */
export interface ImageName {
  /** Host of the registry's API, e.g. `registry-1.docker.io`. */
  readonly registry: string;
  /** Name inside the registry, e.g. `library/nats` or `acme/orders`. */
  readonly name: string;
  /** As it was written, without tag and digest, e.g. `acme/orders`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const dockerHub = 'registry-1.docker.io';

/**
 * Takes an image reference apart.
 *
 * @returns undefined when it is not a reference
 * @see https://github.com/distribution/reference
 */
export function parseImageName(reference: string): ImageName | undefined {
  const parts = readReference(reference);
  if (parts === undefined || (parts.digest !== undefined && !parts.digest.startsWith('sha256:'))) return undefined;
  const { repository, tag, digest } = parts;
  const [first = '', ...rest] = repository.split('/');
  const hasHost = rest.length > 0 && isRegistryHost(first);
  const host = hasHost ? first : 'docker.io';
  const path = hasHost ? rest.join('/') : repository;
  return {
    registry: host === 'docker.io' || host === 'index.docker.io' ? dockerHub : host,
    name: host === 'docker.io' && !path.includes('/') ? `library/${path}` : path,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Address of the registry's API: plain HTTP on this machine, HTTPS everywhere else. */
export function registryOrigin(registry: string): string {
  return isLoopback(registry) ? `http://${registry}` : `https://${registry}`;
}

/** The line that makes Docker keep a login; Docker Hub is the one that is not named. */
export const loginLine = (registry: string): string =>
  registry === dockerHub ? 'docker login' : `docker login ${registry}`;
