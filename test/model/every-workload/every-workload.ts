import type { Credential } from '../../../src/model/credential.ts';
import type { Environment } from '../../../src/model/environment.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { validDelivery, withApplication, withEnvironment } from '../../support/valid-delivery.ts';
import { accounted } from './accounted.ts';
import { nats, perNode } from './clustered.ts';
import { podded } from './podded.ts';
import { legacy, nodeLogs } from './privileged.ts';
import { scaled } from './scaled.ts';
import { scheduled } from './scheduled.ts';
import { supplied } from './supplied.ts';
import { working } from './working.ts';

const credentials: readonly Credential[] = [
  {
    name: 'smtp',
    purpose: 'notification',
    holder: 'mailer',
    store: { kind: 'kubernetes', secretName: 'smtp', keys: ['username', 'password'] },
    scope: 'may send mails as shop@shop.example',
    origin: 'external',
  },
  {
    name: 'vouchers',
    purpose: 'webhook',
    holder: 'vouchers',
    store: { kind: 'kubernetes', secretName: 'vouchers', keys: ['key'] },
    scope: 'signs vouchers',
    origin: {
      kind: 'externalSecret',
      store: 'vault',
      storeKind: 'ClusterSecretStore',
      remote: { key: { key: 'shop/dev/vouchers', property: 'key' } },
      refreshMinutes: 15,
    },
  },
  {
    name: 'newsletter',
    purpose: 'notification',
    holder: 'vouchers',
    store: { kind: 'kubernetes', secretName: 'newsletter', keys: ['token'] },
    scope: 'sends newsletters',
    origin: { kind: 'sealedSecret', encrypted: { token: `Ag${'x7Qm'.repeat(40)}==` } },
  },
  {
    name: 'vouchers-tls',
    purpose: 'certificate',
    holder: 'vouchers',
    store: { kind: 'kubernetes', secretName: 'vouchers-tls', keys: ['tls.crt', 'tls.key'] },
    scope: 'answers as vouchers.shop.example',
    origin: {
      kind: 'certificate',
      issuer: 'letsencrypt',
      issuerKind: 'ClusterIssuer',
      hosts: ['vouchers.shop.example'],
    },
  },
];

const monitoring: Environment['monitoring'] = {
  scraper: { namespace: 'monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } },
  labels: { release: 'prometheus' },
};

const dev = withEnvironment(validDelivery(), 'dev', (environment) => ({
  ...environment,
  credentials: [...environment.credentials, ...credentials],
  monitoring,
}));

const policies: Delivery['policies'] = { privileged: ['node-logs', 'legacy'] };

/** A delivery without a problem whose services say every word of what a workload and its pods are. */
export const everyWorkload: Delivery = withApplication({ ...dev, policies }, 'dev', (shop) => ({
  ...shop,
  services: [
    ...shop.services,
    scheduled,
    podded,
    ...accounted,
    scaled,
    nats,
    perNode,
    nodeLogs,
    legacy,
    supplied,
    working,
  ],
}));
