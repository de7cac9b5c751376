import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { EngineWorld, patience, stacks } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';

jest.setTimeout(300_000);

onTheEngine('the life of a stack on the real engine', () => {
  let world: EngineWorld;

  beforeAll(async () => {
    world = await EngineWorld.open();
  }, patience);

  afterAll(async () => {
    await world.close();
  }, 300_000);

  test.each(stacks)('%s is made, and made again without a change', async (stack) => {
    await world.init(stack);
    const preview = await world.project.pulumi(['preview', `--stack=${stack}`]);
    const up = await world.project.pulumi(['up', `--stack=${stack}`]);
    const again = await world.project.pulumi(['up', `--stack=${stack}`]);

    expect(up.changes).toEqual(preview.changes);
    expect(again.changes).toEqual([]);
  });
});
