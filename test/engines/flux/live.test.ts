import { describe, expect, test } from '@jest/globals';
import { engines } from '../../../src/engines/engines.ts';
import type { LiveApplication } from '../../../src/engines/live-application.ts';
import type { Application, KubernetesObject } from '../../../src/model/application.ts';
import type { ServiceJob } from '../../../src/model/service.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const { flux } = engines;
const delivery = validDelivery();
const environment = delivery.environments[0]!;
const application = environment.applications[0]!;
const binding = { delivery, environment, opsRepository: 'https://github.com/acme/shop-ops.git' };
const commit = '5fefc6410df1a57a38d9df7e93925905c4388786';
const newer = 'f0b9e0797bd044532f2b5cfb5f94a727019fa8d3';
const revisionOf = (id: string): string => `env/dev@sha1:${id}`;

/** Objects as they are rendered: what a cluster has once `bootstrap/` is applied. */
const rendered = flux.bootstrap(binding, [{ application, objects: [] }]).map(({ object }) => object);
const [source, kustomization] = ['GitRepository', 'Kustomization'].map((kind) =>
  rendered.find((object) => object.kind === kind),
) as [KubernetesObject, KubernetesObject];

interface Said {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration?: number;
}

/** A live object at generation 2, of which a controller says something. */
const at = (
  object: KubernetesObject,
  conditions: readonly Said[],
  { spec = {}, status = {} }: { readonly spec?: object; readonly status?: object } = {},
): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, generation: 2 } as KubernetesObject['metadata'],
  spec: { ...(object['spec'] as object), ...spec },
  status: {
    observedGeneration: 2,
    conditions: conditions.map((one) => ({ observedGeneration: 2, reason: '', message: '', ...one })),
    ...status,
  },
});

const fetched = (id: string): KubernetesObject =>
  at(source, [{ type: 'Ready', status: 'True' }], { status: { artifact: { revision: revisionOf(id) } } });
const isReady: Said = { type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded' };
const isBusy: Said = { type: 'Ready', status: 'Unknown', reason: 'Progressing', message: 'Reconciliation in progress' };
const checks: Said = {
  type: 'Reconciling',
  status: 'True',
  reason: 'Progressing',
  message: `Running health checks for revision ${revisionOf(newer)} with a timeout of 5m0s`,
};
const notReady = (reason: string, message: string): Said => ({ type: 'Ready', status: 'False', reason, message });
const tried = { lastAppliedRevision: revisionOf(commit), lastAttemptedRevision: revisionOf(newer) };
const applied = { lastAppliedRevision: revisionOf(commit), lastAttemptedRevision: revisionOf(commit) };
const judge = (live: KubernetesObject, ...beside: readonly KubernetesObject[]): LiveApplication =>
  flux.judge(binding, application, live, 'apply bootstrap/', beside);

describe('what a Kustomization says', () => {
  test('is health where it is Ready at its own generation, at the commit that was applied', () => {
    expect(judge(at(kustomization, [isReady], { status: applied }), fetched(commit))).toEqual({
      name: kustomization.metadata.name,
      sync: 'Synced',
      health: 'Healthy',
      revision: commit,
      operation: 'Succeeded',
      ailments: [],
    });
  });

  test('is out of sync where a newer commit lies ready that it has not looked at', () => {
    expect(judge(at(kustomization, [isReady], { status: applied }), fetched(newer))).toMatchObject({
      sync: 'OutOfSync',
      revision: commit,
    });
  });

  test('is no health where it was Ready before its last change, even if the change is counted as seen', () => {
    const before = { ...isReady, observedGeneration: 1 };

    for (const observedGeneration of [1, 2])
      expect(judge(at(kustomization, [before], { status: { ...applied, observedGeneration } })).health).toBe(
        'Progressing',
      );
    // A controller that says no generation with a condition is believed for the whole status.
    const { observedGeneration: _, ...silent } = isReady as Said & { observedGeneration?: number };
    const whole = at(kustomization, [], { status: { ...applied, conditions: [silent] } });
    expect(judge(whole).health).toBe('Healthy');
    expect(judge({ ...whole, status: { ...(whole['status'] as object), observedGeneration: 1 } }).health).toBe(
      'Progressing',
    );
  });

  test('is nothing yet where it was never looked at', () => {
    expect(judge(at(kustomization, [], { status: { observedGeneration: -1 } }))).toEqual({
      name: kustomization.metadata.name,
      sync: 'OutOfSync',
      health: 'Progressing',
      operation: 'Running',
      ailments: [],
    });
  });

  test('is progress while a commit is applied, and in sync once only its health is waited for', () => {
    const fetching = { ...checks, message: `Building manifests for revision ${revisionOf(newer)}` };

    expect(judge(at(kustomization, [fetching, isBusy], { status: tried }))).toMatchObject({
      sync: 'OutOfSync',
      health: 'Progressing',
      revision: newer,
      operation: 'Running',
    });
    expect(judge(at(kustomization, [checks, isBusy], { status: tried }))).toMatchObject({
      sync: 'Synced',
      health: 'Progressing',
      revision: newer,
    });
  });

  test('stays what it was while it only looks once more at the same commit and the same settings', () => {
    const history = [{ lastReconciledStatus: 'ReconciliationSucceeded' }];
    const again = (status: object): LiveApplication =>
      judge(at(kustomization, [checks, isBusy], { status: { ...applied, history, ...status } }), fetched(commit));

    expect(again({})).toMatchObject({ sync: 'Synced', health: 'Healthy', revision: commit });
    expect(again(tried).health).toBe('Progressing');
    expect(again({ observedGeneration: 1 }).health).toBe('Progressing');
    expect(again({ history: [{ lastReconciledStatus: 'HealthCheckFailed' }] }).health).toBe('Progressing');
  });

  test('is broken where an object failed, and names it', () => {
    const message =
      "health check failed after 10.1s: failed early due to stalled resources: [Deployment/dev/dev-orders status: 'Failed', PersistentVolume/dev-pv status: 'InProgress']";

    expect(judge(at(kustomization, [notReady('HealthCheckFailed', message)], { status: tried }))).toEqual({
      name: kustomization.metadata.name,
      sync: 'Synced',
      health: 'Degraded',
      revision: newer,
      operation: 'Succeeded',
      message,
      ailments: [
        { object: 'Deployment/dev-orders', message: 'Failed' },
        { object: 'PersistentVolume/dev-pv', message: 'InProgress' },
      ],
    });
  });

  test('is progress where health was only not reached in time: it is looked at again and again', () => {
    const message =
      "health check failed after 5m0s: timeout waiting for: [StatefulSet/dev/dev-db status: 'InProgress']";

    expect(judge(at(kustomization, [notReady('HealthCheckFailed', message)], { status: tried }))).toMatchObject({
      sync: 'Synced',
      health: 'Progressing',
      ailments: [{ object: 'StatefulSet/dev-db', message: 'InProgress' }],
    });
  });

  test('is a failure that names the object where one cannot be applied, and no word of health', () => {
    const why = 'dry-run failed (Invalid): Service "dev-orders" is invalid: spec.ports[0].port: Invalid value: 70000';
    const failed = notReady('ReconciliationFailed', `Service/dev/dev-orders ${why}\n\n`);

    expect(
      judge(at(kustomization, [failed, { type: 'Healthy', status: 'True' }], { status: tried }), fetched(newer)),
    ).toEqual({
      name: kustomization.metadata.name,
      sync: 'OutOfSync',
      health: 'Unknown',
      revision: newer,
      operation: 'Failed',
      message: `Service/dev/dev-orders ${why}`,
      ailments: [{ object: 'Service/dev-orders', message: `not applied: ${why}` }],
    });
  });

  test('names a file that is no YAML as the branch has it, not as the controller unpacked it', () => {
    const message =
      'failed to decode Kubernetes YAML from /tmp/kustomization-1880000426/manifests/shop/service.dev-orders.yaml: MalformedYAMLError: yaml: line 13: found a tab character that violates indentation';

    expect(judge(at(kustomization, [notReady('BuildFailed', message)], { status: tried }))).toMatchObject({
      operation: 'Failed',
      message: expect.stringContaining('YAML from manifests/shop/service.dev-orders.yaml: ') as unknown,
    });
  });

  test('is suspended where it was told to do nothing, whatever it said before, with the line that ends it', () => {
    const live = at(kustomization, [isReady], { spec: { suspend: true }, status: applied });

    expect(judge(live, fetched(commit))).toMatchObject({
      sync: 'Unknown',
      health: 'Suspended',
      revision: commit,
      message: expect.stringContaining(
        `kubectl -n flux-system patch kustomization ${kustomization.metadata.name} --type merge -p '{"spec":{"suspend":false}}'`,
      ) as unknown,
    });
  });

  test('is not known while it is being deleted', () => {
    const live = at(kustomization, [isReady], { status: applied });
    const metadata = { ...live.metadata, deletionTimestamp: '2026-11-28T18:00:00Z' } as KubernetesObject['metadata'];

    expect(judge({ ...live, metadata })).toMatchObject({ sync: 'Unknown', health: 'Unknown' });
  });
});

describe('what stands beside a Kustomization', () => {
  const healthy = at(kustomization, [isReady], { status: applied });

  test('says that the branch cannot be fetched, and then nothing is known of being in sync', () => {
    const why = 'failed to get secret \'flux-system/shop-dev-ops\': secrets "shop-dev-ops" not found';
    const broken = at(source, [notReady('AuthenticationFailed', why)]);

    expect(judge(healthy, broken)).toMatchObject({
      sync: 'Unknown',
      health: 'Healthy',
      ailments: [{ object: `GitRepository/${source.metadata.name}`, message: `does not fetch the branch: ${why}` }],
    });
  });

  test('says that nothing is fetched while it is suspended, with the line that ends it', () => {
    const [ailment] = judge(healthy, at(source, [isReady], { spec: { suspend: true } })).ailments;

    expect(ailment).toEqual({
      object: `GitRepository/${source.metadata.name}`,
      message: 'is suspended: no newer commit is fetched',
      next: `kubectl -n flux-system patch gitrepository ${source.metadata.name} --type merge -p '{"spec":{"suspend":false}}'`,
    });
  });

  test('looks at what jobs before a release need, and at the jobs, where a service has any', () => {
    const names = (shop: Application): readonly string[] => flux.beside(binding, shop).map(({ name }) => name);
    const [first, ...others] = application.services;
    const migrate: ServiceJob = {
      name: 'migrate',
      when: { kind: 'beforeRelease' },
      command: ['m'],
      deadlineSeconds: 60,
    };

    expect(names(application)).toEqual(['shop-dev', 'shop-dev-before']);
    expect(names({ ...application, services: [{ ...first!, jobs: [migrate] }, ...others] })).toEqual([
      'shop-dev',
      'shop-dev-before',
      'shop-dev-ground',
      'shop-dev-jobs',
    ]);
  });

  test('says why what runs before a release did not end well, while the release waits for it', () => {
    const name = `${kustomization.metadata.name}-before`;
    const message = "health check failed after 1m0s: failed early: [Job/dev/migrate status: 'Failed']";
    const before = at({ ...kustomization, metadata: { ...kustomization.metadata, name } }, [
      notReady('HealthCheckFailed', message),
    ]);
    const waiting = at(
      kustomization,
      [notReady('DependencyNotReady', `dependency 'flux-system/${name}' is not ready`)],
      {
        status: applied,
      },
    );

    expect(judge(waiting, fetched(newer), before)).toMatchObject({
      sync: 'OutOfSync',
      health: 'Progressing',
      operation: 'Running',
      ailments: [{ object: `Kustomization/${name}`, message: `did not end well: ${message}` }],
    });
  });
});

describe('what a Kustomization follows', () => {
  const elsewhere = (live: KubernetesObject, ...beside: readonly KubernetesObject[]): string | undefined =>
    flux.elsewhere(binding, application, live, beside);

  test('is the same in every spelling that Flux takes for it', () => {
    for (const path of ['./manifests/shop', 'manifests/shop/', '/manifests/shop'])
      expect(elsewhere(at(kustomization, [], { spec: { path } }), source)).toBeUndefined();
    const { url } = source['spec'] as { url: string };
    expect(elsewhere(kustomization, at(source, [], { spec: { url: url.replace(/\.git$/, '') } }))).toBeUndefined();
    const sourceRef = { ...(kustomization['spec'] as { sourceRef: object }).sourceRef, namespace: 'flux-system' };
    expect(elsewhere(at(kustomization, [], { spec: { sourceRef } }), source)).toBeUndefined();
  });

  test.each([
    ['another folder', { path: './manifests' }, {}, 'it follows the folder ./manifests, not ./manifests/shop'],
    [
      'another source',
      { sourceRef: { kind: 'OCIRepository', name: 'shop' } },
      {},
      `it follows the source OCIRepository/shop, not GitRepository/${source.metadata.name}`,
    ],
    ['another namespace', { targetNamespace: 'test' }, {}, 'it follows the namespace test, not (none)'],
    ['another cluster', { kubeConfig: {} }, {}, 'it follows the cluster of its kubeConfig, not (none)'],
    [
      'another repository, without its password',
      {},
      { url: 'https://me:secret@github.com/acme/other.git' },
      'it follows the repository https://github.com/acme/other.git, not ',
    ],
    [
      'another repository, without a token that stands alone',
      {},
      { url: 'https://a-token@github.com/acme/other.git' },
      'it follows the repository https://github.com/acme/other.git, not ',
    ],
    ['another branch', {}, { ref: { branch: 'main' } }, 'it follows the branch main, not env/dev'],
    ['no branch', {}, { ref: {} }, 'it follows the branch master, not env/dev'],
    [
      'one commit, whatever the branch says',
      {},
      { ref: { branch: 'env/dev', commit } },
      `it follows the branch commit ${commit}, not env/dev`,
    ],
  ])('is told where it is %s', (_, spec, fetches, told) => {
    const other = elsewhere(at(kustomization, [], { spec }), at(source, [], { spec: fetches }));

    expect(other).toContain(told);
    expect(judge(at(kustomization, [isReady], { spec, status: applied }), at(source, [], { spec: fetches }))).toEqual({
      name: kustomization.metadata.name,
      sync: 'Unknown',
      health: 'Unknown',
      message: `${other}; apply bootstrap/`,
      ailments: [],
    });
  });
});
