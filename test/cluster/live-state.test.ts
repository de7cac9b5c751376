import { describe, expect, test } from '@jest/globals';
import type { LiveObject } from '../../src/clients/kubernetes/cluster.ts';
import { readLiveState } from '../../src/cluster/live-state.ts';
import { fakeCluster, live } from '../support/fake-cluster.ts';
import { validDelivery } from '../support/valid-delivery.ts';

const delivery = validDelivery();
const [environment] = delivery.environments;
if (environment === undefined) throw new Error('no environment');
const { namespace } = environment;

const opsRepository = 'https://github.com/acme/shop-ops.git';
const state = async (...objects: readonly LiveObject[]) =>
  (await readLiveState(fakeCluster(objects), { delivery, environment, opsRepository }))[0];
const spec = {
  source: { repoURL: 'git@github.com:acme/shop-ops.git', targetRevision: 'env/dev', path: 'manifests/shop' },
  destination: { server: 'https://kubernetes.default.svc', namespace },
};
const application = (status: object, change: object = spec): LiveObject =>
  live('argoproj.io/v1alpha1', 'Application', `${delivery.name}-${environment.name}`, 'argocd', {
    spec: change,
    status,
  });
const job = (name: string, createdAt: string, conditions: readonly object[]): LiveObject => {
  const object = live('batch/v1', 'Job', name, namespace, { status: { conditions } });
  return {
    ...object,
    metadata: {
      ...object.metadata,
      creationTimestamp: createdAt,
      ownerReferences: [{ kind: 'CronJob', name: 'orders-backup' }],
    } as LiveObject['metadata'],
  };
};
const failed = [{ type: 'Failed', status: 'True', message: 'Job has reached the specified backoff limit' }];

const waitingPod = (name: string, kind: string, owner: string): LiveObject => {
  const pod = live('v1', 'Pod', name, namespace, {
    status: {
      containerStatuses: [
        { state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image acme/orders:v9' } } },
      ],
    },
  });
  return { ...pod, metadata: { ...pod.metadata, ownerReferences: [{ kind, name: owner }] } as LiveObject['metadata'] };
};

describe('the live state', () => {
  test('is suspended where Argo CD syncs nothing by itself, whatever it said before, with the line that ends it', async () => {
    const healthy = { sync: { status: 'Synced', revision: 'abc' }, health: { status: 'Healthy' } };
    const automated = (enabled: object): object => ({
      ...spec,
      syncPolicy: { automated: { prune: true, ...enabled } },
    });

    expect(await state(application(healthy, automated({ enabled: false })))).toMatchObject({
      sync: 'Unknown',
      health: 'Suspended',
      revision: 'abc',
      message:
        'is suspended: nothing is synced or healed; to go on: ' +
        `kubectl -n argocd patch application shop-dev --type merge -p '{"spec":{"syncPolicy":{"automated":{"enabled":null}}}}'`,
    });
    expect(await state(application(healthy, automated({ enabled: true })))).toMatchObject({ health: 'Healthy' });
    expect(await state(application(healthy, automated({})))).toMatchObject({ health: 'Healthy' });
  });

  test('is what Argo CD says, with what is not well in it', async () => {
    expect(
      await state(
        application({
          sync: { status: 'Synced', revision: 'abc' },
          health: { status: 'Degraded' },
          operationState: { phase: 'Succeeded', message: 'successfully synced' },
          resources: [
            { kind: 'Service', name: 'dev-orders-svc', health: { status: 'Healthy' } },
            {
              kind: 'Deployment',
              name: 'dev-orders',
              health: { status: 'Degraded', message: 'exceeded its progress deadline' },
            },
          ],
        }),
      ),
    ).toEqual({
      name: `${delivery.name}-${environment.name}`,
      sync: 'Synced',
      health: 'Degraded',
      revision: 'abc',
      operation: 'Succeeded',
      ailments: [{ object: 'Deployment/dev-orders', message: 'Degraded: exceeded its progress deadline' }],
    });
  });

  test('says what to do when there is no Application', async () => {
    expect(await state()).toMatchObject({
      sync: 'Missing',
      health: 'Missing',
      message:
        'there is no Application shop-dev in argocd; pulumi up --stack dev, or apply bootstrap/ of the branch env/dev',
    });
  });

  const well = { sync: { status: 'Synced', revision: 'abc' }, health: { status: 'Healthy' } };

  test.each([
    [
      'repository',
      { source: { ...spec.source, repoURL: 'https://bot:planted@github.com/acme/other.git' } },
      'the repository https://github.com/acme/other.git, not git@github.com:acme/shop-ops.git',
    ],
    ['branch', { source: { ...spec.source, targetRevision: 'env/prod' } }, 'the branch env/prod, not env/dev'],
    [
      'folder',
      { source: { ...spec.source, path: 'manifests/other' } },
      'the folder manifests/other, not manifests/shop',
    ],
    ['namespace', { destination: { ...spec.destination, namespace: 'prod' } }, 'the namespace prod, not dev'],
    [
      'cluster',
      { destination: { namespace, server: 'https://other.example' } },
      'the cluster https://other.example, not https://kubernetes.default.svc',
    ],
    ['sources', { sources: [spec.source, spec.source] }, '2 sources, not manifests/shop of env/dev alone'],
  ])('fails for an Application that follows another %s, however well it says it is', async (_, change, told) => {
    expect(await state(application(well, { ...spec, ...change }))).toEqual({
      name: 'shop-dev',
      sync: 'Unknown',
      health: 'Unknown',
      message: `it follows ${told}; pulumi up --stack dev, or apply bootstrap/ of the branch env/dev`,
      ailments: [],
    });
  });

  test.each([
    { source: { ...spec.source, repoURL: 'git@github.com:acme/shop-ops' } },
    { source: { ...spec.source, targetRevision: 'refs/heads/env/dev' } },
    { source: { ...spec.source, path: 'manifests/shop/' } },
    { destination: { name: 'in-cluster', namespace } },
  ])('takes other spellings of the same for the same: %j', async (change) => {
    expect(await state(application(well, { ...spec, ...change }))).toMatchObject({ sync: 'Synced', health: 'Healthy' });
  });

  test('says what this account may not ask where the answer would stand, and everything else', async () => {
    const objects = [application(well), waitingPod('dev-orders-db-0', 'StatefulSet', 'dev-orders-db')];
    const asked = (kind: string) =>
      readLiveState(fakeCluster(objects, { forbids: (request) => request.kind === kind }), {
        delivery,
        environment,
        opsRepository,
      });

    expect((await asked('Deployment'))[0]?.ailments).toEqual([
      { object: 'the Deployments', message: 'cannot be looked at: may not list Deployment in dev' },
      expect.objectContaining({ object: 'Pod/dev-orders-db-0' }),
    ]);
    expect((await asked('Application'))[0]).toMatchObject({
      sync: 'Unknown',
      health: 'Unknown',
      message: 'may not get Application in argocd',
      ailments: [expect.objectContaining({ object: 'Pod/dev-orders-db-0' })],
    });
  });

  test('says nothing of a job that is complete, or whose failure was taken back', async () => {
    for (const conditions of [
      [{ type: 'Complete', status: 'True' }],
      [
        { type: 'Failed', status: 'False' },
        { type: 'Complete', status: 'True' },
      ],
    ])
      expect(
        (await state(application(well), job('orders-backup-1', '2026-01-01T00:00:00Z', conditions)))?.ailments,
      ).toEqual([]);
  });

  test('gives the message of a sync that failed', async () => {
    expect(
      await state(
        application({
          sync: { status: 'OutOfSync' },
          health: { status: 'Healthy' },
          operationState: { phase: 'Failed', message: 'one or more objects failed to apply' },
        }),
      ),
    ).toMatchObject({
      operation: 'Failed',
      message: 'one or more objects failed to apply',
    });
  });

  test('names the objects that a sync could not apply and the jobs that failed in it, while it is tried again, and not any more when it succeeded', async () => {
    const message = 'resource policy:PodDisruptionBudget is not permitted in project shop-dev';
    const syncResult = {
      resources: [
        { kind: 'Service', name: 'dev-orders-svc', status: 'Synced' },
        { kind: 'PodDisruptionBudget', name: 'dev-orders', status: 'SyncFailed', message },
        { kind: 'Job', name: 'dev-seed', hookType: 'Sync', hookPhase: 'Succeeded', message: 'Reached its goal' },
        { kind: 'Job', name: 'dev-migrate', hookType: 'Sync', hookPhase: 'Failed', message: 'Job has failed' },
      ],
    };
    const during = (phase: string) =>
      state(
        application({
          operationState: {
            phase,
            message: 'one or more synchronization tasks are not valid. Retrying attempt #3 at 1:08PM.',
            syncResult,
          },
        }),
      );

    expect((await during('Running'))?.ailments).toEqual([
      { object: 'PodDisruptionBudget/dev-orders', message: `not synced: ${message}` },
      { object: 'Job/dev-migrate', message: 'did not end well: Job has failed' },
    ]);
    expect((await during('Succeeded'))?.ailments).toEqual([]);
  });

  test('names a CronJob whose newest job failed, and no other', async () => {
    const objects = [
      application({}),
      job('orders-backup-1', '2026-01-01T00:00:00Z', []),
      job('orders-backup-2', '2026-01-01T00:15:00Z', failed),
    ];

    expect((await state(...objects))?.ailments).toEqual([
      {
        object: 'CronJob/orders-backup',
        message: 'its last job failed: Job has reached the specified backoff limit',
        next: `kubectl --context test -n ${namespace} logs job/orders-backup-2`,
      },
    ]);
    expect((await state(...objects, job('orders-backup-3', '2026-01-01T00:30:00Z', [])))?.ailments).toEqual([]);
  });

  test('names the command that frees a pod of a StatefulSet', async () => {
    expect(
      (await state(application({}), waitingPod('dev-orders-db-0', 'StatefulSet', 'dev-orders-db')))?.ailments,
    ).toEqual([
      {
        object: 'Pod/dev-orders-db-0',
        message: 'ImagePullBackOff; a StatefulSet keeps such a pod even after a rollback',
        next: `kubectl --context test -n ${namespace} delete pod dev-orders-db-0 --wait=false`,
      },
    ]);
  });

  test('names one pod of each generation of a Deployment that does not start, and what the kubelet says', async () => {
    const pods = [
      waitingPod('dev-orders-1-a', 'ReplicaSet', 'dev-orders-1'),
      waitingPod('dev-orders-1-b', 'ReplicaSet', 'dev-orders-1'),
      waitingPod('dev-orders-backup-x', 'Job', 'dev-orders-backup'),
    ];

    expect((await state(application({}), ...pods))?.ailments).toEqual([
      { object: 'Pod/dev-orders-1-a', message: 'ImagePullBackOff: Back-off pulling image acme/orders:v9' },
    ]);
  });

  test('names a Deployment that made no progress, and no other', async () => {
    const deployment = (name: string, reason: string) =>
      live('apps/v1', 'Deployment', name, namespace, {
        status: {
          conditions: [{ type: 'Progressing', reason, message: `ReplicaSet "${name}-1" has timed out progressing.` }],
        },
      });

    expect(
      (
        await state(
          application({}),
          deployment('dev-orders', 'ProgressDeadlineExceeded'),
          deployment('dev-payments', 'NewReplicaSetAvailable'),
        )
      )?.ailments,
    ).toEqual([
      {
        object: 'Deployment/dev-orders',
        message: 'exceeded its progress deadline: ReplicaSet "dev-orders-1" has timed out progressing.',
      },
    ]);
  });
});
