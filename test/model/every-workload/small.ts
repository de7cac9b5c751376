import type { Container } from '../../../src/model/container.ts';
import type { Service } from '../../../src/model/service.ts';

/** A container that listens, as small as a check lets it be. */
export const listening = (name: string, changes: Partial<Container> = {}): Container => ({
  name,
  image: `acme/${name}:1.4.0@sha256:${'5ea4c'.padEnd(64, '0')}`,
  ports: [{ name: 'http', port: 8080 }],
  readiness: { action: { kind: 'http', path: '/healthz', port: 'http' } },
  liveness: { action: { kind: 'http', path: '/healthz', port: 'http' }, failureThreshold: 6 },
  resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
  ...changes,
});

/** A service of one such container. */
export const small = (name: string, changes: Partial<Container> = {}): Service => ({
  name,
  containers: [listening(name, changes)],
  ports: [{ name: 'http', port: 80, targetPort: 8080 }],
});
