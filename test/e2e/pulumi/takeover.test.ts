import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { EngineWorld, patience, stacks, type Moment } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';
import { keptBy } from './faults/broken-off.ts';
import { commitOfTheProgram } from './faults/commit-of-the-program.ts';
import { inTurn, isAnew, isWhole, spread, turn } from './faults/in-turn.ts';
import { mended } from './faults/mended.ts';
import { isMended, keep, page, readRecord, record, reportOf } from './faults/report.ts';

jest.setTimeout(isWhole ? 86_400_000 : 1_800_000);

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
  });

  const stateOf = (
    stack: string,
  ): { readonly checkpoint: { readonly latest: { readonly resources: readonly unknown[] } } } =>
    JSON.parse(world.project.state(stack)) as ReturnType<typeof stateOf>;

  test.each(stacks)('of %s: without adopt each leftover is named, and with it all is taken over', async (stack) => {
    await world.recall(made);
    world.project.loseState(stack);
    await world.project.pulumi(['stack', 'init', stack, '--no-select'], { mayFail: true });
    const refused = await world.project.pulumi(['preview', `--stack=${stack}`], { mayFail: true });

    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain(
      `take it over with: pulumi config set portolan:adopt true --stack ${stack}`,
    );
    expect(await mended(world.project, stack, world.gitHub)).toEqual([]);
    expect(await keptBy(world)).toBe(kept);
  });

  /** What is wrong after a stack has lost all that it made from some step on; nothing where all is as before. */
  async function wrongAfterLoss(stack: string, step: number): Promise<string | undefined> {
    await world.recall(made);
    const { latest, ...checkpoint } = stateOf(stack).checkpoint;
    const resources = latest.resources.slice(0, step);
    const lost = { ...stateOf(stack), checkpoint: { ...checkpoint, latest: { ...latest, resources } } };
    world.project.putState(stack, JSON.stringify(lost));
    try {
      const changes = await mended(world.project, stack, world.gitHub);
      if (changes.length > 0) return `the last update changed ${changes.join(', ')}`;
      return (await keptBy(world)) === kept ? undefined : 'GitHub keeps something else';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  test.each(stacks)('of %s from some step on: what it still has is not imported again', async (stack) => {
    const commit = isWhole ? commitOfTheProgram() : '';
    await world.recall(made);
    // Of nothing at all it is lost above.
    const all = stateOf(stack).checkpoint.latest.resources.map((_, step) => step);
    const known = readRecord(record);
    const steps = isWhole
      ? spread(all, String).filter((step) => isAnew || !isMended(known, { stack, step }))
      : inTurn(all.slice(1), 1);
    process.stdout.write(`  ${stack}: ${steps.length} of ${all.length} steps, of turn ${turn}\n`);
    const wrong: string[] = [];
    for (const step of steps) {
      const said = await wrongAfterLoss(stack, step);
      if (said !== undefined) wrong.push(`step ${step}: ${said}`);
      if (isWhole) {
        keep(record, all.length, { stack, step, commit, ...(said === undefined ? {} : { wrong: said }) });
        writeFileSync(page, reportOf(readRecord(record)));
      }
      process.stdout.write(
        `  ${stack}: its state is lost from step ${step} of ${all.length} on: ${said ?? 'mended'}\n`,
      );
    }

    expect(wrong).toEqual([]);
    expect(steps.length + (isWhole ? known.losses.length : 0)).toBeGreaterThan(0);
  });
});
