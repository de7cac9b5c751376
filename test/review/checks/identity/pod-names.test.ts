import { expect, test } from '@jest/globals';
import { podNames } from '../../../../src/review/checks/identity/pod-names.ts';
import { container, deployment, findings, service } from '../small-objects.ts';

test('accepts valid and unique names', () => {
  const pod = deployment('dev-orders', {
    containers: [container(), container({ name: 'sidecar' })],
    volumes: [{ name: 'files' }],
  });

  expect(findings(podNames, [pod, service('dev-orders', { ports: [{ port: 80 }] })])).toEqual([]);
});

test('fails on names that Kubernetes refuses, or that are there twice', () => {
  const pod = deployment('dev-orders', {
    containers: [
      container({ ports: [{ name: 'a-name-that-is-too-long', containerPort: 1 }] }),
      container({ name: 'Orders' }),
    ],
    initContainers: [container()],
    volumes: [{ name: 'files' }, { name: 'files' }],
  });

  expect(findings(podNames, [pod])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].name: two containers are called "orders"; give each a name of its own',
    'Deployment/dev-orders spec.template.spec.containers[1].name: the name of a container must be lower-case letters, digits and dashes, with a letter or digit at both ends, got "Orders"',
    'Deployment/dev-orders spec.template.spec.volumes[1].name: two volumes are called "files"; give each a name of its own',
    'Deployment/dev-orders spec.template.spec.containers[0].ports[0].name: the name of a port must be at most 15 characters, got 23: "a-name-that-is-too-long"',
  ]);
});

test('fails on several ports of a Service without names', () => {
  expect(findings(podNames, [service('dev-orders', { ports: [{ name: 'http', port: 80 }, { port: 81 }] })])).toEqual([
    'Service/dev-orders spec.ports[1].name: must have a name because the Service has several ports; write one, e.g. "http"',
  ]);
});
