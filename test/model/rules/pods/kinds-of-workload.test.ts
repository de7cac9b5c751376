import { describe, expect, test } from '@jest/globals';
import { kindsOfWorkload } from '../../../../src/model/rules/pods/kinds-of-workload.ts';
import { rolloutAmounts } from '../../../../src/model/rules/pods/rollout-amounts.ts';
import { uniqueNames } from '../../../../src/model/rules/workload/unique-names.ts';
import type { Service } from '../../../../src/model/service.ts';
import { nats, perNode } from '../../every-workload/clustered.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withApplication } from '../../../support/valid-delivery.ts';

const at = 'environments.dev.applications.shop.services';

const withServices = (...services: readonly Service[]) =>
  withApplication(validDelivery(), 'dev', (shop) => ({ ...shop, services: [...shop.services, ...services] }));
const problems = (service: Service): readonly string[] => told(kindsOfWorkload, withServices(service));

describe('a service says only what its kind of workload does', () => {
  test('passes for peers with a disk each, and for one pod on each node', () => {
    expect(problems(nats)).toEqual([]);
    expect(problems(perNode)).toEqual([]);
  });

  test('fails for a number of pods, and what goes with it, of a DaemonSet', () => {
    const wrong: Service = {
      ...perNode,
      replicas: 2,
      autoscaling: { min: 1, max: 2, cpuPercent: 70 },
      maxUnavailable: 1,
      strategy: 'Recreate',
      podManagementPolicy: 'Parallel',
      progressDeadlineSeconds: 60,
    };

    expect(problems(wrong)).toEqual([
      `${at}.node-report.replicas: must be left out: a DaemonSet has one pod on each node, got 2`,
      `${at}.node-report.autoscaling: must be left out: a DaemonSet has one pod on each node, got {"min":1,"max":2,"cpuPercent":70}`,
      `${at}.node-report.maxUnavailable: must be left out: a DaemonSet has one pod on each node, which a node drain leaves alone, got 1`,
      `${at}.node-report.strategy: must be left out: a DaemonSet replaces pods in a way of its own; see rollout, got "Recreate"`,
      `${at}.node-report.progressDeadlineSeconds: must be left out: a DaemonSet has no deadline, got 60`,
      `${at}.node-report.podManagementPolicy: must be left out: only a StatefulSet starts its pods in an order, got "Parallel"`,
    ]);
  });

  test('fails for a claim of each replica where replicas are nobody, and for a Service that is not there', () => {
    const { ports: _, podManagementPolicy: __, ...rest } = nats;

    expect(problems({ ...rest, workload: 'Deployment' })).toEqual([
      `${at}.nats.volumes.streams: must be of a StatefulSet: pods of a Deployment have no claim of their own; write workload: "StatefulSet", or kind: "ephemeral", got "claimPerReplica"`,
      `${at}.nats.publishNotReadyAddresses: is said of a Service, and there is none; give it ports, or leave it out, got true`,
    ]);
  });

  test('fails for a DaemonSet that would replace a pod both before and after, or in no way', () => {
    const rollout = (given: NonNullable<Service['rollout']>): readonly string[] =>
      told(rolloutAmounts, withServices({ ...perNode, rollout: given }));

    expect(rollout({ maxSurge: 1, maxUnavailable: 0 })).toEqual([]);
    expect(rollout({ maxUnavailable: '1%' })).toEqual([]);
    expect(rollout({ maxSurge: 1 })).toEqual([
      `${at}.node-report.rollout: must have maxUnavailable: 0 beside maxSurge in a DaemonSet, which does one of the two on a node, got {"maxSurge":1}`,
    ]);
    expect(rollout({ maxUnavailable: 0 })).toEqual([
      `${at}.node-report.rollout: leaves nothing to replace a pod by; write maxUnavailable: 1, or maxSurge: 1, got {"maxUnavailable":0}`,
    ]);
  });

  test('fails where the claim of a replica is that of a database', () => {
    const same: Service = {
      ...nats,
      names: { workload: 'orders-db' },
      volumes: [{ name: 'orders-db-disk', kind: 'claimPerReplica', size: '1Gi', storageClass: 'local-path' }],
    };

    expect(told(uniqueNames, withServices(same))).toContain(
      `${at.replace('.services', '')}.databases.orders-db: makes the same object as ${at}.nats; give one another name, got "PersistentVolumeClaim/orders-db-disk-dev-orders-db-0"`,
    );
  });
});
