import type { Service } from '../../../src/model/service.ts';
import { connectsTo } from '../../../src/model/service.ts';
import { host, port, text } from '../../../src/model/formats/text.ts';
import { listening } from './small.ts';

/** Something that reads the logs of its node, which only its namespace admits; others talk to it there, and it talks to them. */
export const nodeLogs: Service = {
  name: 'node-logs',
  workload: 'DaemonSet',
  podSecurity: { level: 'privileged', reason: 'reads the files that the kubelet writes, as their owner' },
  runAs: { user: 0, group: 0 },
  containers: [
    listening('node-logs', {
      ports: [{ name: 'forward', port: 24224 }],
      readiness: { action: { kind: 'tcp', port: 'forward' } },
      liveness: { action: { kind: 'tcp', port: 'forward' }, failureThreshold: 6 },
      env: { QUEUE: text`nats://${host('nats')}:${port('nats', 'client')}` },
      mounts: [{ volume: 'logs', path: '/var/log', readOnly: true }],
      capabilities: ['DAC_OVERRIDE'],
    }),
  ],
  initContainers: [
    {
      name: 'raise-limits',
      image: `docker.io/library/busybox:1.37.0@sha256:${'5ea4c'.padEnd(64, '0')}`,
      command: ['sysctl', '-w', 'fs.inotify.max_user_watches=65536'],
      privileged: true,
      resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '50m', memory: '16Mi' } },
    },
  ],
  volumes: [{ name: 'logs', kind: 'node', path: '/var/log', type: 'Directory' }],
  ports: [{ name: 'forward', port: 24224, targetPort: 'forward' }],
  connects: [connectsTo('nats', 'client')],
};

/** Something that starts as root, and hands what it has to say to those that read logs. */
export const legacy: Service = {
  name: 'legacy',
  podSecurity: { level: 'baseline', reason: 'its image starts as root and has no other user' },
  containers: [
    listening('legacy', {
      runAsUser: 0,
      writableRootFilesystem: true,
      env: { LOGS: text`${host('node-logs')}:${port('node-logs', 'forward')}` },
    }),
  ],
  connects: [connectsTo('node-logs', 'forward')],
};
