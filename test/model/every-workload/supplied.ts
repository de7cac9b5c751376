import type { Service } from '../../../src/model/service.ts';
import { secret } from '../../../src/model/container.ts';
import { listening } from './small.ts';

/** A service whose Secrets are made in the cluster, each in another way, and that says how it is. */
export const supplied: Service = {
  name: 'vouchers',
  containers: [
    listening('vouchers', {
      ports: [
        { name: 'http', port: 8080 },
        { name: 'metrics', port: 9102 },
      ],
      env: { SIGNING_KEY: secret('vouchers', 'key'), NEWSLETTER_TOKEN: secret('newsletter', 'token') },
      mounts: [{ volume: 'tls', path: '/etc/vouchers/tls', readOnly: true }],
    }),
  ],
  volumes: [{ name: 'tls', kind: 'secret', credential: 'vouchers-tls' }],
  ports: [{ name: 'http', port: 80, targetPort: 'http' }],
  metrics: { port: 'metrics', path: '/metrics', intervalSeconds: 30 },
};
