/** Host of the registry that an image repository is in, e.g. `ghcr.io`; nothing for Docker Hub, which no login names. */
export function registryHost(repository: string): string | undefined {
  const [first = '', ...rest] = repository.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isHost && !/^(?:index\.)?docker\.io$/.test(first) ? first : undefined;
}
