import { expect, test } from '@jest/globals';
import { resources } from '../../../../src/review/checks/running/resources.ts';
import { deployment, findings, withContainer } from '../small-objects.ts';

test('accepts containers with requests and limits', () => {
  expect(findings(resources, [deployment('dev-orders', { ephemeralContainers: [{ name: 'debug' }] })])).toEqual([]);
});

test('fails on a container without any, and on one without some', () => {
  const none = withContainer({ resources: undefined }, 'dev-none');
  const some = withContainer(
    { resources: { requests: { cpu: '1', memory: 'much' }, limits: { memory: '1Gi' } } },
    'dev-some',
  );

  expect(findings(resources, [none, some])).toEqual([
    'Deployment/dev-none spec.template.spec.containers[0].resources.requests: container "orders" has no cpu and memory in its requests, so the scheduler does not know what it needs; write a quantity, e.g. 100m',
    'Deployment/dev-none spec.template.spec.containers[0].resources.limits: container "orders" has no cpu and memory in its limits, so nothing keeps it from taking the whole node; write a quantity, e.g. 100m',
    'Deployment/dev-some spec.template.spec.containers[0].resources.requests: container "orders" has no memory in its requests, so the scheduler does not know what it needs; write a quantity, e.g. 128Mi',
    'Deployment/dev-some spec.template.spec.containers[0].resources.limits: container "orders" has no cpu in its limits, so nothing keeps it from taking the whole node; write a quantity, e.g. 100m',
  ]);
});

test('fails on a resource that Kubernetes does not know', () => {
  const pod = withContainer({
    resources: {
      requests: { cpu: '1', memory: '1Gi', memmory: '2Gi' },
      limits: { cpu: '1', memory: '1Gi', 'nvidia.com/gpu': 1, 'ephemeral-storage': '1Gi' },
    },
  });

  expect(findings(resources, [pod])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].resources.requests.memmory: there is no resource "memmory"; write "memory"',
  ]);
});

test('fails on amounts that Kubernetes reads and nobody means', () => {
  const pod = withContainer({
    resources: { requests: { cpu: '250', memory: '512m' }, limits: { cpu: 300, memory: 512 } },
  });
  const at = 'Deployment/dev-orders spec.template.spec.containers[0].resources';

  expect(findings(resources, [pod])).toEqual([
    `${at}.requests.cpu: is more CPUs than a node has; write "250m" for thousandths, got 250`,
    `${at}.requests.memory: is less memory than any container starts in; write "512Mi", got 512m`,
    `${at}.limits.cpu: is more CPUs than a node has; write "300m" for thousandths, got 300`,
    `${at}.limits.memory: is less memory than any container starts in; write "512Mi", got 512`,
  ]);
});
