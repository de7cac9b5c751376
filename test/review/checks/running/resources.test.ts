import { expect, test } from '@jest/globals';
import { resources } from '../../../../src/review/checks/running/resources.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';
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

test('asks for limits of CPU as the delivery says, and for those of memory always', () => {
  const limited = withContainer({
    resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } },
  });
  const free = withContainer({ resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } } });
  const open = withContainer({ resources: { requests: { cpu: '1', memory: '1Gi' } } });
  const found = (pod: typeof limited, cpuLimits: 'required' | 'forbidden' | 'free'): readonly string[] =>
    findings(resources, [pod], { delivery: { ...validDelivery(), policies: { cpuLimits } } });
  const at = 'Deployment/dev-orders spec.template.spec.containers[0].resources.limits';
  const memory = `${at}: container "orders" has no memory in its limits, so nothing keeps it from taking the whole node; write a quantity, e.g. 128Mi`;

  expect([...found(limited, 'required'), ...found(limited, 'free'), ...found(free, 'free')]).toEqual([]);
  expect(found(free, 'forbidden')).toEqual([]);
  expect(found(free, 'required')).toHaveLength(1);
  expect(found(limited, 'forbidden')).toEqual([
    `${at}.cpu: container "orders" has a limit of CPU, and the delivery forbids them; leave it out`,
  ]);
  expect([found(open, 'free'), found(open, 'forbidden')]).toEqual([[memory], [memory]]);
});
