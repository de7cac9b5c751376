import { expect, test } from '@jest/globals';
import { releaseImages } from '../../../../src/review/checks/promotion/release-images.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';
import { container, deployment, findings, rendered, withContainer } from '../small-objects.ts';

const orders = (image: string, artifacts?: Readonly<Record<string, string>>) =>
  rendered(withContainer({ image }), artifacts);

test('accepts images that the release sets, and those of somebody else', () => {
  expect(findings(releaseImages, [orders('docker.io/acme/orders:1@sha256:a', { orders: 'orders' })])).toEqual([]);
  expect(findings(releaseImages, [orders('postgres:18.1-trixie')])).toEqual([]);
});

test('fails on a version of an artifact that is written by hand', () => {
  expect(findings(releaseImages, [orders('docker.io/acme/orders:edge')])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].image: the version of the artifact "orders" is written by hand, so that no release moves it; write { artifact: "orders" }, got "docker.io/acme/orders:edge"',
  ]);
});

test('fails on two versions of one artifact', () => {
  const pod = rendered(
    deployment('dev-orders', {
      containers: [container({ image: 'acme/orders:1' }), container({ name: 'worker', image: 'acme/orders:2' })],
    }),
    { orders: 'orders', worker: 'orders' },
  );

  expect(findings(releaseImages, [pod])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[1].image: another container runs the artifact "orders" as "acme/orders:1"; one release has one version of it, got "acme/orders:2"',
  ]);
});

test('accepts each of several artifacts in one repository, and fails on one that none of them moves', () => {
  const delivery = validDelivery();
  const snapshot = { ...delivery.artifacts[0]!, name: 'snapshot' };
  const surroundings = { delivery: { ...delivery, artifacts: [snapshot, ...delivery.artifacts] } };
  const pod = rendered(
    deployment('dev-orders', {
      containers: [container({ image: 'acme/orders:1' }), container({ name: 'next', image: 'acme/orders:2-snapshot' })],
    }),
    { orders: 'orders', next: 'snapshot' },
  );

  expect(findings(releaseImages, [pod], surroundings)).toEqual([]);
  expect(findings(releaseImages, [orders('acme/orders:edge')], surroundings)).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].image: the version of the artifact "snapshot" or "orders" is written by hand, so that no release moves it; write { artifact: "snapshot" } or { artifact: "orders" }, got "acme/orders:edge"',
  ]);
});

test('accepts another version in another application, which has a release of its own', () => {
  const running = (application: string, image: string) => ({
    ...orders(image, { orders: 'orders' }),
    application,
    object: { ...orders(image).object, metadata: { name: `dev-${application}`, namespace: 'dev' } },
  });

  expect(findings(releaseImages, [running('shop', 'acme/orders:1'), running('audit', 'acme/orders:2')])).toEqual([]);
  expect(findings(releaseImages, [running('shop', 'acme/orders:1'), running('shop', 'acme/orders:2')])).toHaveLength(1);
});
