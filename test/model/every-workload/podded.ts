import type { Service } from '../../../src/model/service.ts';
import { listening, small } from './small.ts';

/** A service whose pods are told of themselves, read files with modes, have a sidecar, and do something beside their start and stop. */
export const podded: Service = {
  ...small('mailer'),
  initContainers: [
    listening('proxy', {
      ports: [{ name: 'proxy', port: 9100 }],
      restartPolicy: 'Always',
      postStart: { kind: 'exec', command: ['proxy', 'await'] },
      readiness: { action: { kind: 'tcp', port: 'proxy' } },
      liveness: { action: { kind: 'tcp', port: 'proxy' }, failureThreshold: 6 },
    }),
  ],
  containers: [
    listening('mailer', {
      env: {
        POD: { kind: 'field', path: 'metadata.name' },
        NODE_ADDRESS: { kind: 'field', path: 'status.hostIP' },
        APP: { kind: 'label', key: 'app' },
        MEMORY_LIMIT: { kind: 'resource', resource: 'limits.memory', container: 'mailer', divisor: '1Mi' },
      },
      envFrom: [
        'mailer-config',
        { kind: 'config', config: 'mailer-limits', prefix: 'LIMIT_' },
        { kind: 'secret', credential: 'smtp', prefix: 'SMTP_' },
      ],
      mounts: [
        { volume: 'templates', path: '/etc/mailer/templates', readOnly: true },
        { volume: 'certificate', path: '/etc/mailer/tls', readOnly: true },
        { volume: 'identity', path: '/var/run/mailer', readOnly: true },
        { volume: 'spool', path: '/var/spool/mailer' },
        { volume: 'shared', path: '/dev/shm' },
      ],
      postStart: { kind: 'http', path: '/warm', port: 'http' },
      preStop: { kind: 'sleep', seconds: 5 },
    }),
  ],
  configs: [
    { name: 'mailer-config', data: { LOG_LEVEL: 'INFO' } },
    { name: 'mailer-limits', data: { MAILS_A_MINUTE: '60' } },
    { name: 'mailer-templates', data: { welcome: 'Welcome to the shop.\n' } },
  ],
  volumes: [
    {
      name: 'templates',
      kind: 'config',
      config: 'mailer-templates',
      items: [{ key: 'welcome', path: 'en/welcome.txt', mode: '0444' }],
      defaultMode: '0440',
    },
    {
      name: 'certificate',
      kind: 'secret',
      credential: 'smtp',
      items: [{ key: 'password', path: 'password', mode: '0400' }],
      defaultMode: '0400',
    },
    {
      name: 'identity',
      kind: 'projected',
      sources: [
        { kind: 'config', config: 'mailer-limits', items: [{ key: 'MAILS_A_MINUTE', path: 'limit' }] },
        { kind: 'secret', credential: 'smtp', items: [{ key: 'username', path: 'user' }] },
        { kind: 'downwardAPI', items: [{ field: 'metadata.labels', path: 'labels' }] },
        { kind: 'serviceAccountToken', audience: 'vault', path: 'token', expirationSeconds: 900 },
      ],
      defaultMode: '0440',
    },
    { name: 'spool', kind: 'ephemeral', size: '1Gi', storageClass: 'local-path' },
    { name: 'shared', kind: 'emptyDir', sizeLimit: '64Mi', medium: 'Memory' },
  ],
};
