import { describe, expect, test } from '@jest/globals';
import { bootstrapPending } from '../../src/cluster/bootstrap-pending.ts';
import type { LiveObject } from '../../src/clients/kubernetes/cluster.ts';
import { fakeCluster, live } from '../support/fake-cluster.ts';

const namespace = live('v1', 'Namespace', 'dev', undefined, {}, { enforce: 'restricted' });
const project = (kinds: readonly string[], more: object = {}): LiveObject =>
  live('argoproj.io/v1alpha1', 'AppProject', 'shop-dev', 'argocd', {
    spec: { namespaceResourceWhitelist: kinds.map((kind) => ({ group: 'apps', kind })), ...more },
  });
const application = (spec: object): LiveObject =>
  live('argoproj.io/v1alpha1', 'Application', 'shop-dev', 'argocd', { spec });

const pending = (cluster: readonly LiveObject[], wanted: readonly LiveObject[]): Promise<readonly string[]> =>
  bootstrapPending(fakeCluster(cluster), wanted);

describe('what of bootstrap/ is pending', () => {
  test('is nothing when the cluster has everything, whatever it adds', async () => {
    const defaulted = project(['Deployment'], { description: 'by hand' });
    const synced = { ...application({ project: 'shop-dev' }), status: { health: 'Healthy' } };

    expect(
      await pending(
        [namespace, defaulted, synced],
        [
          namespace,
          project(['Deployment']),
          application({ project: 'shop-dev', syncPolicy: { automated: { allowEmpty: false } } }),
        ],
      ),
    ).toEqual(['Application/shop-dev']);
    expect(
      await pending(
        [namespace, defaulted, synced],
        [
          namespace,
          project(['Deployment']),
          application({ project: 'shop-dev', empty: { nothing: false, none: '' }.none }),
        ],
      ),
    ).toEqual([]);
  });

  test('is what is not there, by kind and name, in the order of the branch', async () => {
    expect(await pending([], [namespace, project([]), application({})])).toEqual([
      'Namespace/dev',
      'AppProject/shop-dev',
      'Application/shop-dev',
    ]);
  });

  test('is an AppProject that lacks a kind, and one that still allows what the branch does not', async () => {
    for (const [cluster, branch] of [
      [['Deployment'], ['Deployment', 'StatefulSet']],
      [['Deployment', 'StatefulSet'], ['Deployment']],
      [['Deployment'], ['StatefulSet']],
      [['Deployment'], []],
    ] as const)
      expect(await pending([project(cluster)], [project(branch)])).toEqual(['AppProject/shop-dev']);
  });

  test('is an Application that does not ignore yet what the branch says, or still does', async () => {
    const ignoring = application({ ignoreDifferences: [{ kind: 'Deployment', jsonPointers: ['/spec/replicas'] }] });

    expect(await pending([application({})], [ignoring])).toEqual(['Application/shop-dev']);
    expect(await pending([ignoring], [application({})])).toEqual(['Application/shop-dev']);
    expect(await pending([ignoring], [ignoring])).toEqual([]);
  });

  test('is a Namespace without a label', async () => {
    expect(await pending([live('v1', 'Namespace', 'dev')], [namespace])).toEqual(['Namespace/dev']);
  });
});
