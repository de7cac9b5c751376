import { describe, expect, test } from '@jest/globals';
import { schedulingOf } from '../../../src/constructs/pod/scheduling.ts';
import { everyScheduling } from '../every-field.ts';
import { placeWith, smallService } from '../synthesize.ts';

describe('where pods run', () => {
  test('is not said where the service says nothing', () => {
    expect(schedulingOf(placeWith(), smallService)).toEqual({});
  });

  test('is everything that a service can say, about its own pods and those of its neighbours', () => {
    const services = [...placeWith().application.services, smallService];

    expect(schedulingOf(placeWith({ services }), { ...smallService, scheduling: everyScheduling })).toEqual({
      priorityClassName: 'shop-front',
      nodeSelector: { 'kubernetes.io/arch': 'arm64' },
      tolerations: [
        { key: 'dedicated', operator: 'Equal', value: 'shop', effect: 'NoSchedule' },
        { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 },
        { operator: 'Exists' },
      ],
      topologySpreadConstraints: [
        {
          maxSkew: 2,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { app: 'worker' } },
        },
      ],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
                  { key: 'spot', operator: 'DoesNotExist' },
                ],
              },
            ],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 50,
              preference: { matchExpressions: [{ key: 'disk', operator: 'NotIn', values: ['slow'] }] },
            },
          ],
        },
        podAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 10,
              podAffinityTerm: {
                labelSelector: { matchLabels: { app: 'orders' } },
                topologyKey: 'topology.kubernetes.io/zone',
              },
            },
          ],
        },
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { labelSelector: { matchLabels: { app: 'worker' } }, topologyKey: 'kubernetes.io/hostname' },
          ],
        },
      },
    });
  });
});
