import type { Service } from '../../src/model/service.ts';

/** A copy of a service with configs of that number: they carry names of their own. */
export function renamed(service: Service, i: number): Service {
  const rename = (name: string): string => `${name}-${i}`;
  return {
    ...service,
    configs: (service.configs ?? []).map((config) => ({ ...config, name: rename(config.name) })),
    volumes: (service.volumes ?? []).map((volume) =>
      volume.kind === 'config' ? { ...volume, config: rename(volume.config) } : volume,
    ),
    containers: service.containers.map((container) => ({
      ...container,
      ...(container.envFrom === undefined
        ? {}
        : {
            envFrom: container.envFrom.map((source) => (typeof source === 'string' ? rename(source) : source)),
          }),
    })),
  };
}
