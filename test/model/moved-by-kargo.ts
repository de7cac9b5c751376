import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Supply } from '../../src/model/supply.ts';
import { movedByKargo, type KargoChange } from '../support/moved-by-kargo.ts';

const inToolchain = (name: string, purpose: Credential['purpose'], keys: readonly string[]): Credential => ({
  name,
  purpose,
  holder: 'Kargo',
  store: { kind: 'kubernetes', namespace: 'shop-tools', secretName: `shop-${name}`, keys },
  scope: 'acme/orders and acme/payments',
});

/** What Kargo asks a registry with that shows its images to nobody else. */
export const imageLogin = inToolchain('images', 'registryRead', ['username', 'password']);

const soakImage =
  'registry.k8s.io/kubectl:v1.34.1@sha256:7a7f09de08e3dc01c5bbf90657ecc83d5c2da9f5791f1ebe84132b95422878dc';

function askedWithLogin(discovery: Supply['discovery'], change: KargoChange = {}): Delivery {
  const delivery = movedByKargo({
    supply: { discovery },
    prod: { promoter: { kind: 'kargo', soakMinutes: 30, soakImage } },
    ...change,
  });
  return {
    ...delivery,
    credentials: [...delivery.credentials, imageLogin, inToolchain('hook', 'webhook', ['secret'])],
  };
}

/** Moved by Kargo from a registry that is asked with a login: on its own, and told by the registry. */
export const movedFromPrivate: readonly Delivery[] = [
  askedWithLogin({ kind: 'registryPoll', login: 'images' }),
  askedWithLogin(
    { kind: 'registryWebhook', authentication: 'hook', login: 'images' },
    { dev: { triggers: [{ on: 'artifactPublished', artifact: 'orders', by: 'webhook', authentication: 'hook' }] } },
  ),
];
