import { isRegistryHost } from '../../model/formats/image-reference.ts';

/** Host of the registry that an image repository is in, e.g. `ghcr.io`; nothing for Docker Hub, which no login names. */
export function registryHost(repository: string): string | undefined {
  const [first = '', ...rest] = repository.split('/');
  const isHost = rest.length > 0 && isRegistryHost(first);
  return isHost && !/^(?:index\.)?docker\.io$/.test(first) ? first : undefined;
}
