import { foundAt, type Check } from '../../../../objects/check.ts';

/** Kubernetes takes 0 for none. */
const isTaken = (hostPort: unknown): boolean => hostPort !== undefined && hostPort !== 0;

/** Pod Security, host ports: a port of the node lets traffic pass by every Service and network policy. */
export const hostPorts: Check = {
  name: 'host-ports',
  inContainer(container, { rendered }, report) {
    for (const { fields, path } of container.ports) {
      if (isTaken(fields['hostPort']))
        report(
          foundAt(
            rendered,
            `${path}.hostPort`,
            `${container.title} takes a port of its node; remove it and use a Service, got ${String(fields['hostPort'])}`,
          ),
        );
    }
  },
};
