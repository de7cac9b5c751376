import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { engines } from '../../../src/engines/engines.ts';
import { resourceOfKind } from '../../../src/engines/flux/account/resource-of.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Credential } from '../../../src/model/credential.ts';
import { claim, configMap, deployment, object, type Fields } from '../../review/checks/small-objects.ts';
import { followedByFlux } from './followed-by-flux.ts';

const { flux } = engines;
const delivery = followedByFlux();
const environment = delivery.environments[0]!;
const [shop] = environment.applications;
const tools = { ...shop!, name: 'tools' };
const both = { ...environment, applications: [shop!, tools] };
const opsRepository = 'https://github.com/acme/shop-ops.git';
const engine = { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 2 } as const;

const inDev = (it: KubernetesObject, annotations: Readonly<Record<string, string>> = {}): KubernetesObject => ({
  ...it,
  metadata: { ...it.metadata, namespace: 'dev', annotations },
});

const told = (
  ofShop: readonly KubernetesObject[],
  { ofTools, prune = true }: { readonly ofTools?: readonly KubernetesObject[]; readonly prune?: boolean } = {},
): readonly KubernetesObject[] =>
  flux
    .bootstrap({ delivery, environment: both, opsRepository }, [
      { application: shop!, engine: { ...engine, prune }, objects: ofShop },
      ...(ofTools === undefined ? [] : [{ application: tools, engine, objects: ofTools }]),
    ])
    .map((made) => made.object);

/** The rules of a Role in short: `verbs of resource.group`. */
const rights = (made: readonly KubernetesObject[], kind = 'Role'): readonly string[] =>
  ((made.find((it) => it.kind === kind)?.['rules'] ?? []) as readonly Record<string, readonly string[]>[]).map(
    ({ apiGroups = [], resources = [], resourceNames = [], verbs = [] }) =>
      `${verbs.join()} of ${[...resources, ...apiGroups, ...resourceNames].filter((part) => part !== '').join('.')}`,
  );

const specOf = (made: readonly KubernetesObject[], name: string): Fields =>
  made.find(({ kind, metadata }) => kind === 'Kustomization' && metadata.name === name)!['spec'] as Fields;

const web = inDev(deployment('dev-web'));
const job = inDev(object('batch/v1', 'Job', 'dev-migrate', { spec: {} }), { 'argocd.argoproj.io/hook': 'PreSync' });
const all = 'get,list,watch,create,patch';

describe('the account that Flux applies with', () => {
  test('may do what is rendered, look at what shows its health, and nothing else', () => {
    expect(rights(told([web, inDev(configMap('dev-env'))]))).toEqual([
      `${all},delete of configmaps`,
      'get,list,watch of pods',
      `${all},delete of deployments.apps`,
      'get,list,watch of replicasets.apps',
    ]);
    expect(rights(told([]))).toEqual([]);
  });

  test('may not delete a kind of which everything is kept, nor anything where nothing is pruned', () => {
    const kept = inDev(claim('dev-data'), flux.marks.kept);

    expect(rights(told([kept]))).toEqual([`${all} of persistentvolumeclaims`]);
    expect(rights(told([kept, inDev(claim('dev-cache'))]))).toEqual([`${all},delete of persistentvolumeclaims`]);
    expect(rights(told([inDev(configMap('dev-env'))], { prune: false }))).toEqual([`${all} of configmaps`]);
  });

  test('may delete what runs before a release, which is made anew', () => {
    expect(rights(told([job], { prune: false }))).toEqual([`${all},delete of jobs.batch`]);
  });

  test('may never touch a Secret', () => {
    expect(rights(told([inDev(object('v1', 'Secret', 'dev-password'))]))).toEqual([]);
  });

  test('has a ClusterRole where something belongs to the whole cluster, and there alone', () => {
    const volume = object('v1', 'PersistentVolume', 'dev-disk', {}, { annotations: flux.marks.kept });

    expect(rights(told([volume]), 'ClusterRole')).toEqual([`${all} of persistentvolumes`]);
    expect(told([web]).map(({ kind }) => kind)).toEqual([
      'ServiceAccount',
      'Role',
      'RoleBinding',
      'GitRepository',
      'Kustomization',
    ]);
  });

  test('holds what it hands on: the rules of a rendered Role, and the binding of the role that is named', () => {
    const rbac = 'rbac.authorization.k8s.io/v1';
    const role = inDev(
      object(rbac, 'Role', 'dev-reader', { rules: [{ apiGroups: [''], resources: ['events'], verbs: ['get'] }] }),
    );
    const binding = inDev(
      object(rbac, 'RoleBinding', 'dev-reader', { roleRef: { kind: 'ClusterRole', name: 'view' } }),
    );

    expect(rights(told([role, binding])).slice(2)).toEqual([
      'get of events',
      'bind of clusterroles.rbac.authorization.k8s.io.view',
    ]);
  });

  test('knows the resource of a kind, also of one that is defined beside it', () => {
    const kinds = ['NetworkPolicy', 'Ingress', 'Gateway', 'Endpoints', 'StorageClass', 'HTTPRoute', 'Middleware'];
    const defined = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'mice.acme.example', {
      spec: { group: 'acme.example', names: { kind: 'Mouse', plural: 'mice' } },
    });
    const mouse = inDev(object('acme.example/v1', 'Mouse', 'dev-mouse'));

    expect(kinds.map(resourceOfKind)).toEqual([
      'networkpolicies',
      'ingresses',
      'gateways',
      'endpoints',
      'storageclasses',
      'httproutes',
      'middlewares',
    ]);
    expect(rights(told([defined, mouse]))).toEqual([`${all},delete of mice.acme.example`]);
  });
});

describe('the Kustomizations of an environment', () => {
  test('wait for what runs before a release, which alone is made anew, and share one folder', () => {
    const made = told([job, web]);
    const [before, rest] = [specOf(made, 'shop-dev-before'), specOf(made, 'shop-dev')];

    expect([before['path'], rest['path']]).toEqual(['./manifests/shop', './manifests/shop']);
    expect([before['force'], rest['force']]).toEqual([true, false]);
    expect([before['dependsOn'], rest['dependsOn']]).toEqual([undefined, [{ name: 'shop-dev-before' }]]);
    expect([before, rest].map(({ patches }) => (patches as readonly Fields[])[0]!['target'])).toEqual([
      { annotationSelector: 'argocd.argoproj.io/hook!=PreSync' },
      { annotationSelector: 'argocd.argoproj.io/hook=PreSync' },
    ]);
    expect(specOf(told([web]), 'shop-dev')).not.toHaveProperty('patches');
  });

  test('of a service with a job before a release are done one after the other: what the job needs, the job, its service', () => {
    const migrate = inDev(object('batch/v1', 'Job', 'dev-migrate', { spec: {} }), flux.marks.beforeRelease);
    const env = inDev(configMap('dev-env'), flux.marks.beforeJobs);
    const made = told([migrate, env, web, job]);
    const [before, ground, jobs, rest] = ['-before', '-ground', '-jobs', ''].map((end) =>
      specOf(made, `shop-dev${end}`),
    );
    const waitsFor = [before, ground, jobs, rest].map((spec) => spec!['dependsOn']);
    const leavesOut = [before, ground, jobs, rest].map((spec) =>
      (spec!['patches'] as readonly Fields[]).map(({ target }) => (target as Fields)['annotationSelector']),
    );

    expect(waitsFor).toEqual([
      undefined,
      [{ name: 'shop-dev-before' }],
      [{ name: 'shop-dev-ground' }],
      [{ name: 'shop-dev-jobs' }],
    ]);
    expect([before, ground, jobs, rest].map((spec) => [spec!['wait'], spec!['force']])).toEqual([
      [true, true],
      [true, false],
      [true, true],
      [true, false],
    ]);
    expect(leavesOut).toEqual([
      ['argocd.argoproj.io/hook!=PreSync'],
      ['portolan/part!=ground'],
      ['portolan/part!=jobs'],
      ['argocd.argoproj.io/hook=PreSync', 'portolan/part'],
    ]);
    expect(rights(told([migrate], { prune: false }))).toEqual([`${all},delete of jobs.batch`]);
  });

  test('are no application where they run before a release', () => {
    expect(flux.setUp.rendered(told([job, web]))?.applications).toEqual(['shop-dev']);
    expect(
      flux.setUp.rendered(told([inDev(object('batch/v1', 'Job', 'a', { spec: {} }), flux.marks.beforeRelease), web]))
        ?.applications,
    ).toEqual(['shop-dev']);
  });

  test('wait for the application that defines a kind of theirs, and for no other', () => {
    const defined = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'mice.acme.example', {
      spec: { group: 'acme.example', names: { kind: 'Mouse', plural: 'mice' } },
    });
    const mouse = inDev(object('acme.example/v1', 'Mouse', 'dev-mouse'));
    const made = told([defined, mouse], { ofTools: [mouse] });

    expect(specOf(made, 'shop-dev-tools')['dependsOn']).toEqual([{ name: 'shop-dev' }]);
    expect(specOf(made, 'shop-dev')).not.toHaveProperty('dependsOn');
    expect(specOf(told([defined], { ofTools: [web] }), 'shop-dev-tools')).not.toHaveProperty('dependsOn');
  });

  test('follow a branch each where an environment has several applications, with the rights of one account', () => {
    const made = told([web], { ofTools: [web] });

    expect(
      made
        .filter(({ kind }) => kind === 'GitRepository')
        .map(({ metadata, spec }) => [metadata.name, (spec as Fields)['ref']]),
    ).toEqual([
      ['shop-dev', { branch: 'app/dev/shop' }],
      ['shop-dev-tools', { branch: 'app/dev/tools' }],
    ]);
    expect(specOf(made, 'shop-dev-tools')).toMatchObject({
      sourceRef: { kind: 'GitRepository', name: 'shop-dev-tools' },
      serviceAccountName: 'shop-dev',
    });
  });

  test('give up after Kubernetes did, and not before five minutes', () => {
    const slow = inDev(deployment('dev-slow', {}, { progressDeadlineSeconds: 900 }));

    expect(specOf(told([web]), 'shop-dev')['timeout']).toBe('5m');
    expect(specOf(told([web, slow]), 'shop-dev')['timeout']).toBe('16m');
  });

  test('look as often as the stage says, and prune where it says so', () => {
    expect(specOf(told([web], { prune: false }), 'shop-dev')).toMatchObject({
      interval: '2m',
      prune: false,
      wait: true,
    });
  });
});

describe('what of bootstrap/ comes before the branch, and what after it', () => {
  const order = (before: readonly KubernetesObject[], after: readonly KubernetesObject[]) =>
    flux.order([...before, ...told(before)], [...after, ...told(after)]);
  const env = inDev(configMap('dev-env'));

  test('has a right that is added before, with a line for it alone', () => {
    expect(order([web], [web, env])).toEqual([
      {
        when: 'before',
        object: 'Role/shop-dev',
        message:
          'the Role must allow get, list, watch, create, patch and delete of configmaps before Flux applies one; else it applies nothing of the commit',
        command: `kubectl -n dev patch role shop-dev --type json -p '[{"op":"add","path":"/rules/-","value":{"apiGroups":[""],"resources":["configmaps"],"verbs":["get","list","watch","create","patch","delete"]}}]'`,
      },
    ]);
  });

  test('has a right that goes after the last object of its kind is pruned', () => {
    expect(order([web, env], [web])).toMatchObject([
      { when: 'after', object: 'Role/shop-dev', prunes: { group: '', kind: 'ConfigMap' } },
    ]);
  });

  test("says nothing of an application's own Roles", () => {
    const own = inDev(object('rbac.authorization.k8s.io/v1', 'Role', 'dev-own', { rules: [] }));

    expect(flux.order(told([web]), [...told([web]), own])).toEqual([]);
  });
});

describe('the rights that are kept while something is in use', () => {
  const made = told([web]);
  const asked = flux.setUp.asksInUse(flux.setUp.rendered(made)!);

  test('are asked of both Roles', () => {
    expect(asked.limits.map(({ kind, name, namespace }) => [kind, namespace, name])).toEqual([
      ['Role', 'dev', 'shop-dev'],
      ['ClusterRole', undefined, 'shop-dev'],
    ]);
  });

  test('are those of kinds that a Kustomization of the account still lists', () => {
    const live = {
      ...made.find(({ kind }) => kind === 'Kustomization')!,
      status: {
        inventory: { entries: [{ id: 'dev_dev-env__ConfigMap', v: 'v1' }, { id: 'dev_dev-web_apps_Deployment' }] },
      },
    };
    const role = told([web, inDev(configMap('dev-env'))]).find(({ kind }) => kind === 'Role')!;
    const inUse = flux.setUp.kindsInUse([role], [live]);
    const kept = flux.setUp.keepInUse(made, 'shop-dev', inUse);

    expect(inUse).toEqual([
      { list: 'Role', group: '', kind: 'ConfigMap' },
      { list: 'Role', group: 'apps', kind: 'Deployment' },
    ]);
    expect(kept.kinds).toEqual(['ConfigMap']);
    expect(rights(kept.objects).at(-1)).toBe('get,list,watch,patch,delete of configmaps');
  });
});

describe('the key that Flux reads the ops repository with', () => {
  const reader = (keys: readonly string[]): Credential => ({
    name: 'reader',
    purpose: 'gitRead',
    holder: 'Flux',
    scope: 'the ops repository, reading',
    store: { kind: 'kubernetes', secretName: 'reader', keys, namespace: 'flux-system' },
  });
  const secret = (keys: readonly string[], repository = opsRepository) =>
    flux.repositorySecret({ delivery, environment, opsRepository: repository }, reader(keys));

  test('has the host key of github.com, which is the one that its owner publishes', () => {
    const line = secret(['identity'])!.fields['known_hosts']!;
    const [host, algorithm, key = ''] = line.split(' ');

    expect([host, algorithm]).toEqual(['github.com', 'ecdsa-sha2-nistp256']);
    expect(createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=*$/, '')).toBe(
      'p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM',
    );
  });

  test('has nothing for another host, for https, or where somebody gives it', () => {
    expect(secret(['identity'], 'https://git.acme.example/ops/shop.git')!.fields).toEqual({});
    expect(secret(['username', 'password'])!.fields).toEqual({});
    expect(secret(['identity', 'known_hosts'])!.fields).toEqual({});
  });

  test('fails without what opens the address', () => {
    const problem = (repository: string, keys: readonly string[]) => flux.setUp.keyProblem(repository, reader(keys));

    expect(problem('ssh://git@github.com/acme/shop-ops.git', ['identity'])).toBeUndefined();
    expect(problem('ssh://git@git.acme.example/ops/shop.git', ['identity'])).toMatch(
      /^Flux reads nothing over SSH without/,
    );
    expect(problem('ssh://git@git.acme.example/ops/shop.git', ['identity', 'known_hosts'])).toBeUndefined();
    expect(problem('ssh://git@github.com/acme/shop-ops.git', ['username'])).toMatch(/needs the key identity$/);
    expect(problem(opsRepository, ['identity'])).toMatch(
      /^Flux reads an https address, which an SSH key does not open/,
    );
  });

  test('is read by an address that begins with ssh://, as Flux takes no other', () => {
    expect(flux.repositoryAddress(environment, opsRepository)).toBe('ssh://git@github.com/acme/shop-ops.git');
  });
});
