import { afterEach, describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Supply, Trigger } from '../../src/model/supply.ts';
import type { Run } from './runner/run.ts';
import { TodoWorld } from './runner/todo-world.ts';

const push: Trigger = { on: 'push', repository: 'devops-kubernetes', branches: ['main'] };

let world: TodoWorld | undefined;
afterEach(async () => world?.stop());

/** A world whose supply is another one, and whose stages nothing starts: what is built is looked at, and the program is not run. */
async function worldOf(change: Partial<Supply>): Promise<TodoWorld> {
  world = await TodoWorld.start((delivery): Delivery => ({
    ...delivery,
    supplies: delivery.supplies.map((supply) => ({ ...supply, triggers: [push], ...change })),
    stages: delivery.stages.map((stage) => ({ ...stage, triggers: [{ on: 'manual' }] })),
  }));
  return world;
}

const conclusions = (runs: readonly Run[]): readonly string[] =>
  runs.flatMap(({ file, jobs }) => Object.entries(jobs).map(([id, { conclusion }]) => `${file} ${id}: ${conclusion}`));

const check = (script: string): string =>
  `name: Test\non: workflow_call\npermissions: { contents: read }\njobs: { test: { runs-on: ubuntu-24.04, steps: [{ name: Test, run: "${script}" }] } }\n`;

describe('checks of a supply, run', () => {
  test('a build waits for a check, and is made once it has passed', async () => {
    const { source, github } = await worldOf({ checks: ['test'] });
    const commit = world!.push(source, 'main', { '.github/workflows/test.yaml': check('test -z \\"$GITHUB_TOKEN\\"') });

    expect(conclusions(await world!.settle())).toEqual([
      'portolan-deliver-images.yaml test: success',
      'portolan-deliver-images.yaml build: success',
    ]);
    expect(github.registry.digest(`arkb2023/todo-app:${commit}`)).toBeDefined();
  });

  test('nothing is built after a check that fails, that is not there, or that takes no calls', async () => {
    const { source, github } = await worldOf({ checks: ['test'] });
    const files = [
      { '.github/workflows/test.yaml': check('exit 3') },
      { '.github/workflows/test.yaml': check('true').replace('workflow_call', '{ push: { branches: [other] } }') },
      { '.github/workflows/test.yaml': null },
    ];

    for (const change of files) {
      const commit = world!.push(source, 'main', change);
      expect(conclusions(await world!.settle())).toEqual([
        'portolan-deliver-images.yaml test: failure',
        'portolan-deliver-images.yaml build: skipped',
      ]);
      expect(github.registry.digest(`arkb2023/todo-app:${commit}`)).toBeUndefined();
    }
  });
});
