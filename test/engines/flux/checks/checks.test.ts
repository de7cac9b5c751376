import { describe, expect, test } from '@jest/globals';
import { accountRights } from '../../../../src/engines/flux/checks/account-rights.ts';
import { fetchedBranch } from '../../../../src/engines/flux/checks/fetched-branch.ts';
import { kustomizationPolicy } from '../../../../src/engines/flux/checks/kustomization-policy.ts';
import { releaseJobs } from '../../../../src/engines/flux/checks/release-jobs.ts';
import { substitutedText } from '../../../../src/engines/flux/checks/substituted-text.ts';
import { waitingCircles } from '../../../../src/engines/flux/checks/waiting-circles.ts';
import { engines } from '../../../../src/engines/engines.ts';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import type { Check } from '../../../../src/objects/check.ts';
import {
  bootstrap,
  configMap,
  deployment,
  findings,
  object,
  rendered,
  template,
  type Fields,
} from '../../../review/checks/small-objects.ts';
import { followedByFlux } from '../followed-by-flux.ts';

const delivery = followedByFlux();
const environment = delivery.environments[0]!;
const application = environment.applications[0]!;
const inDev = (it: KubernetesObject): KubernetesObject => ({ ...it, metadata: { ...it.metadata, namespace: 'dev' } });

/** What Flux is told about some objects of the application `shop`, each changed. */
const told = (
  objects: readonly KubernetesObject[],
  change: (made: KubernetesObject) => KubernetesObject = (made) => made,
): readonly KubernetesObject[] =>
  engines.flux
    .bootstrap({ delivery, environment, opsRepository: 'https://github.com/acme/shop-ops.git' }, [
      { application, objects },
    ])
    .map((made) => change(made.object));

/** What a check finds in objects of the application and in what Flux is told about them. */
const found = (
  check: Check,
  objects: readonly KubernetesObject[],
  change?: (made: KubernetesObject) => KubernetesObject,
): readonly string[] =>
  findings(check, [...objects.map((it) => rendered(it)), ...told(objects, change).map((it) => bootstrap(it))], {
    delivery,
  });

/** A change of the spec of one kind. */
const spec =
  (kind: string, fields: Fields) =>
  (made: KubernetesObject): KubernetesObject =>
    made.kind === kind ? { ...made, spec: { ...(made['spec'] as Fields), ...fields } } : made;

/** A Job of the namespace `dev`, with annotations. */
const job = (name: string, annotations: Readonly<Record<string, string>> = {}, fields: Fields = {}, pod: Fields = {}) =>
  object(
    'batch/v1',
    'Job',
    name,
    { spec: { template: template(pod, {}), ...fields } },
    { namespace: 'dev', annotations },
  );

const before = { 'argocd.argoproj.io/hook': 'PreSync' };
const web = inDev(deployment('dev-web'));

describe('what Flux is told about every kind of object', () => {
  test.each([accountRights, fetchedBranch, kustomizationPolicy, substitutedText, releaseJobs, waitingCircles])(
    'passes $name',
    (check) => {
      const pv = object('v1', 'PersistentVolume', 'dev-disk', {}, { annotations: engines.flux.marks.kept });

      expect(found(check, [web, inDev(configMap('dev-env', {})), job('dev-migrate', before), pv])).toEqual([]);
    },
  );
});

describe('the account that Flux applies with', () => {
  const rules = (kind: string, change: (rules: readonly Fields[]) => readonly Fields[]) => (made: KubernetesObject) =>
    made.kind === kind ? { ...made, rules: change(made['rules'] as readonly Fields[]) } : made;

  test('fails without a right to a kind that is rendered', () => {
    expect(
      found(
        accountRights,
        [web],
        rules('Role', () => []),
      ),
    ).toEqual([
      'Role/shop-dev rules: does not allow to get and create and patch Deployment, which is rendered; Flux would apply nothing of a commit with one, add it',
    ]);
  });

  test('fails with a right to change a kind that is not rendered, and to Secrets', () => {
    const more = rules('Role', (given) => [
      ...given,
      { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'delete'] },
      { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
    ]);

    expect(found(accountRights, [web], more)).toEqual([
      'Role/shop-dev rules[4]: allows Secrets, so that a commit may read, change or delete one; remove it',
      'Role/shop-dev rules: allows to delete jobs.batch, of which none is rendered; remove it',
    ]);
  });

  test('fails with a wildcard', () => {
    const all = rules('Role', () => [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]);

    expect(found(accountRights, [web], all)).toEqual([
      'Role/shop-dev rules[0]: a wildcard allows more than this environment needs; write what it needs, got "*"',
    ]);
  });
});

describe('the branch that Flux fetches', () => {
  test('fails where it is not the one that the stage writes', () => {
    expect(found(fetchedBranch, [web], spec('GitRepository', { ref: { branch: 'main' } }))).toEqual([
      'GitRepository/shop-dev spec.ref.branch: commits on "main" reach the cluster without passing the stage "dev"; write "env/dev"',
    ]);
  });
});

describe('what a Kustomization does', () => {
  test('fails where it does not prune as the stage says, and where it makes anew what runs', () => {
    expect(found(kustomizationPolicy, [web], spec('Kustomization', { prune: false, force: true }))).toEqual([
      'Kustomization/shop-dev spec.prune: the stage says true; write that, got false',
      'Kustomization/shop-dev spec.force: deletes what cannot change in place, with its data, and makes it anew; write false, and mark the one object that may go with kustomize.toolkit.fluxcd.io/force: enabled',
    ]);
  });

  test("fails for an owner's own one that applies with all rights, and waits for nothing", () => {
    const own = object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'mine', { spec: { prune: true } });

    expect(findings(kustomizationPolicy, [own], { delivery })).toEqual([
      'Kustomization/mine spec.serviceAccountName: applies with all rights of its controller; name a ServiceAccount that may do what is rendered',
      'Kustomization/mine spec.wait: is Ready as soon as everything is applied, whether it runs or not; write true',
      'Kustomization/mine spec.timeout: waits for health as long as its interval is; write how long the slowest start takes, e.g. "5m"',
    ]);
  });
});

describe('text that looks like a variable', () => {
  const script = inDev(configMap('dev-scripts', { 'run.sh': 'cd ${HOME}\necho $HOME' }));

  test('passes where nothing is substituted, and in an object that says so', () => {
    const marked = {
      ...script,
      metadata: { ...script.metadata, annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } },
    };
    const on = spec('Kustomization', { postBuild: { substitute: { region: 'eu' } } });

    expect(found(substitutedText, [script])).toEqual([]);
    expect(found(substitutedText, [script], spec('Kustomization', { postBuild: { substitute: {} } }))).toEqual([]);
    expect(found(substitutedText, [marked], on)).toEqual([]);
  });

  test.each([
    { substitute: { region: 'eu' } },
    { substituteFrom: [{ kind: 'ConfigMap', name: 'values' }] },
    { substituteStrategy: 'Always' },
  ])('fails where %j is substituted', (postBuild) => {
    expect(found(substitutedText, [script], spec('Kustomization', { postBuild }))).toEqual([
      'ConfigMap/dev-scripts data["run.sh"]: Flux would put a value of its own in the place of it; annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled, or write a second $ before it, got ${HOME}',
    ]);
  });
});

describe('what runs before a release', () => {
  test('fails for a hook that Flux does not have', () => {
    for (const [mark, text] of [
      ['argocd.argoproj.io/hook', 'PostSync'],
      ['argocd.argoproj.io/hook', 'PreSync,Sync'],
      ['helm.sh/hook', 'pre-upgrade'],
    ] as const)
      expect(found(releaseJobs, [job('dev-job', { [mark]: text })])).toEqual([
        `Job/dev-job metadata.annotations["${mark}"]: Flux has no hooks, and would apply this beside the rest; write argocd.argoproj.io/hook: PreSync for what runs before a release, or remove it, got "${text}"`,
      ]);
  });

  test('fails for a kind that must not be made anew', () => {
    const claim = object('v1', 'PersistentVolumeClaim', 'dev-data', {}, { namespace: 'dev', annotations: before });

    expect(found(releaseJobs, [claim])).toEqual([
      'PersistentVolumeClaim/dev-data metadata.annotations["argocd.argoproj.io/hook"]: would be deleted and made anew where it cannot change in place; only ConfigMap, Job, NetworkPolicy, Role, RoleBinding, ServiceAccount may come before a release, got PersistentVolumeClaim',
    ]);
  });

  test('fails where it needs what only the release makes, and passes where that comes before it too', () => {
    const volumes = [{ name: 'env', configMap: { name: 'dev-env' } }];
    const migrate = job('dev-migrate', before, {}, { volumes });
    const env = inDev(configMap('dev-env', {}));

    expect(found(releaseJobs, [migrate, env])).toEqual([
      'Job/dev-migrate spec.template.spec.volumes[0].configMap.name: runs before the release that makes ConfigMap "dev-env", so that the first one never ends; mark that with argocd.argoproj.io/hook: PreSync too',
    ]);
    expect(found(releaseJobs, [migrate, { ...env, metadata: { ...env.metadata, annotations: before } }])).toEqual([]);
  });

  test('fails for a Job that removes itself, before a release and beside it', () => {
    for (const annotations of [{}, before])
      expect(found(releaseJobs, [job('dev-job', annotations, { ttlSecondsAfterFinished: 60 })])).toEqual([
        'Job/dev-job spec.ttlSecondsAfterFinished: Kubernetes removes the Job once it is done, and Flux starts it again, for ever; remove the field, got 60',
      ]);
  });

  test('passes where Argo CD follows, which has hooks', () => {
    expect(findings(releaseJobs, [job('dev-job', { 'argocd.argoproj.io/hook': 'PostSync' })])).toEqual([]);
  });
});

describe('Kustomizations that wait for each other', () => {
  test('fails for each of a circle, and not for what waits for them', () => {
    const waiting = (name: string, ...dependsOn: readonly string[]): KubernetesObject =>
      object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, {
        spec: { dependsOn: dependsOn.map((each) => ({ name: each })) },
      });

    expect(
      findings(waitingCircles, [waiting('a', 'b'), waiting('b', 'a'), waiting('c', 'a'), waiting('d', 'd')]),
    ).toEqual([
      'Kustomization/a spec.dependsOn: waits for itself by way of b; move what the others need into one of them',
      'Kustomization/b spec.dependsOn: waits for itself by way of a; move what the others need into one of them',
      'Kustomization/d spec.dependsOn: waits for itself by way of nobody else; move what the others need into one of them',
    ]);
  });
});
