import { expect, test } from '@jest/globals';
import { ServiceWorkload } from '../../../src/constructs/service-workload.ts';
import type { Autoscaling } from '../../../src/model/pods/autoscaling.ts';
import { everyService } from '../every-field.ts';
import { objectsOf, only, placeWith, smallService } from '../synthesize.ts';

const specOf = (autoscaling: Autoscaling): unknown => {
  const service = { ...smallService, autoscaling };
  const objects = objectsOf((scope) => new ServiceWorkload(scope, 'worker', { place: placeWith(), service }));
  expect(only(objects, 'Deployment')['spec']).not.toHaveProperty('replicas');
  return only(objects, 'HorizontalPodAutoscaler')['spec'];
};

test('an autoscaler looks at the CPU alone where no more is said', () => {
  expect(specOf({ min: 1, max: 2, cpuPercent: 70 })).toEqual({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'dev-worker' },
    minReplicas: 1,
    maxReplicas: 2,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
  });
});

test('an autoscaler looks at every metric that is said, and goes as fast as it is said', () => {
  expect(specOf(everyService.autoscaling)).toMatchObject({
    metrics: [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
      { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } } },
      {
        type: 'ContainerResource',
        containerResource: {
          name: 'cpu',
          container: 'web',
          target: { type: 'Utilization', averageUtilization: 60 },
        },
      },
      { type: 'Pods', pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: '100' } } },
      {
        type: 'External',
        external: {
          metric: { name: 'queue_messages', selector: { matchLabels: { queue: 'orders' } } },
          target: { type: 'AverageValue', averageValue: '30' },
        },
      },
    ],
    behavior: {
      scaleUp: { stabilizationWindowSeconds: 30, policies: [{ type: 'Pods', value: 2, periodSeconds: 60 }] },
      scaleDown: { selectPolicy: 'Disabled' },
    },
  });
});
