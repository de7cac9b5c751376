import { expect, test } from '@jest/globals';
import { capacity } from '../../../../src/review/checks/running/capacity.ts';
import type { Environment } from '../../../../src/model/environment.ts';
import { container, cronJob, deployment, dev, findings, object } from '../small-objects.ts';

const offering = (cpu: string, memory: string): { readonly environment: Environment } => ({
  environment: { ...dev(), cluster: { ...dev().cluster, capacity: { cpu, memory } } },
});

const asks = (cpu: string, memory: string, more: object = {}) =>
  container({ resources: { requests: { cpu, memory } }, ...more });

test('accepts what fits, to the last millicore, and anything where no capacity is declared', () => {
  const pods = [
    deployment('dev-orders', { containers: [asks('500m', '512Mi')] }, { replicas: 3 }),
    cronJob('dev-a', { containers: [asks('500m', '512Mi')] }),
    cronJob('dev-b', { containers: [asks('100m', '1Mi')] }),
  ];

  expect(findings(capacity, pods, offering('2', '2Gi'))).toEqual([]);
  const { capacity: _, ...cluster } = dev().cluster;
  expect(findings(capacity, pods, { environment: { ...dev(), cluster } })).toEqual([]);
});

test('fails on more than the cluster offers', () => {
  expect(
    findings(
      capacity,
      [deployment('dev-orders', { containers: [asks('500m', '1Gi')] }, { replicas: 3 })],
      offering('1', '2Gi'),
    ),
  ).toEqual([
    'Namespace/dev: all pods together request 1.5 of cpu, and the cluster "local" offers 1; lower requests or replicas, or declare more',
    'Namespace/dev: all pods together request 3Gi of memory, and the cluster "local" offers 2Gi; lower requests or replicas, or declare more',
  ]);
});

test('fails on what an autoscaler may ask for', () => {
  const autoscaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'dev-orders', {
    spec: { minReplicas: 1, maxReplicas: 5, scaleTargetRef: { kind: 'Deployment', name: 'dev-orders' } },
  });

  expect(
    findings(
      capacity,
      [deployment('dev-orders', { containers: [asks('500m', '1Mi')] }), autoscaler],
      offering('2', '1Gi'),
    ),
  ).toEqual([
    'Namespace/dev: all pods together request 2.5 of cpu, and the cluster "local" offers 2; lower requests or replicas, or declare more',
  ]);
});

test('counts an init container only where it asks for more than what runs later, sidecars included', () => {
  const pod = (init: string) =>
    deployment('dev-orders', {
      initContainers: [
        asks('100m', '1Mi', { name: 'proxy', restartPolicy: 'Always' }),
        asks(init, '1Mi', { name: 'setup' }),
      ],
      containers: [asks('300m', '1Mi')],
    });

  expect(findings(capacity, [pod('300m')], offering('400m', '1Gi'))).toEqual([]);
  expect(findings(capacity, [pod('500m')], offering('400m', '1Gi'))).toEqual([
    'Namespace/dev: all pods together request 0.6 of cpu, and the cluster "local" offers 400m; lower requests or replicas, or declare more',
  ]);
});
