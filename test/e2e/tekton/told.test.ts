import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { timeout } from '../../support/long-enough.ts';
import { withTold } from '../../support/looked-for-in-cluster.ts';
import {
  apply,
  applyOnceAnswered,
  asList,
  identityOf,
  kubectl,
  kubectlDiff,
  ran,
  stored,
  toolchainOf,
} from '../../support/strict-server.ts';
import { untilSaid } from '../../support/until-said.ts';
import { startSink, type ListenerDeployment, type Sink } from './sink.ts';
import { howTo } from './world.ts';

const namespace = 'cat-service-build';
const inside = ['--namespace', namespace];
const token = 'nobodyGuessesThis';
const path = `/look/dev?token=${token}`;

/** The place of the toolchain, which asks as much of pods as Kubernetes can, and what looks there; kpack, which builds beside it, is not here. */
const whole = toolchainOf(withTold(), 'build').filter(
  ({ kind, metadata }) => kind === 'Namespace' || metadata.name.includes('look-dev'),
);
const object = (identity: string): KubernetesObject => {
  const found = whole.find((it) => identityOf(it) === identity);
  if (found === undefined) throw new Error(`${identity} is not rendered`);
  return found;
};
const rendered = fieldAt(object('TriggerTemplate/look-dev'), 'spec', 'resourcetemplates', 0);

async function all(kind: string): Promise<readonly KubernetesObject[]> {
  const { stdout } = await execa('kubectl', ['get', kind, ...inside, '--output=json']);
  return (JSON.parse(stdout) as { readonly items: readonly KubernetesObject[] }).items;
}

/** The Jobs that the listener made, beside those of the CronJob. */
const jobs = async (): Promise<readonly KubernetesObject[]> =>
  (await all('jobs.batch')).filter(
    ({ metadata }) => metadata.labels?.['triggers.tekton.dev/eventlistener'] === 'look-dev',
  );
const uidsOf = (found: readonly KubernetesObject[]): readonly string[] =>
  found.map((it) => textAt(it, 'metadata', 'uid'));

/** What Docker Hub sends of a push, which names what was pushed. */
const pushed = (image: string, tag: string): string =>
  JSON.stringify({
    callback_url: `https://registry.hub.docker.com/u/${image}/hook/2141b5bi5i5b02bec211i4eeih0242eg11000a/`,
    push_data: {
      pushed_at: 1_782_806_400,
      pusher: 'lovelace',
      tag,
      media_type: 'application/vnd.oci.image.index.v1+json',
    },
    repository: {
      repo_name: image,
      repo_url: `https://registry.hub.docker.com/r/${image}`,
      name: image.split('/').at(-1),
      namespace: image.split('/')[0],
      is_private: false,
      status: 'Active',
    },
  });

const clear = (): Promise<unknown> =>
  kubectl('delete', 'namespace', namespace, '--ignore-not-found', timeout(60)).then(() =>
    kubectl('delete', 'clusterrole,clusterrolebinding', `${namespace}.look-dev-listener`, '--ignore-not-found'),
  );

/** Time in which a look would have been there: the one that is wanted takes a third of a second, and one that is late is found by what follows. */
const awhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000));

beforeAll(async () => {
  if ((process.env['KUBECONFIG'] ?? '') === '' || process.env['PORTOLAN_E2E'] !== 'throw-away') throw new Error(howTo);
  await clear();
});

afterAll(clear);

describe('what a registry tells, as a strict API server and the webhooks of Tekton see it', () => {
  test('is taken, and comes back as it was rendered', async () => {
    expect(await apply(whole.filter(({ kind }) => kind === 'Namespace'))).toMatchObject({ exitCode: 0, said: '' });
    expect(await applyOnceAnswered(whole)).toMatchObject({ exitCode: 0, said: '' });
    for (const one of whole)
      if (one.apiVersion.startsWith('triggers.tekton.dev/')) expect(await stored(one)).toEqual(one);
      else expect(await stored(one)).toMatchObject(one);
    expect(await kubectlDiff(whole)).toEqual({ exitCode: 0, stdout: '', said: expect.not.stringContaining('error') });
  });

  test('and so is the Job that a listener makes, of which Tekton itself reads nothing', async () => {
    expect(await apply([rendered as KubernetesObject], '--dry-run=server')).toMatchObject({ exitCode: 0, said: '' });
  });
});

describe('a listener that a registry tells, with the rights of its own account', () => {
  let sink: Sink;

  beforeAll(async () => {
    const hook = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'registry-hook', namespace },
      stringData: { secret: token },
    };
    expect(await ran('kubectl', ['apply', '--filename=-'], asList([hook]))).toMatchObject({ exitCode: 0 });
    const [deployment] = await untilSaid(
      'Tekton has made something of the listener',
      60,
      () => all('deployments.apps'),
      (found) => found.some((it) => fieldAt(it, 'status', 'readyReplicas') === 1),
    );
    sink = await startSink('look-dev', namespace, deployment as unknown as ListenerDeployment);
  });

  afterAll(() => sink.stop());

  test('is reached where its Ingress leads, and is let in where nothing may be more than it must', async () => {
    const leads = fieldAt(object('Ingress/look-dev'), 'spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service');
    const services = await all('services');

    expect(services.map(({ metadata }) => metadata.name)).toEqual([textAt(leads, 'name')]);
    expect(listAt(services[0], 'spec', 'ports').map((it) => fieldAt(it, 'port'))).toContain(
      fieldAt(leads, 'port', 'number'),
    );
    expect(JSON.stringify(object(`Namespace/${namespace}`))).toContain(
      '"pod-security.kubernetes.io/enforce":"restricted"',
    );
  });

  test.each<[string, string, string, Readonly<Record<string, string>>]>([
    ['no token', '/look/dev', pushed('whales/cat-service', 'b12'), {}],
    ['another token', '/look/dev?token=guessed', pushed('whales/cat-service', 'b12'), {}],
    ['an empty one', '/look/dev?token=', pushed('whales/cat-service', 'b12'), {}],
    ['a part of it', path.slice(0, -1), pushed('whales/cat-service', 'b12'), {}],
    ['two of them', `${path}&token=${token}`, pushed('whales/cat-service', 'b12'), {}],
    ['the token in the path', `/look/dev/${token}`, pushed('whales/cat-service', 'b12'), {}],
    ['the token in what is sent', '/look/dev', JSON.stringify({ token }), {}],
    ['the token in a header', '/look/dev', pushed('whales/cat-service', 'b12'), { Token: token }],
  ])('starts nothing, though it answers as ever: %s', async (_, to, text, headers) => {
    expect(await sink.post(to, text, headers)).toBe(202);
    await awhile();

    expect(await jobs()).toEqual([]);
  });

  test('refuses what is no JSON at once', async () => {
    expect(await sink.post(path, 'look!')).toBe(400);
  });

  test('starts exactly one look for a call of the registry, the rendered one, with nothing in it of what was sent', async () => {
    expect(await sink.post(path, pushed('whales/cat-service', 'b12'))).toBe(202);
    await untilSaid('a look is there', 20, jobs, (found) => found.length > 0);
    await awhile();

    const [job, ...others] = await jobs();
    expect(others).toEqual([]);
    expect(job).toMatchObject(rendered as object);
    expect(JSON.stringify(job)).not.toMatch(/b12|whales\/|lovelace|hub\.docker|nobodyGuessesThis/);
  });

  test('starts no second one however often it is told while that one is there, whatever is named', async () => {
    const [first] = uidsOf(await jobs());
    const calls = Array.from({ length: 60 }, (_, i) => sink.post(path, pushed('evil/image', `$(touch ${i})`)));

    expect(new Set(await Promise.all(calls))).toEqual(new Set([202]));
    await untilSaid(
      'it says why',
      20,
      () => Promise.resolve(sink.said()),
      (said) => said.includes('already exists'),
    );
    await awhile();
    expect(uidsOf(await jobs())).toEqual([first]);
  });

  test('starts the same look once the one before has gone by itself, for a call that names something else', async () => {
    const before = await jobs();
    await untilSaid('the look has gone', 120, jobs, (found) => found.length === 0);
    expect(await sink.post(path, pushed('evil/image', 'latest'))).toBe(202);
    const [again, ...others] = await untilSaid('another one is there', 20, jobs, (found) => found.length > 0);

    expect(others).toEqual([]);
    expect(again).toMatchObject(rendered as object);
    expect(JSON.stringify(again)).not.toMatch(/evil|latest/);
    expect(uidsOf([again!])).not.toEqual(uidsOf(before));
  });

  test('and its pod is let in, of whose containers the first alone has the key', async () => {
    const [pod] = await untilSaid(
      'its pod is there',
      30,
      async () => (await all('pods')).filter(({ metadata }) => metadata.name.startsWith('look-dev-told-')),
      (found) => found.length > 0,
    );
    const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')];

    expect(containers.map((it) => [textAt(it, 'name'), JSON.stringify(it).includes('secretKeyRef')])).toEqual([
      ['prove', true],
      ...['fetch', 'install', 'promote'].map((name) => [name, false]),
    ]);
    expect(fieldAt(pod, 'metadata', 'labels')).toMatchObject(
      fieldAt(object('NetworkPolicy/look-dev'), 'spec', 'podSelector', 'matchLabels') as object,
    );
  });

  test.each([
    ['get', 'secrets', namespace],
    ['list', 'jobs.batch', namespace],
    ['delete', 'jobs.batch', namespace],
    ['create', 'pods', namespace],
    ['impersonate', 'serviceaccounts', namespace],
    ['create', 'jobs.batch', 'default'],
    ['list', 'eventlisteners.triggers.tekton.dev', 'default'],
  ])('may not %s %s in %s', async (verb, resource, where) => {
    const as = ['--as', `system:serviceaccount:${namespace}:look-dev-listener`];

    expect(await kubectl('auth', 'can-i', '--namespace', where, ...as, verb, resource)).toMatchObject({
      exitCode: 1,
      stdout: 'no',
    });
    expect(await kubectl('auth', 'can-i', ...inside, ...as, 'create', 'jobs.batch')).toMatchObject({ stdout: 'yes' });
  });
});
