import { describe, expect, test } from '@jest/globals';
import { ServiceWorkload } from '../../../src/constructs/service-workload.ts';
import { engines } from '../../../src/engines/engines.ts';
import { Place } from '../../../src/constructs/place.ts';
import type { Service } from '../../../src/model/service.ts';
import { objectsOf, placeWith, smallService } from '../synthesize.ts';

const specOf = (changes: Partial<Service>, writesDefaults = false): unknown => {
  const service = { ...smallService, ...changes };
  const { environment, application, release } = placeWith();
  const place = new Place(environment, application, release, engines[writesDefaults ? 'flux' : 'argocd'].marks);
  return objectsOf((scope) => new ServiceWorkload(scope, 'worker', { place, service }))[0]?.['spec'];
};

describe('a rollout', () => {
  test('replaces as many pods as the service says', () => {
    expect(
      specOf({ rollout: { maxSurge: '50%', maxUnavailable: 0, minReadySeconds: 5, revisionHistoryLimit: 3 } }),
    ).toMatchObject({
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '50%', maxUnavailable: 0 } },
      minReadySeconds: 5,
      revisionHistoryLimit: 3,
    });
  });

  test('says beside it what Kubernetes would do where the engine takes away only what it wrote', () => {
    expect(specOf({ rollout: { maxSurge: 2 } }, true)).toMatchObject({
      strategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: '25%' } },
    });
    expect(specOf({ rollout: { maxSurge: 2 } })).toHaveProperty('strategy.rollingUpdate', { maxSurge: 2 });
  });

  test('gives up only after its pods could have been ready for as long as it asks', () => {
    expect(specOf({ rollout: { minReadySeconds: 300 } })).toHaveProperty('progressDeadlineSeconds', 360);
  });

  test('of a StatefulSet counts a pod when it has been ready for as long as it asks', () => {
    const ports = [{ name: 'http', port: 80 }];

    expect(
      specOf({ workload: 'StatefulSet', ports, rollout: { minReadySeconds: 5, revisionHistoryLimit: 2 } }),
    ).toMatchObject({
      minReadySeconds: 5,
      revisionHistoryLimit: 2,
    });
  });
});
