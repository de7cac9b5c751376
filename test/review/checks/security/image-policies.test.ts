import { expect, test } from '@jest/globals';
import type { Policies } from '../../../../src/model/delivery.ts';
import { imagePolicies } from '../../../../src/review/checks/security/image-policies.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';
import { findings, withContainer } from '../small-objects.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const found = (image: string, policies?: Policies): readonly string[] =>
  findings(imagePolicies, [withContainer({ image })], {
    delivery: { ...validDelivery(), ...(policies === undefined ? {} : { policies }) },
  });
const at = 'Deployment/dev-orders spec.template.spec.containers[0].image';

test('asks for nothing where the delivery has no policy', () => {
  expect(found('acme/orders:1.2.3')).toEqual([]);
  expect(found('acme/orders:1.2.3', { imageDigests: 'free' })).toEqual([]);
});

test('fails on a tag without a digest where digests are required', () => {
  expect(found(`acme/orders:1.2.3@${digest}`, { imageDigests: 'required' })).toEqual([]);
  expect(found('acme/orders:1.2.3', { imageDigests: 'required' })).toEqual([
    `${at}: the delivery asks for digests, and a tag can be moved; write "acme/orders:1.2.3@sha256:…", got "acme/orders:1.2.3"`,
  ]);
});

test.each([
  ['acme/orders:1', 'docker.io'],
  ['postgres:18.1', 'docker.io/library'],
  ['ghcr.io/acme/orders:1', 'ghcr.io/acme'],
  ['localhost:5000/orders:1', 'localhost:5000'],
])('accepts %s from %s', (image, registry) => {
  expect(found(image, { registries: [registry] })).toEqual([]);
});

test('fails on an image of another registry, and of a folder that only begins alike', () => {
  const registries = ['ghcr.io/acme', 'docker.io/library'];

  expect([
    ...found('quay.io/acme/orders:1', { registries }),
    ...found('ghcr.io/acmex/orders:1', { registries }),
  ]).toEqual([
    `${at}: images of the delivery come from ghcr.io/acme or docker.io/library; take it from there, got "quay.io/acme/orders:1"`,
    `${at}: images of the delivery come from ghcr.io/acme or docker.io/library; take it from there, got "ghcr.io/acmex/orders:1"`,
  ]);
});
