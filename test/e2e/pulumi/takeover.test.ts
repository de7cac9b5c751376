import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { EngineWorld, patience, stacks, type Moment } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';
import { keptBy } from './faults/broken-off.ts';
import { mended } from './faults/mended.ts';

/** Whether every state between nothing and a whole stack is come back from, as by `npm run faults`; else one, which differs from hour to hour. */
const isAll = ['all', 'anew'].includes(process.env['PORTOLAN_FAULTS'] ?? '');
const turn = Number(process.env['PORTOLAN_FAULTS_TURN'] ?? Math.floor(Date.now() / 3_600_000));

jest.setTimeout(isAll ? 86_400_000 : 1_800_000);

onTheEngine('a state that is lost', () => {
  let world: EngineWorld;
  let made: Moment;
  let kept: string;

  beforeAll(async () => {
    world = await EngineWorld.open();
    await world.make(...stacks);
    made = await world.remember();
    kept = await keptBy(world);
  }, patience);

  afterAll(async () => {
    await world.close();
  }, 300_000);

  test.each(stacks)('of %s: without adopt each leftover is named, and with it all is taken over', async (stack) => {
    await world.recall(made);
    world.project.loseState(stack);
    await world.project.pulumi(['stack', 'init', stack, '--no-select'], { mayFail: true });
    const refused = await world.project.pulumi(['preview', `--stack=${stack}`], { mayFail: true });

    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain(
      `take it over with: pulumi config set portolan:adopt true --stack ${stack}`,
    );
    expect(await mended(world.project, stack)).toEqual([]);
    expect(await keptBy(world)).toBe(kept);
  });

  test.each(stacks)('of %s from some step on: what it still has is not imported again', async (stack) => {
    await world.recall(made);
    const whole = JSON.parse(world.project.state(stack)) as {
      checkpoint: { latest: { resources: unknown[] } };
    };
    const { resources } = whole.checkpoint.latest;
    const steps = resources.map((_, i) => i + 1).slice(0, -1);
    const some = isAll ? steps : steps.filter((step) => step === 1 + ((turn * 7) % steps.length));
    for (const step of some) {
      await world.recall(made);
      const latest = { ...whole.checkpoint.latest, resources: resources.slice(0, step) };
      world.project.putState(stack, JSON.stringify({ ...whole, checkpoint: { ...whole.checkpoint, latest } }));

      expect([step, await mended(world.project, stack)]).toEqual([step, []]);
      expect(await keptBy(world)).toBe(kept);
    }
    expect(some.length).toBeGreaterThan(0);
  });
});
