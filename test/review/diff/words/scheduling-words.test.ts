import { describe, expect, test } from '@jest/globals';
import type { Scheduling } from '../../../../src/model/pods/scheduling.ts';
import { everyScheduling } from '../../../constructs/every-field.ts';
import { saidOfService } from './said-of-service.ts';

const said = (before: Scheduling, after: Scheduling): readonly string[] =>
  saidOfService({ scheduling: before }, { scheduling: after });

const affinity = [
  'rather runs on nodes with disk NotIn slow',
  'runs on nodes with kubernetes.io/os In linux,spot DoesNotExist',
  'rather runs beside app=orders by topology.kubernetes.io/zone',
  'runs away from app=worker by kubernetes.io/hostname',
];

describe('where pods run is said in words', () => {
  test('when it comes', () => {
    expect(said({}, everyScheduling)).toEqual([
      affinity.join('; '),
      'runs on nodes with kubernetes.io/arch=arm64',
      'priority class shop-front added',
      'tolerates taint dedicated=shop:NoSchedule',
      'tolerates taint node.kubernetes.io/unreachable:NoExecute for 30 s',
      'tolerates every taint',
      'spread strictly over topology.kubernetes.io/zone',
    ]);
  });

  test('when it goes', () => {
    expect(said(everyScheduling, {})).toEqual([
      affinity.map((it) => `no longer ${it}`).join('; '),
      'no longer runs on nodes with kubernetes.io/arch=arm64',
      'priority class shop-front removed',
      'no longer tolerates taint dedicated=shop:NoSchedule',
      'no longer tolerates taint node.kubernetes.io/unreachable:NoExecute for 30 s',
      'no longer tolerates every taint',
      'no longer spread strictly over topology.kubernetes.io/zone',
    ]);
  });

  test('when a part of it changes', () => {
    const zone = { topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' } as const;
    const near = { topologyKey: 'zone', service: 'orders' } as const;

    expect(
      said(
        { nodeSelector: { disk: 'ssd' }, topologySpread: [zone], podAffinity: [near] },
        {
          nodeSelector: { disk: 'nvme' },
          topologySpread: [{ ...zone, maxSkew: 2 }],
          podAffinity: [near, { ...near, service: 'payments' }],
          podAntiAffinity: [{ topologyKey: 'host' }],
        },
      ),
    ).toEqual([
      'runs beside app=payments by zone',
      'runs away from app=worker by host',
      'node label disk ssd → nvme',
      'pods more in one zone than in another 1 → 2',
    ]);
  });
});
