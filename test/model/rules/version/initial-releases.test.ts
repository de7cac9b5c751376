import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import type { Release } from '../../../../src/model/release.ts';
import { initialReleases } from '../../../../src/model/rules/version/initial-releases.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const images = {
  orders: { repository: 'acme/orders', tag: 'v1.0.0' },
  payments: { repository: 'acme/payments', tag: 'v1.0.0' },
} as const;

const withProd = (prod: Release): Delivery => ({
  ...validDelivery(),
  initialReleases: { ...validDelivery().initialReleases, prod },
});

describe('every environment starts with a release', () => {
  test('passes for exactly what the environment runs', () => {
    expect(told(initialReleases, validDelivery())).toEqual([]);
    expect(
      told(
        initialReleases,
        withProd({
          images: { ...images, orders: { ...images.orders, digest: `sha256:${'a'.repeat(64)}` } },
          source: { repository: 'shop', commit: 'f'.repeat(40) },
        }),
      ),
    ).toEqual([]);
  });

  test('passes for a chart that carries the version of an image', () => {
    const delivery = withProd({
      images: { ...images, chart: { repository: 'https://charts.example.com', tag: '1.0.0' } },
    });

    expect(
      told(initialReleases, {
        ...delivery,
        artifacts: [
          ...delivery.artifacts,
          {
            name: 'chart',
            kind: 'chart',
            repository: 'https://charts.example.com',
            scheme: { kind: 'semver' },
            pins: 'orders',
          },
        ],
      }),
    ).toEqual([]);
  });

  test('fails where it is missing, and for an environment that is none', () => {
    const { dev } = validDelivery().initialReleases;

    expect(told(initialReleases, { ...validDelivery(), initialReleases: { dev: dev!, prd: dev! } })).toEqual([
      'initialReleases.prod: is missing; write the image versions that the environment starts with',
      'initialReleases.prd: there is no environment of this name; write "prod", got "prd"',
    ]);
  });

  test('fails where an image is missing, unknown or not used', () => {
    const delivery = withProd({
      images: { orders: images.orders, refunds: images.orders, mail: { repository: 'acme/mail', tag: '1.0.0' } },
    });

    expect(
      told(initialReleases, {
        ...delivery,
        artifacts: [
          ...delivery.artifacts,
          { name: 'mail', kind: 'image', repository: 'acme/mail', scheme: { kind: 'semver' } },
        ],
      }),
    ).toEqual([
      'initialReleases.prod.images: must also name "payments", which the environment runs',
      'initialReleases.prod.images.refunds: there is no artifact of this name; write "orders", "payments" or "mail", got "refunds"',
      'initialReleases.prod.images.mail: no service in prod runs it; remove it, got "mail"',
    ]);
  });

  test('fails for a tag that does not fit the scheme of the stage, latest among them', () => {
    expect(
      told(
        initialReleases,
        withProd({
          images: {
            orders: { ...images.orders, tag: 'latest' },
            payments: { ...images.payments, tag: 'a'.repeat(40) },
          },
        }),
      ),
    ).toEqual([
      'initialReleases.prod.images.orders.tag: must be a semantic version such as v1.2.3, got "latest"',
      `initialReleases.prod.images.payments.tag: must be a semantic version such as v1.2.3, got "${'a'.repeat(40)}"`,
    ]);
    expect(
      told(
        initialReleases,
        withStage(validDelivery(), 'prod', ({ versions: _, ...stage }) => stage),
      ),
    ).toEqual([
      'initialReleases.prod.images.orders.tag: must be a commit of forty hexadecimal digits, got "v1.0.0"',
      'initialReleases.prod.images.payments.tag: must be a commit of forty hexadecimal digits, got "v1.0.0"',
    ]);
  });

  test('fails for another repository, a digest or a commit that is none', () => {
    const orders = { repository: 'other/orders', tag: 'v1.0.0', digest: 'sha256:12' };

    expect(
      told(
        initialReleases,
        withProd({ images: { ...images, orders }, source: { repository: 'shop', commit: 'main' } }),
      ),
    ).toEqual([
      'initialReleases.prod.images.orders.repository: must be acme/orders, the repository of artifacts.orders, got "other/orders"',
      'initialReleases.prod.images.orders.digest: must be sha256: and 64 hexadecimal digits, got "sha256:12"',
      'initialReleases.prod.source.commit: must be forty hexadecimal digits, got "main"',
    ]);
  });
});
