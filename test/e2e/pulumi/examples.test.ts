import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import cats from '../../../examples/cat-service/project.ts';
import craftista from '../../../examples/craftista/project.ts';
import first from '../../../examples/first/project.ts';
import sample from '../../../examples/go-sample-app/project.ts';
import podinfo from '../../../examples/podinfo/project.ts';
import shop from '../../../examples/shop/project.ts';
import { patience } from './engine/engine-world.ts';
import { ExampleWorld } from './engine/example-world.ts';
import { onTheEngine } from './engine/needs.ts';
import { mended } from './faults/mended.ts';

jest.setTimeout(1_800_000);

const examples = { 'cat-service': cats, craftista, first, 'go-sample-app': sample, podinfo, shop };

const changesIn = (runs: Awaited<ReturnType<ExampleWorld['each']>>): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(runs).map(([stack, { changes }]) => [stack, changes]));

const each = <Value>(stacks: readonly string[], value: (stack: string) => Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(stacks.map((stack) => [stack, value(stack)]));

describe('the stacks of the examples', () => {
  test('are all of them lived through', () => {
    expect(Object.keys(examples)).toEqual(readdirSync('examples').sort());
  });
});

onTheEngine.each(Object.entries(examples))('the life of the stacks of %s on the real engine', (name, program) => {
  let world: ExampleWorld;
  let environments: readonly string[];
  let all: readonly string[];

  beforeAll(async () => {
    world = await ExampleWorld.open(name, program);
    ({ environments } = world);
    all = ['platform', ...environments];
    await world.makeAdopted();
  }, patience);

  afterAll(async () => {
    await world.close();
  });

  test('each is made as its preview says', async () => {
    for (const stacks of [['platform'], environments]) {
      for (const stack of stacks) await world.init(stack);
      const previews = changesIn(await world.each(stacks, 'preview'));

      expect(Object.values(previews).filter((changes) => changes.length < 8)).toEqual([]);
      expect(changesIn(await world.each(stacks, 'up'))).toEqual(previews);
    }
  });

  test('none is changed by a second update or a refresh, and nothing is said', async () => {
    const ups = await world.each(all, 'up');

    expect(changesIn(ups)).toEqual(each(all, () => []));
    expect(Object.values(ups).filter(({ stdout }) => /warning|portolan: /.test(stdout))).toEqual([]);
    expect(changesIn(await world.each(all, 'refresh'))).toEqual(each(all, () => []));
  });

  test('a setting of each changes what it is about, and nothing else', async () => {
    const { project } = world;
    const delivery = `${name}-delivery`;
    await project.pulumi([
      'config',
      'set',
      '--path',
      'portolan:secrets.review-program.READER_APP_ID',
      '345678',
      '--stack=platform',
    ]);
    for (const stack of environments)
      await project.pulumi(
        ['config', 'set', '--secret', '--path', `portolan:secrets.publish-${stack}`, `--stack=${stack}`],
        {
          input: 'another-key',
        },
      );

    expect(changesIn(await world.each(all, 'up'))).toEqual({
      ...each(environments, (stack) => [
        `update github:ActionsEnvironmentSecret ${delivery}-${stack}-PROMOTER_PRIVATE_KEY`,
      ]),
      platform: [`update github:ActionsEnvironmentVariable ${delivery}-review-READER_APP_ID`],
    });
  });

  test('each comes back after it was destroyed', async () => {
    const { project, gitHub } = world;
    const destroyed = Object.values(changesIn(await world.each(environments, 'destroy'))).flat();
    await project.pulumi(['config', 'set', 'portolan:protect', 'false', '--stack=platform']);
    await project.pulumi(['up', '--stack=platform']);
    await project.pulumi(['destroy', '--stack=platform']);

    expect(destroyed.length).toBeGreaterThan(8);
    expect(destroyed.filter((change) => !change.startsWith('delete '))).toEqual([]);
    expect((await gitHub.state())['repos']).toEqual({});
    await world.makeAdopted();
    for (const stack of all) expect([stack, await mended(project, stack, gitHub)]).toEqual([stack, []]);
  });
});
