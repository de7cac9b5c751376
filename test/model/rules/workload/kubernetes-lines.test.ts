import { describe, expect, test } from '@jest/globals';
import { kubernetesLines } from '../../../../src/model/rules/workload/kubernetes-lines.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';

describe('the Kubernetes lines of an environment', () => {
  test('pass where the oldest is not newer than the newest', () => {
    expect(told(kubernetesLines, validDelivery())).toEqual([]);
  });

  test('fails where it is', () => {
    const delivery = withEnvironment(validDelivery(), 'dev', (dev) => ({
      ...dev,
      cluster: { ...dev.cluster, kubernetes: { oldest: '1.34', newest: '1.29' } },
    }));

    expect(told(kubernetesLines, delivery)).toEqual([
      'environments.dev.cluster.kubernetes.oldest: must not be newer than 1.29, got "1.34"',
    ]);
  });
});
