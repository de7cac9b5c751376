import { describe, expect, test } from '@jest/globals';
import { handedOver } from '../../../../src/engines/flux/order/handed-over.ts';
import { bootstrapOrder } from '../../../../src/review/diff/order/bootstrap-order.ts';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { object } from '../../../review/checks/small-objects.ts';

const inDev = (it: KubernetesObject): KubernetesObject => ({ ...it, metadata: { ...it.metadata, namespace: 'dev' } });
const orders = (replicas?: number): KubernetesObject =>
  inDev(object('apps/v1', 'Deployment', 'dev-orders', { spec: replicas === undefined ? {} : { replicas } }));
const autoscaler = inDev(
  object('autoscaling/v2', 'HorizontalPodAutoscaler', 'dev-orders', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'dev-orders' } },
  }),
);
const kustomization = object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'shop-dev', { spec: {} });

describe('a number of pods that an autoscaler takes over', () => {
  test('gets an owner of its own before it leaves the branch, by a line that can be typed', () => {
    expect(handedOver([orders(6)], [orders(), autoscaler])).toEqual([
      {
        when: 'before',
        object: 'Deployment/dev-orders',
        message: 'spec.replicas of Deployment/dev-orders must have an owner of its own before it leaves the branch',
        command: `echo '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"dev-orders"},"spec":{"replicas":6}}' | kubectl -n dev apply --server-side --field-manager=autoscaler -f -`,
        hurts:
          'Flux would take spec.replicas of Deployment/dev-orders away: from 6 to 1 pod, until its autoscaler acts',
        isOfBranch: true,
      },
    ]);
  });

  test('wants nothing where it is new, was one, stays, or was the autoscaler’s before', () => {
    expect(handedOver([], [orders(), autoscaler])).toEqual([]);
    expect(handedOver([orders(1)], [orders(), autoscaler])).toEqual([]);
    expect(handedOver([orders(6)], [orders(6), autoscaler])).toEqual([]);
    expect(handedOver([orders(), autoscaler], [orders(), autoscaler])).toEqual([]);
    expect(handedOver([orders(6)], [orders()])).toEqual([]);
  });

  test('is of concern only where Flux applies the branch', () => {
    const hurting = (before: readonly KubernetesObject[], after: readonly KubernetesObject[]): readonly string[] =>
      bootstrapOrder(before, after).flatMap(({ hurts }) => hurts ?? []);

    expect(hurting([kustomization, orders(6)], [kustomization, orders(), autoscaler])).toHaveLength(1);
    expect(hurting([orders(6)], [orders(), autoscaler])).toEqual([]);
  });
});
