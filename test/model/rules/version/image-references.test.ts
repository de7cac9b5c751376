import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { imageReferences } from '../../../../src/model/rules/version/image-references.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withContainer } from '../../../support/valid-delivery.ts';

const withImage = (image: string): Delivery =>
  withContainer(validDelivery(), 'dev', 'orders', (container) => ({ ...container, image }));

const path = 'environments.dev.applications.shop.services.orders.containers.orders.image';
const digest = `sha256:${'0'.repeat(64)}`;

describe('every image says exactly which it is', () => {
  test('passes for artifacts, tags and digests', () => {
    expect(told(imageReferences, validDelivery())).toEqual([]);
    for (const image of [
      'nats:2.10-alpine',
      'registry.example.com:5000/acme/orders:1.2.3',
      `acme/orders@${digest}`,
      `acme/orders:latest@${digest}`,
    ]) {
      expect(told(imageReferences, withImage(image))).toEqual([]);
    }
  });

  test('fails without a tag', () => {
    for (const image of ['nginx', 'registry.example.com:5000/acme/orders']) {
      expect(told(imageReferences, withImage(image))).toEqual([
        `${path}: must name a tag or a digest, e.g. "nginx:1.29.3", got "${image}"`,
      ]);
    }
  });

  test('fails with latest', () => {
    expect(told(imageReferences, withImage('acme/orders:latest'))).toEqual([
      `${path}: must not be latest, which is another image tomorrow; name a version, e.g. "nginx:1.29.3", got "acme/orders:latest"`,
    ]);
  });

  test('fails with a tag that says how it was built and not which version it is', () => {
    for (const tag of ['alpine', 'bookworm-slim', 'lts']) {
      expect(told(imageReferences, withImage(`redis:${tag}`))).toEqual([
        `${path}: must not be ${tag}, which is another image tomorrow; name a version, e.g. "nginx:1.29.3", got "redis:${tag}"`,
      ]);
    }
  });

  test('fails for what is no image', () => {
    for (const image of [
      '',
      'nginx//x:1',
      'acme/:1',
      'acme/orders-:1',
      'a..b:1',
      'Acme/Orders:1',
      'acme/orders:',
      'acme/orders:1 ',
      'acme/orders@sha256:12',
    ]) {
      expect(told(imageReferences, withImage(image))).toEqual([
        `${path}: must be an image reference, e.g. "nginx:1.29.3", got ${JSON.stringify(image)}`,
      ]);
    }
  });

  test('fails for an artifact whose repository has a tag', () => {
    const [orders, ...artifacts] = validDelivery().artifacts;

    expect(
      told(imageReferences, {
        ...validDelivery(),
        artifacts: [{ ...orders!, repository: 'acme/orders:1' }, ...artifacts],
      }),
    ).toEqual([
      'artifacts.orders.repository: must be an image repository without a tag, e.g. "acme/orders", got "acme/orders:1"',
    ]);
  });
});
