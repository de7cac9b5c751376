import { expect, test } from '@jest/globals';
import { nats, perNode } from '../../../model/every-workload/clustered.ts';
import { saidOfService } from './said-of-service.ts';

test('what peers and their Service do is said in words', () => {
  const { publishNotReadyAddresses: _, ...hidden } = nats;
  const bigger = { name: 'streams', kind: 'claimPerReplica', size: '2Gi', storageClass: 'local-path' } as const;

  expect(saidOfService(hidden, nats)).toEqual(['names pods that are not ready']);
  expect(saidOfService(nats, { ...nats, replicas: 5 })).toEqual(['3 → 5 replicas']);
  expect(saidOfService(nats, { ...nats, volumes: [nats.volumes![0]!, bigger] })).toEqual(['StatefulSet recreated']);
});

test('what one pod on each node does is said in words', () => {
  expect(saidOfService(perNode, { ...perNode, rollout: { maxUnavailable: 1, minReadySeconds: 9 } })).toEqual([
    'ready for at least 5 s → 9 s',
    'pods below the number in a rollout 10% → 1',
  ]);
});
