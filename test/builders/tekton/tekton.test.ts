import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { everyText } from '../../../src/objects/every-text.ts';
import { neededIn } from '../../../src/render/tools.ts';
import {
  builtByTekton,
  everyWordOfTekton,
  foundInRegistry,
  tektonBuilder,
  withTekton,
} from '../../support/built-by-tekton.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';
import '../../support/patience.ts';

/** What is rendered in the toolchain, by `Kind/name`. */
function objectsOf(delivery: Delivery): ReadonlyMap<string, KubernetesObject> {
  const { objects } = rendered(delivery, 'tools', { images: {} });
  return new Map(objects.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object]));
}

const secretsOf = (delivery: Delivery) => neededIn(delivery, environmentOf(delivery, 'tools'), 'tools').secrets;

describe('a toolchain of Tekton', () => {
  const objects = objectsOf(withTekton());
  const run = fieldAt(objects.get('TriggerTemplate/orders'), 'spec', 'resourcetemplates', 0);

  test('has a pipeline with its tasks, a listener, and who runs them, and no rule and no check finds anything', () => {
    expect(problemsOf(builtByTekton()).map(describeProblem)).toEqual([]);
    expect([...objects.keys()].filter((key) => !/^(Namespace|Application|AppProject)\//.test(key)).sort()).toEqual([
      'ClusterRole/shop-builds.orders-listener',
      'ClusterRoleBinding/shop-builds.orders-listener',
      'CronJob/orders-prune',
      'EventListener/orders',
      'Ingress/orders',
      'NetworkPolicy/orders-prune',
      'Pipeline/orders',
      'Role/orders-listener',
      'Role/orders-prune',
      'RoleBinding/orders-listener',
      'RoleBinding/orders-prune',
      'ServiceAccount/orders',
      'ServiceAccount/orders-listener',
      'ServiceAccount/orders-prune',
      'Task/orders-check-lint',
      'Task/orders-check-test',
      'Task/orders-fetch',
      'Task/orders-image-orders',
      'TriggerBinding/orders',
      'TriggerTemplate/orders',
    ]);
    expect(findings(withTekton())).toEqual([]);
  });

  test('fetches, checks side by side, and builds once every check has passed', () => {
    const tasks = listAt(objects.get('Pipeline/orders'), 'spec', 'tasks');

    expect(tasks.map((task) => [textAt(task, 'name'), fieldAt(task, 'runAfter') ?? []])).toEqual([
      ['fetch', []],
      ['check-lint', ['fetch']],
      ['check-test', ['fetch']],
      ['image-orders', ['check-lint', 'check-test']],
    ]);
    expect(listAt(objects.get('Pipeline/orders'), 'spec', 'results').map((result) => textAt(result, 'value'))).toEqual([
      '$(tasks.fetch.results.commit)',
      '$(tasks.image-orders.results.digest)',
    ]);
  });

  test('starts a run for a signed push of a commit to the one branch that is built', () => {
    const [signature, branch] = listAt(objects.get('EventListener/orders'), 'spec', 'triggers', 0, 'interceptors');

    expect(fieldAt(signature, 'params')).toEqual([
      { name: 'secretRef', value: { secretName: 'github-hook', secretKey: 'secret' } },
      { name: 'eventTypes', value: ['push'] },
    ]);
    expect(textAt(branch, 'params', 0, 'value')).toBe(
      'body.ref == "refs/heads/main" && body.deleted == false && body.repository.full_name == "acme/shop" && body.after.matches("^(?:[0-9a-f]{40}|[0-9a-f]{64})$")',
    );
  });

  test('gives each run a disk of its own, an end, and an account that may do nothing', () => {
    expect(fieldAt(run, 'spec')).toMatchObject({
      taskRunTemplate: { serviceAccountName: 'orders', podTemplate: { automountServiceAccountToken: false } },
      timeouts: { pipeline: '30m0s' },
      workspaces: [
        {
          name: 'source',
          volumeClaimTemplate: {
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
          },
        },
      ],
    });
    const bound = [...objects.values()].flatMap((object) =>
      listAt(object, 'subjects').map((subject) => [textAt(subject, 'name'), textAt(object, 'roleRef', 'name')]),
    );
    expect(bound.sort()).toEqual([
      ['orders-listener', 'orders-listener'],
      ['orders-listener', 'shop-builds.orders-listener'],
      ['orders-prune', 'orders-prune'],
    ]);
    expect(fieldAt(objects.get('Role/orders-listener'), 'rules', 1)).toEqual({
      apiGroups: ['tekton.dev'],
      resources: ['pipelineruns'],
      verbs: ['create'],
    });
  });

  test('leaves out a value that is empty, which Tekton does not keep, so that an engine sees no difference', () => {
    const { readsWith: _, ...builder } = tektonBuilder();
    const tasks = builder.tasks.map((task) => ({ ...task, env: { GOFLAGS: '' } }));
    const delivery = builtByTekton({ builder: { ...builder, tasks } });
    const variables = [...objectsOf(withToolchains(delivery)).values()]
      .filter(({ kind }) => kind === 'Task')
      .flatMap((task) => listAt(task, 'spec', 'steps').flatMap((step) => listAt(step, 'env')));

    expect(variables).toContainEqual({ name: 'KEYS' });
    expect(variables).toContainEqual({ name: 'GOFLAGS' });
    expect(variables.filter((one) => fieldAt(one, 'value') === '')).toEqual([]);
  });

  test('shows each Secret to the one step that needs it', () => {
    const seen = [...objects.values()]
      .filter(({ kind }) => kind === 'Task')
      .flatMap((task) => {
        const secrets = new Map(
          listAt(task, 'spec', 'volumes').map((it) => [textAt(it, 'name'), textAt(it, 'secret', 'secretName')]),
        );
        return listAt(task, 'spec', 'steps').map((step) => [
          `${task.metadata.name}/${textAt(step, 'name')}`,
          listAt(step, 'volumeMounts').flatMap((mount) =>
            [secrets.get(textAt(mount, 'name')) ?? ''].filter((name) => name !== ''),
          ),
        ]);
      });

    expect(Object.fromEntries(seen)).toEqual({
      'orders-fetch/fetch': ['tekton-read'],
      'orders-check-lint/copy': [],
      'orders-check-lint/check': [],
      'orders-check-test/copy': [],
      'orders-check-test/check': [],
      'orders-image-orders/build': [],
      'orders-image-orders/push': ['tekton-push'],
    });
    expect(listAt(objects.get('ServiceAccount/orders'), 'secrets')).toEqual([]);
  });

  test('has no variable of Tekton in a script, runs as root where Kaniko unpacks alone, and knows images by their digests', () => {
    const steps = [...objects.values()]
      .filter(({ kind }) => kind === 'Task')
      .flatMap((task) => listAt(task, 'spec', 'steps'));

    expect(steps.filter((step) => /\$\((params|results|workspaces|context)\b/.test(textAt(step, 'script')))).toEqual(
      [],
    );
    expect(
      steps
        .filter((step) => fieldAt(step, 'securityContext', 'runAsUser') === 0)
        .map((step) => [textAt(step, 'name'), fieldAt(step, 'securityContext', 'capabilities', 'drop')]),
    ).toEqual([['build', ['ALL']]]);
    expect(steps.filter((step) => !/@sha256:[0-9a-f]{64}$/.test(textAt(step, 'image')))).toEqual([]);
  });

  test('works in folders that are there before a step starts: what makes containers makes them as root where they are missing', () => {
    const working = [...objects.values()]
      .filter(({ kind }) => kind === 'Task')
      .flatMap((task) => listAt(task, 'spec', 'steps'))
      .filter((step) => textAt(step, 'workingDir') !== '');

    expect(working).not.toEqual([]);
    for (const step of working)
      expect(listAt(step, 'volumeMounts').map((it) => textAt(it, 'mountPath'))).toContain(textAt(step, 'workingDir'));
  });

  test('reads a login, a key with what its host is known by, and what GitHub signs with', () => {
    const namespace = 'shop-builds';

    expect(secretsOf(withTekton())).toEqual([
      { purpose: 'registryPush', secretName: 'tekton-push', namespace, keys: ['.dockerconfigjson'] },
      {
        purpose: 'gitRead',
        secretName: 'tekton-read',
        namespace,
        keys: ['ssh-privatekey'],
        fields: { known_hosts: expect.stringMatching(/^github\.com ssh-ed25519 [A-Za-z0-9+/]{68}\n$/) },
      },
      { purpose: 'webhook', secretName: 'github-hook', namespace, keys: ['secret'] },
    ]);
  });

  test('says what else a builder says: classes, a certificate, times, resources and how many runs are kept', () => {
    const all = objectsOf(withToolchains(everyWordOfTekton()));
    const build = fieldAt(all.get('Task/orders-image-orders'), 'spec', 'steps', 0);

    expect(all.get('Ingress/orders')?.['spec']).toMatchObject({
      ingressClassName: 'traefik',
      tls: [{ hosts: ['hooks.acme.example'], secretName: 'hooks-certificate' }],
      rules: [
        {
          host: 'hooks.acme.example',
          http: { paths: [{ path: '/orders', backend: { service: { name: 'el-orders' } } }] },
        },
      ],
    });
    expect(fieldAt(build, 'args')).toEqual(
      expect.arrayContaining([
        '--context=dir://$(workspaces.source.path)/source',
        '--dockerfile=$(workspaces.source.path)/source/build/Dockerfile',
        '--no-push',
      ]),
    );
    expect(fieldAt(build, 'computeResources')).toEqual({
      requests: { cpu: '1', memory: '1Gi' },
      limits: { memory: '2Gi' },
    });
    expect(JSON.stringify(all.get('TriggerTemplate/orders'))).toContain('"storageClassName":"fast"');
    expect(JSON.stringify(all.get('TriggerTemplate/orders'))).toContain('"pipeline":"1h30m0s"');
    expect([...everyText(all.get('CronJob/orders-prune'))].map(({ text }) => text)).toContain('5');
  });

  test('is found in the registry by what its images say of their commit', () => {
    expect(problemsOf(foundInRegistry()).map(describeProblem)).toEqual([]);
    expect(fieldAt(objects.get('Task/orders-image-orders'), 'spec', 'steps', 0, 'args')).toContain(
      '--label=org.opencontainers.image.revision=$(params.commit)',
    );
  });

  test('reads what is public without a key', () => {
    const delivery = builtByTekton();
    const { readsWith: _, ...builder } = delivery.supplies[1]!.builder as Extract<
      Delivery['supplies'][number]['builder'],
      { kind: 'tekton' }
    >;
    const open = withToolchains({
      ...delivery,
      repositories: delivery.repositories.map((it) => ({ ...it, visibility: 'public' })),
      supplies: [delivery.supplies[0]!, { ...delivery.supplies[1]!, builder }],
    });
    const step = fieldAt(objectsOf(open).get('Task/orders-fetch'), 'spec', 'steps', 0);

    expect(listAt(step, 'env').find((it) => textAt(it, 'name') === 'ADDRESS')).toEqual({
      name: 'ADDRESS',
      value: 'https://github.com/acme/shop.git',
    });
    expect(secretsOf(open).map(({ secretName }) => secretName)).toEqual(['tekton-push', 'github-hook']);
  });
});
