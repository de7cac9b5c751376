import type { Service } from '../../../src/model/service.ts';
import { small } from './small.ts';

/** A service that says where its pods run, and how they are replaced. */
export const scheduled: Service = {
  ...small('front'),
  replicas: 3,
  scheduling: {
    nodeSelector: { 'kubernetes.io/arch': 'arm64' },
    tolerations: [
      { key: 'dedicated', value: 'shop', effect: 'NoSchedule' },
      { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', tolerationSeconds: 30 },
    ],
    topologySpread: [{ topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 2 }],
    nodeAffinity: {
      required: [
        { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
        { key: 'spot', operator: 'DoesNotExist' },
      ],
      preferred: [{ weight: 50, requirements: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }],
    },
    podAffinity: [{ service: 'orders', topologyKey: 'topology.kubernetes.io/zone', weight: 10 }],
    podAntiAffinity: [{ topologyKey: 'kubernetes.io/hostname' }],
    priorityClass: 'shop-front',
  },
  rollout: { maxSurge: 1, maxUnavailable: '34%', minReadySeconds: 5, revisionHistoryLimit: 3 },
};
