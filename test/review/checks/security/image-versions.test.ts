import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { imageVersions } from '../../../../src/review/checks/security/image-versions.ts';
import { deployment, findings, object, withContainer } from '../small-objects.ts';

test('accepts a tag, a digest, and a registry with a port', () => {
  const digest = `sha256:${createHash('sha256').update('orders').digest('hex')}`;

  expect(
    findings(imageVersions, [
      withContainer({ image: 'acme/orders:1.2.3' }),
      withContainer({ image: `localhost:5000/orders@${digest}` }),
      withContainer({ image: `acme/orders:1@${digest}` }),
      object('tekton.dev/v1', 'Task', 'deploy', { spec: { steps: [{ name: 'edit', image: '$(params.image)' }] } }),
    ]),
  ).toEqual([]);
});

test('fails on a digest that stands for one, of what kpack builds on and with too', () => {
  const wrong = (image: string): string =>
    `no image has this digest, which stands for one; write that of an image which you tried, as "crane digest acme/base:latest" says it, got "${image}"`;
  const [zeros, period] = ['0'.repeat(64), '0123456789abcdef'.repeat(4)].map((it) => `acme/base@sha256:${it}`) as [
    string,
    string,
  ];

  expect(
    findings(imageVersions, [
      withContainer({ image: zeros }),
      object('kpack.io/v1alpha2', 'ClusterStack', 'base', {
        spec: { buildImage: { image: zeros }, runImage: { image: period } },
      }),
      object('kpack.io/v1alpha2', 'ClusterStore', 'store', { spec: { sources: [{ image: period }] } }),
    ]),
  ).toEqual([
    `Deployment/dev-orders spec.template.spec.containers[0].image: ${wrong(zeros)}`,
    `ClusterStack/base spec.buildImage.image: ${wrong(zeros)}`,
    `ClusterStack/base spec.runImage.image: ${wrong(period)}`,
    `ClusterStore/store spec.sources[0].image: ${wrong(period)}`,
  ]);
});

test('fails on an image without a tag', () => {
  expect(findings(imageVersions, [withContainer({ image: 'localhost:5000/orders' })])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].image: must name a tag or a digest, e.g. "localhost:5000/orders:1.2.3", got "localhost:5000/orders"',
  ]);
});

test('fails on a tag that moves, in init containers and in steps of Tekton tasks too', () => {
  const found = findings(imageVersions, [
    deployment('dev-orders', {
      initContainers: [{ name: 'setup', image: 'busybox:latest' }],
      containers: [{ name: 'orders', image: 'acme/orders:edge' }],
    }),
    object('tekton.dev/v1', 'Task', 'deploy', { spec: { steps: [{ name: 'edit', image: 'mikefarah/yq' }] } }),
  ]);

  expect(found).toEqual([
    'Deployment/dev-orders spec.template.spec.initContainers[0].image: the tag "latest" names another image tomorrow; write a version, e.g. "busybox:1.2.3", got "busybox:latest"',
    'Deployment/dev-orders spec.template.spec.containers[0].image: the tag "edge" names another image tomorrow; write a version, e.g. "acme/orders:1.2.3", got "acme/orders:edge"',
    'Task/deploy spec.steps[0].image: must name a tag or a digest, e.g. "mikefarah/yq:1.2.3", got "mikefarah/yq"',
  ]);
});

test('fails on what no runtime reads as an image', () => {
  for (const image of ['nginx//x:1', 'acme/orders:v1.0.0+4'])
    expect(findings(imageVersions, [withContainer({ image })])).toEqual([
      `Deployment/dev-orders spec.template.spec.containers[0].image: no runtime reads this as an image; write e.g. "acme/orders:1.2.3", got "${image}"`,
    ]);
});
