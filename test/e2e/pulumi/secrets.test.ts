import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { opensshFile } from '../../pulumi/support/deploy-key.ts';
import type { EngineRun, RunOptions } from './engine/engine-project.ts';
import { EngineWorld, patience } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';
import { plantedIn, plantedValues } from './engine/planted-values.ts';

jest.setTimeout(1_800_000);

const planted = plantedValues(1000);
const [key, token, reader, webhook, wrong, ...others] = planted;

/** The others, by the environment whose Secret holds them: a stack file has at most 64 KB. */
const held = { staging: others.slice(0, 500), production: others.slice(500) } as const;
const stacks = ['platform', 'staging', 'production'] as const;

/** Every file below a folder, as text. */
const filesBelow = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file, readFileSync(file, 'latin1')]);

/** An event log without what the SDK tells at the level of `--debug`, which is everything that it hands over: the docs say so. */
const withoutDebug = ([file, text]: readonly [string, string]): readonly [string, string] => [
  file,
  text
    .split('\n')
    .filter((line) => !line.includes('"diagnosticEvent":{"prefix":"debug: "'))
    .join('\n'),
];

onTheEngine('a thousand secrets on the real engine', () => {
  let world: EngineWorld;
  const printed: string[] = [];

  /** Runs Pulumi and keeps what it printed. */
  const run = async (args: readonly string[], options: RunOptions = {}): Promise<EngineRun> => {
    const done = await world.project.pulumi(args, { ...options, mayFail: true });
    printed.push(done.stdout, done.stderr);
    return done;
  };

  const given = (values: Readonly<Record<string, string | undefined>>): readonly string[] =>
    Object.entries(values).flatMap(([path, value]) => ['--secret', `portolan:secrets.${path}=${value ?? ''}`]);

  beforeAll(async () => {
    world = await EngineWorld.open();
    world.project.copy.edit('project.ts', (text) =>
      text.replace(
        'const held: readonly Credential[] = [',
        `const held: readonly Credential[] = [
    {
      name: 'planted',
      purpose: 'webhook',
      holder: 'nobody',
      scope: 'nothing',
      store: {
        kind: 'kubernetes',
        secretName: 'planted',
        keys: Array.from({ length: place.name === 'staging' ? ${held.staging.length} : ${held.production.length} }, (_, i) => 'key-' + i),
      },
    },`,
      ),
    );
    await world.init(...stacks);
    for (const [stack, values] of [
      [
        'platform',
        {
          'docker-hub-build.DOCKERHUB_TOKEN': token?.value,
          'review-program.READER_PRIVATE_KEY': reader?.value,
        },
      ],
      [
        'staging',
        {
          'promote-staging': key?.value,
          'publish-staging': webhook?.value,
          ...Object.fromEntries(held.staging.map(({ value }, i) => [`planted.key-${i}`, value])),
        },
      ],
      ['production', Object.fromEntries(held.production.map(({ value }, i) => [`planted.key-${i}`, value]))],
    ] as const)
      expect((await run(['config', 'set-all', '--path', `--stack=${stack}`, ...given(values)])).exitCode).toBe(0);
  }, patience);

  afterAll(async () => {
    await world.close();
  });

  test('reach GitHub and the cluster', async () => {
    for (const stack of stacks)
      for (const command of ['preview', 'up']) {
        const { exitCode, stdout, stderr } = await run([command, `--stack=${stack}`]);
        expect({ command, exitCode, told: exitCode === 0 ? '' : stdout + stderr }).toEqual({
          command,
          exitCode: 0,
          told: '',
        });
      }
    for (const [namespace, values] of Object.entries(held)) {
      const secret = await world.cluster.get('secret', 'planted', namespace);
      const data = Object.values(secret?.['data'] as Readonly<Record<string, string>>);

      expect(plantedIn(data.join('\n'), values)).toHaveLength(values.length);
    }
  });

  test('are told by no run that fails: for the program, for GitHub, for the cluster', async () => {
    const failing: Readonly<Record<string, () => Promise<EngineRun>>> = {
      'a key that is none': async () => {
        await run(['config', 'set-all', '--path', '--stack=staging', ...given({ 'argocd-ops-read': wrong?.value })]);
        const done = await run(['preview', '--stack=staging']);
        await run([
          'config',
          'set-all',
          '--path',
          '--stack=staging',
          ...given({ 'argocd-ops-read': opensshFile('none', 'staging') }),
        ]);
        return done;
      },
      'GitHub does not take them': async () => {
        await world.gitHub.fail({ method: 'PUT', path: '/secrets/', status: 422, message: 'no' });
        await run([
          'config',
          'set-all',
          '--path',
          '--stack=staging',
          ...given({ 'promote-staging': `${key?.value ?? ''}2` }),
        ]);
        const done = await run(['up', '--stack=staging']);
        await world.gitHub.behave();
        return done;
      },
      'the cluster does not take them': async () => {
        await world.cluster.run('patch', 'secret', 'planted', '--namespace=staging', '--patch={"immutable":true}');
        await run(['config', 'set-all', '--path', '--stack=staging', ...given({ 'planted.key-0': others[1]?.value })]);
        return run(['up', '--stack=staging']);
      },
    };
    const codes: Record<string, number> = {};
    for (const [name, work] of Object.entries(failing)) codes[name] = (await work()).exitCode === 0 ? 0 : 1;

    expect(codes).toEqual(Object.fromEntries(Object.keys(failing).map((name) => [name, 1])));
  });

  test('stand in no state, no stack file, nothing that was printed', async () => {
    await run(['refresh', '--stack=staging']);
    await run(['stack', 'output', '--show-secrets', '--stack=staging']);
    await run(['stack', '--show-urns', '--stack=staging']);
    for (const stack of ['production', 'staging']) await run(['destroy', `--stack=${stack}`]);
    const files = [...filesBelow(world.project.backend), ...filesBelow(world.project.logs).map(withoutDebug)].concat(
      stacks.map((stack) => [stack, world.project.copy.read(`Pulumi.${stack}.yaml`)] as const),
    );

    expect(files.length).toBeGreaterThan(10);
    expect(files.filter(([, text]) => plantedIn(text, planted).length > 0).map(([file]) => file)).toEqual([]);
    expect(printed.flatMap((text) => (plantedIn(text, planted).length === 0 ? [] : [text.slice(0, 400)]))).toEqual([]);
  });
});

describe('the search for a planted value', () => {
  test('fails for each in plain, in base64 and in the text of a program', () => {
    const few = plantedValues(10);
    const found = (write: (value: string) => string): number =>
      few.filter(({ value }) => plantedIn(`x ${write(value)} y`, few).length === 1).length;

    expect([
      found(String),
      found((value) => Buffer.from(value).toString('base64')),
      found((value) => Buffer.from(`ab${value}`).toString('base64url')),
      found(JSON.stringify),
      found(encodeURIComponent),
    ]).toEqual([10, 10, 10, 10, 10]);
  });
});
