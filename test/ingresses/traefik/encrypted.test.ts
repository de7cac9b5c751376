import { expect, test } from '@jest/globals';
import type { Credential } from '../../../src/model/credential.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Tls } from '../../../src/model/network/ingress.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { validDelivery, withEnvironment } from '../../support/valid-delivery.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';

const certificate: Credential = {
  name: 'shop-certificate',
  purpose: 'certificate',
  holder: 'Traefik',
  store: { kind: 'kubernetes', secretName: 'prod-certificate', keys: ['tls.crt', 'tls.key'] },
  scope: 'shop.example',
};

const encrypted = (tls: Tls): Delivery =>
  withEnvironment(validDelivery(), 'prod', (it) => ({
    ...it,
    host: 'shop.example',
    credentials: [...it.credentials, certificate],
    ingress: {
      entryPoints: ['websecure'],
      tls,
      controller: { namespace: 'traefik', podLabels: { 'app.kubernetes.io/name': 'traefik' } },
    },
  }));

test.each<readonly [string, Tls, readonly string[]]>([
  ['somebody keeps', { kind: 'credential', credential: 'shop-certificate' }, []],
  ['cert-manager keeps', { kind: 'certManager', issuer: 'letsencrypt' }, ['prod-shop-tls']],
])('a certificate that %s breaks no rule and no schema, and its Secret is one that is there', (_, tls, made) => {
  const delivery = encrypted(tls);
  const { objects } = rendered(delivery, 'prod', delivery.initialReleases['prod']!);

  expect(problemsOf(delivery)).toEqual([]);
  expect(findings(delivery)).toEqual(findings(validDelivery()));
  expect(objects.flatMap(({ object: { kind, metadata } }) => (kind === 'Certificate' ? [metadata.name] : []))).toEqual(
    made,
  );
});
