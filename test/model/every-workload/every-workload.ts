import type { Credential } from '../../../src/model/credential.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { validDelivery, withApplication, withEnvironment } from '../../support/valid-delivery.ts';
import { accounted } from './accounted.ts';
import { nats, perNode } from './clustered.ts';
import { podded } from './podded.ts';
import { legacy, nodeLogs } from './privileged.ts';
import { scaled } from './scaled.ts';
import { scheduled } from './scheduled.ts';
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
];

const dev = withEnvironment(validDelivery(), 'dev', (environment) => ({
  ...environment,
  credentials: [...environment.credentials, ...credentials],
}));

const policies: Delivery['policies'] = { privileged: ['node-logs', 'legacy'] };

/** A delivery without a problem whose services say every word of what a workload and its pods are. */
export const everyWorkload: Delivery = withApplication({ ...dev, policies }, 'dev', (shop) => ({
  ...shop,
  services: [...shop.services, scheduled, podded, ...accounted, scaled, nats, perNode, nodeLogs, legacy, working],
}));
