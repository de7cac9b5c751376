import { connectsTo } from '../../../src/model/service.ts';
import type { Service } from '../../../src/model/service.ts';
import { host, port, text } from '../../../src/model/formats/text.ts';
import { listening } from './small.ts';

/** Three servers of NATS that keep streams, each on a disk of its own, and find each other before they are ready. */
export const nats: Service = {
  name: 'nats',
  workload: 'StatefulSet',
  replicas: 3,
  maxUnavailable: 1,
  podManagementPolicy: 'Parallel',
  containers: [
    listening('nats', {
      image: `nats:2.12.2-alpine@sha256:${'5ea4c'.padEnd(64, '0')}`,
      args: ['--config', '/etc/nats/nats.conf'],
      env: { POD_NAME: { kind: 'field', path: 'metadata.name' } },
      ports: [
        { name: 'client', port: 4222 },
        { name: 'cluster', port: 6222 },
        { name: 'monitor', port: 8222 },
      ],
      mounts: [
        { volume: 'settings', path: '/etc/nats', readOnly: true },
        { volume: 'streams', path: '/data' },
      ],
      startup: { action: { kind: 'http', path: '/healthz', port: 'monitor' }, failureThreshold: 30 },
      readiness: { action: { kind: 'http', path: '/healthz?js-server-only=true', port: 'monitor' } },
      liveness: {
        action: { kind: 'http', path: '/healthz?js-enabled-only=true', port: 'monitor' },
        failureThreshold: 6,
      },
    }),
  ],
  configs: [
    {
      name: 'nats-settings',
      data: {
        'nats.conf': text`server_name: $POD_NAME
http: 8222
jetstream { store_dir: /data }
cluster { name: shop, port: 6222, routes: [nats://${host('nats')}:${port('nats', 'cluster')}] }
`,
      },
    },
  ],
  volumes: [
    { name: 'settings', kind: 'config', config: 'nats-settings' },
    { name: 'streams', kind: 'claimPerReplica', size: '1Gi', storageClass: 'local-path' },
  ],
  ports: [
    { name: 'client', port: 4222 },
    { name: 'cluster', port: 6222 },
  ],
  serviceType: 'headless',
  publishNotReadyAddresses: true,
  connects: [connectsTo('nats', 'cluster')],
};

/** Something that runs once on each node, also on those that keep others away. */
export const perNode: Service = {
  name: 'node-report',
  workload: 'DaemonSet',
  containers: [
    listening('node-report', {
      ports: [],
      readiness: { action: { kind: 'exec', command: ['report', 'ready'] } },
      liveness: { action: { kind: 'exec', command: ['report', 'alive'] }, failureThreshold: 6 },
      env: { NODE: { kind: 'field', path: 'spec.nodeName' } },
    }),
  ],
  scheduling: { tolerations: [{ effect: 'NoSchedule' }] },
  rollout: { maxUnavailable: '10%', minReadySeconds: 5 },
};
