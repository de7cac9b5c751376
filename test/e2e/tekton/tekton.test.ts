import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import {
  apply,
  applyOnceAnswered,
  asList,
  identityOf,
  kubectl,
  kubectlDiff,
  ran,
  stored,
  withNamespaceOfArgoCD,
  withoutFinalizers,
} from '../../support/strict-server.ts';
import { untilSaid } from '../../support/until-said.ts';
import { mistakes } from './mistakes.ts';
import { commit, push, refused, secret } from './pushes.ts';
import { kubeconfigOf, startSink, type ListenerDeployment, type Sink } from './sink.ts';
import { all, clear, commitOf, commits, howTo, inside, namespace, object, ofTekton, toolchains } from './world.ts';

beforeAll(async () => {
  if ((process.env['KUBECONFIG'] ?? '') === '' || process.env['PORTOLAN_E2E'] !== 'throw-away') throw new Error(howTo);
  await clear();
  await withNamespaceOfArgoCD();
});

afterAll(clear);

describe.each(toolchains)("a toolchain, as Tekton's webhooks and a strict API server see it: %s", (_, whole) => {
  test('is taken, every object of it, and every field is known', async () => {
    expect(await apply(whole.filter(({ kind }) => kind === 'Namespace'))).toMatchObject({ exitCode: 0, said: '' });
    const { said } = await applyOnceAnswered(whole);

    expect(withoutFinalizers(said)).toBe('');
    expect(new Set(ofTekton(whole).map(({ kind }) => kind))).toEqual(
      new Set(['EventListener', 'Pipeline', 'Task', 'TriggerBinding', 'TriggerTemplate']),
    );
  });

  test('comes back as it was rendered: nothing is filled in, so that an engine sees no difference', async () => {
    const tektons = new Set(ofTekton(whole));
    for (const rendered of whole) {
      const found = await stored(rendered);
      if (tektons.has(rendered)) expect([identityOf(rendered), found]).toEqual([identityOf(rendered), rendered]);
      else expect(found).toMatchObject(rendered);
    }
    expect(await kubectlDiff(whole)).toEqual({ exitCode: 0, stdout: '', said: expect.not.stringContaining('error') });
  });
});

describe('a mistake that is put into the objects', () => {
  test.each(mistakes)('is refused: %s', async (_, identity, from, to, said) => {
    const before = JSON.stringify(object(identity));
    const changed = JSON.parse(before.replace(from, () => to)) as KubernetesObject;

    expect(before).toContain(from);
    expect(await apply([changed], '--dry-run=server')).toMatchObject({
      exitCode: 1,
      said: expect.stringContaining(said),
    });
  });
});

/** Time in which a run would have been there: the one that is wanted takes a third of a second, and one that is late is found by what follows. */
const awhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000));

/** The pod that Tekton makes of a task, run alone as a run of the pipeline would run it. */
async function podOf(name: string, spec: Readonly<Record<string, unknown>>): Promise<KubernetesObject | undefined> {
  const { taskRunTemplate } = fieldAt(object('TriggerTemplate/orders'), 'spec', 'resourcetemplates', 0, 'spec') as {
    readonly taskRunTemplate: Readonly<Record<string, unknown>>;
  };
  const run = {
    apiVersion: 'tekton.dev/v1',
    kind: 'TaskRun',
    metadata: { name, namespace },
    spec: { ...taskRunTemplate, ...spec },
  };
  expect(await apply([run])).toMatchObject({ exitCode: 0, said: '' });
  const [pod] = await untilSaid(
    'its pod is there',
    60,
    async () => (await all('pods')).filter(({ metadata }) => metadata.name.startsWith(name)),
    (found) => found.length > 0,
  );
  return pod;
}

describe('a listener that runs, with the rights of its own account', () => {
  let sink: Sink;

  beforeAll(async () => {
    const hook = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'github-hook', namespace },
      stringData: { secret },
    };
    expect(await ran('kubectl', ['apply', '--filename=-'], asList([hook]))).toMatchObject({ exitCode: 0 });
    const [deployment] = await untilSaid(
      'Tekton has made something of the listener',
      60,
      () => all('deployments.apps'),
      (found) => found.some((it) => fieldAt(it, 'status', 'readyReplicas') === 1),
    );
    sink = await startSink('orders', namespace, deployment as unknown as ListenerDeployment);
  });

  afterAll(() => sink.stop());

  test('is reached where its Ingress leads, and Pod Security lets its pod in', async () => {
    const { service } = fieldAt(object('Ingress/orders'), 'spec', 'rules', 0, 'http', 'paths', 0, 'backend') as {
      readonly service: { readonly name: string; readonly port: { readonly number: number } };
    };
    const services = await all('services');

    expect(services.map(({ metadata }) => metadata.name)).toEqual([service.name]);
    expect(listAt(services[0], 'spec', 'ports').map((it) => fieldAt(it, 'port'))).toContain(service.port.number);
  });

  test('starts exactly one run for a signed push to the branch, and all that it is given is filled in', async () => {
    expect(await sink.tell({ body: push(commit('1')), secret })).toBe(202);
    await untilSaid('a run is there', 20, commits, (found) => found.length > 0);
    await awhile();

    const runs = await all('pipelineruns.tekton.dev');
    expect(runs.map(commitOf)).toEqual([commit('1')]);
    const [wanted] = listAt(object('TriggerTemplate/orders'), 'spec', 'resourcetemplates');
    const expected = JSON.stringify(fieldAt(wanted, 'spec')).replace('$(tt.params.commit)', commit('1'));
    expect(fieldAt(runs[0], 'spec')).toMatchObject(JSON.parse(expected) as object);
    expect(JSON.stringify(fieldAt(runs[0], 'spec'))).not.toContain('$(');
  });

  test('and its first task is given the commit, by an account without rights, in a pod that Pod Security lets in', async () => {
    const [fetched] = await untilSaid(
      'the first task has run',
      60,
      async () => (await all('taskruns.tekton.dev')).filter(({ metadata }) => metadata.name.endsWith('-fetch')),
      (found) => textAt(found[0], 'status', 'podName') !== '',
    );

    expect(fieldAt(fetched, 'spec', 'params')).toEqual([{ name: 'commit', value: commit('1') }]);
    expect(fieldAt(fetched, 'spec', 'serviceAccountName')).toBe('orders');
  });

  test('and the image is built in a pod that Pod Security lets in, as the toolchain asks it to', async () => {
    const pod = await podOf('image-alone', {
      taskRef: { name: 'orders-image-orders' },
      params: [{ name: 'commit', value: commit('1') }],
      workspaces: [{ name: 'source', emptyDir: {} }],
    });

    expect(listAt(pod, 'spec', 'containers').map((it) => textAt(it, 'name'))).toEqual(['step-build', 'step-push']);
    // What it is refused where the namespace asks for more.
    expect(JSON.stringify(object('Namespace/shop-builds'))).toContain(
      '"pod-security.kubernetes.io/enforce":"baseline"',
    );
  });

  test('and it is promoted in a pod that is let in, too, of whose containers the last is given what was built, and the first alone the key', async () => {
    const digest = `sha256:${'d'.repeat(64)}`;
    const containers = listAt(
      await podOf('promote-alone', {
        taskRef: { name: 'orders-promote-dev' },
        params: [
          { name: 'commit', value: commit('1') },
          ...['orders', 'payments'].map((artifact) => ({ name: `digest-${artifact}`, value: digest })),
        ],
      }),
      'spec',
      'containers',
    );
    const variables = listAt(containers.at(-1), 'env').map((it) => [textAt(it, 'name'), textAt(it, 'value')]);

    expect(containers.map((it) => textAt(it, 'name'))).toEqual(
      ['prove', 'fetch', 'install', 'promote'].map((name) => `step-${name}`),
    );
    expect(variables).toEqual(
      expect.arrayContaining([
        ['COMMIT', commit('1')],
        ['DIGEST_0', digest],
        ['DIGEST_1', digest],
        ['PORTOLAN_RUN', 'TaskRun shop-builds/promote-alone'],
      ]),
    );
    expect(containers.map((it) => JSON.stringify(fieldAt(it, 'env')).includes('secretKeyRef'))).toEqual([
      true,
      ...[false, false, false],
    ]);
  });

  test.each(refused)('starts none, though it answers as ever: %s', async (_, told) => {
    expect(await sink.tell(told)).toBe(202);
    await awhile();

    expect(await commits()).toEqual([commit('1')]);
  });

  test('starts one more for the next commit, after all that', async () => {
    expect(await sink.tell({ body: push(commit('3')), secret })).toBe(202);
    await untilSaid('a second run is there', 20, commits, (found) => found.length > 1);
    await awhile();

    expect(await commits()).toEqual([commit('1'), commit('3')]);
  });

  test('starts none once its Role is taken away, so that these are the rights that it has', async () => {
    await kubectl('delete', 'rolebinding', 'orders-listener', ...inside);
    try {
      expect(await sink.tell({ body: push(commit('4')), secret })).toBe(202);
      await untilSaid(
        'it says what it lacks',
        20,
        () => Promise.resolve(sink.said()),
        (said) => said.includes('cannot create resource'),
      );

      expect(await commits()).toEqual([commit('1'), commit('3')]);
    } finally {
      await apply([object('RoleBinding/orders-listener')]);
    }
  });

  test.each([
    ['get', 'secrets', namespace],
    ['list', 'pods', namespace],
    ['impersonate', 'serviceaccounts', namespace],
    ['delete', 'pipelineruns.tekton.dev', namespace],
    ['create', 'pipelineruns.tekton.dev', 'default'],
    ['list', 'eventlisteners.triggers.tekton.dev', 'default'],
  ])('may not %s %s in %s', async (verb, resource, where) => {
    const account = `system:serviceaccount:${namespace}:orders-listener`;
    const asked = ['auth', 'can-i', '--namespace', where, '--as', account];

    expect(await kubectl(...asked, verb, resource)).toMatchObject({ exitCode: 1, stdout: 'no' });
    expect(
      await kubectl(
        ...asked.slice(0, 2),
        '--namespace',
        namespace,
        '--as',
        account,
        'create',
        'pipelineruns.tekton.dev',
      ),
    ).toMatchObject({ stdout: 'yes' });
  });
});

describe('what removes old runs, with the rights of its own account', () => {
  test('removes those that ended but the newest', async () => {
    const ended = (run: KubernetesObject): boolean => fieldAt(run, 'status', 'completionTime') !== undefined;
    await untilSaid(
      'both runs have ended',
      90,
      () => all('pipelineruns.tekton.dev'),
      (runs) => runs.length === 2 && runs.every(ended),
    );
    const container = fieldAt(
      object('CronJob/orders-prune'),
      'spec',
      'jobTemplate',
      'spec',
      'template',
      'spec',
      'containers',
      0,
    );
    const env = Object.fromEntries(listAt(container, 'env').map((it) => [textAt(it, 'name'), textAt(it, 'value')]));
    const [shell = '', ...args] = listAt(container, 'command').map(String);

    const { exitCode, stderr } = await execa(shell, args, {
      env: { ...env, KEPT: '1', KUBECONFIG: await kubeconfigOf('orders-prune', namespace) },
      reject: false,
    });

    expect([exitCode, stderr]).toEqual([0, '']);
    await untilSaid('the older one is gone', 20, commits, (found) => found.length === 1);
    expect(await commits()).toEqual([commit('3')]);
  });
});
