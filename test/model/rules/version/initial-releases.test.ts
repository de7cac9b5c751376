import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { writeImageReference, imageTagOf, type Release } from '../../../../src/model/release.ts';
import { initialReleases } from '../../../../src/model/rules/version/initial-releases.ts';
import fc from '../../../support/properties.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withApplication, withStage } from '../../../support/valid-delivery.ts';

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

  /** A release that has its version by its git tag, so that its images may have any tag that stays. */
  const byGitTag = (kind: 'image' | 'chart', orders: object): Delivery => ({
    ...withProd({ images: { ...images, orders: { ...images.orders, ...orders } }, gitTag: 'v1.0.0' }),
    artifacts: validDelivery().artifacts.map((artifact) =>
      artifact.name === 'orders' ? { ...artifact, kind } : artifact,
    ),
  });

  test('fails for an image whose tag moves, where the git tag is the version', () => {
    expect(told(initialReleases, byGitTag('image', { tag: 'latest' }))).toEqual([
      'initialReleases.prod.images.orders.tag: names another image tomorrow; write the tag that its build got, or add its digest, got "latest"',
    ]);
    expect(told(initialReleases, byGitTag('image', { tag: 'latest', digest: `sha256:${'a'.repeat(64)}` }))).toEqual([]);
    expect(told(initialReleases, byGitTag('image', { tag: 'v2.0.0' }))).toEqual([]);
    expect(told(initialReleases, byGitTag('chart', { tag: 'latest' }))).toEqual([]);
  });

  test('fails where it is missing, and for an environment that is none', () => {
    const { dev } = validDelivery().initialReleases;

    expect(told(initialReleases, { ...validDelivery(), initialReleases: { dev: dev!, prd: dev! } })).toEqual([
      'initialReleases.prod: is missing; write the image versions that the environment starts with',
      'initialReleases.prd: there is no environment of this name; write "prod", got "prd"',
    ]);
  });

  test('passes, and fails without it, for what only an object runs that the model wrote', () => {
    const used: Delivery = withApplication(
      {
        ...withProd({ images }),
        artifacts: [
          ...validDelivery().artifacts,
          { name: 'mail', kind: 'image', repository: 'acme/mail', scheme: { kind: 'semver' } },
        ],
      },
      'prod',
      (shop) => ({
        ...shop,
        objects: [
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'mail', namespace: 'prod' },
            spec: { containers: [{ name: 'mail', image: { artifact: 'mail' } }] },
          },
        ],
      }),
    );

    expect(told(initialReleases, used)).toEqual([
      'initialReleases.prod.images: must also name "mail", which the environment runs',
    ]);
    expect(
      told(initialReleases, {
        ...used,
        initialReleases: {
          ...used.initialReleases,
          prod: { images: { ...images, mail: { repository: 'acme/mail', tag: 'v1.0.0' } } },
        },
      }),
    ).toEqual([]);
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
      'initialReleases.prod.images.mail: nothing in prod runs it; remove it, got "mail"',
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

  test('passes where the git tag is the version, and images have the tag that they were built with', () => {
    const tag = 'a'.repeat(40);
    const built = { orders: { ...images.orders, tag }, payments: { ...images.payments, tag } };

    expect(told(initialReleases, withProd({ images: built, gitTag: 'v1.0.0' }))).toEqual([]);
    expect(
      told(
        initialReleases,
        withProd({
          images: { ...images, orders: { ...images.orders, tag: 'v1.0.0_build.5' } },
          gitTag: 'v1.0.0+build.5',
        }),
      ),
    ).toEqual([]);
  });

  test('fails for a git tag that does not fit the scheme of the stage', () => {
    expect(told(initialReleases, withProd({ images, gitTag: 'release-7' }))).toEqual([
      'initialReleases.prod.gitTag: must be a semantic version such as v1.2.3, got "release-7"',
    ]);
    expect(told(initialReleases, withProd({ images, gitTag: 'v1.0.0 ' }))).toEqual([
      'initialReleases.prod.gitTag: must be a tag of letters, digits, and _ . - + between them, e.g. v1.2.0, got "v1.0.0 "',
    ]);
  });

  test('fails for a tag that no registry takes, with the one to write', () => {
    const tagged = (tag: string): Release => ({ images: { ...images, orders: { ...images.orders, tag } } });

    expect(told(initialReleases, withProd(tagged('v1.0.0+build.5')))).toEqual([
      'initialReleases.prod.images.orders.tag: must be a tag that a registry takes, which have no "+"; write "v1.0.0_build.5", and the version with "+" as gitTag of the release, got "v1.0.0+build.5"',
    ]);
    expect(told(initialReleases, withProd(tagged('v1.0.0/x')))).toEqual([
      'initialReleases.prod.images.orders.tag: must be a tag that a registry takes: letters, digits, and _ . - between them, 128 at most, got "v1.0.0/x"',
    ]);
  });
});

/** The grammar of the distribution project, written down here once more. */
const reference =
  /^(?:(?:[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*)(?:\.[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*)*(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*:\w[\w.-]{0,127}(?:@sha256:[0-9a-f]{64})?$/;

test('what passes is a reference that every runtime reads, and so is what a git tag makes of it', () => {
  const odd = fc.string({ unit: fc.constantFrom('v', '1', '0', '.', '+', '-', '_', '/', ':', '@', 'A', ' ', 'ü') });
  const likely = fc
    .tuple(fc.constantFrom('v1.0.0', 'v1.2.3-rc.1', 'v2.10.3+'), fc.constantFrom('', '7', 'a.b', '+x', '_'))
    .map((parts) => parts.join(''));
  const tag = fc.oneof({ weight: 1, arbitrary: odd }, { weight: 3, arbitrary: likely });
  let passed = 0;
  fc.assert(
    fc.property(tag, fc.option(tag, { nil: undefined }), (imageTag, gitTag) => {
      const orders = { ...images.orders, tag: imageTag };
      const release: Release = { images: { ...images, orders }, ...(gitTag === undefined ? {} : { gitTag }) };
      if (told(initialReleases, withProd(release)).length > 0) return;
      passed += 1;
      expect(writeImageReference(orders)).toMatch(reference);
      if (gitTag !== undefined) expect(writeImageReference({ ...orders, tag: imageTagOf(gitTag) })).toMatch(reference);
    }),
    { numRuns: 400 },
  );
  expect(passed).toBeGreaterThan(20);
});
