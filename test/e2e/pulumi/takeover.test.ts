import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import type { EngineRun } from './engine/engine-project.ts';
import { EngineWorld, owner, patience, stacks, type Moment } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';
import { keptBy } from './faults/broken-off.ts';
import { commitOfTheProgram } from './faults/commit-of-the-program.ts';
import { inTurn, isAnew, isWhole, spread, turn } from './faults/in-turn.ts';
import { linesIn, mended } from './faults/mended.ts';
import { isMended, keep, page, readRecord, record, reportOf } from './faults/report.ts';

/** What a refusal names as there and not of the stack, at GitHub or in the cluster, each with the line that takes it over. */
const leftoversIn = ({ stdout, stderr }: EngineRun, stack: string): readonly string[] =>
  `${stdout}\n${stderr}`.split('\n').flatMap((line) => {
    const [, what] =
      /^ *(\S.*) is (?:there|in the cluster), and is not of this stack; take it over with: pulumi config set portolan:adopt true --stack (\S+)$/.exec(
        line,
      ) ?? [];
    return what === undefined || !line.endsWith(` ${stack}`) ? [] : [what];
  });

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

  /** Has a stack forget all that it made. @returns how its next preview is refused */
  async function forgotten(stack: string): Promise<EngineRun> {
    await world.recall(made);
    world.project.loseState(stack);
    await world.project.pulumi(['stack', 'init', stack, '--no-select'], { mayFail: true });
    const refused = await world.project.pulumi(['preview', `--stack=${stack}`], { mayFail: true });
    expect(refused.exitCode).not.toBe(0);
    return refused;
  }

  /** Writes the lines that a refusal says, as it says them. */
  const write = async (refused: EngineRun): Promise<void> => {
    for (const line of linesIn(refused))
      await execa('bash', ['-c', line], { cwd: world.project.folder, env: world.project.variables });
  };

  test.each(stacks)('of %s: without adopt each leftover is named, and with it each is imported', async (stack) => {
    const refused = await forgotten(stack);
    const named = leftoversIn(refused, stack);
    await write(refused);
    const preview = await world.project.pulumi(['preview', `--stack=${stack}`]);
    // The repository that was there before Portolan is imported by the program's own word for it.
    const imported = preview.changes.filter((change) =>
      /^import (?!github:Repository devops-kubernetes$)/.test(change),
    );

    expect(new Set(named).size).toBe(named.length);
    expect(named).toHaveLength(imported.length);
    expect(imported.length).toBeGreaterThan(8);
    expect((await world.project.pulumi(['up', `--stack=${stack}`])).changes).toEqual(preview.changes);
    expect(await mended(world.project, stack, world.gitHub)).toEqual([]);
    expect(await keptBy(world)).toBe(kept);
  });

  test('the guide shows two of them as they are told', async () => {
    const [, block = ''] =
      /^## What is there already\n[^]*?^```\n([^]*?)^```/m.exec(readFileSync('docs/pulumi.md', 'utf8')) ?? [];
    const [, ...shown] = block.trimEnd().split('\n');
    const { stdout, stderr } = await forgotten('staging');

    expect(shown).toHaveLength(2);
    for (const line of shown) expect(stdout + stderr).toContain(line.trim());
  });

  test('a rule that somebody weakened meanwhile is shown as taken over and put right', async () => {
    const refused = await forgotten('staging');
    const rules = `/repos/${owner}/the-project-ops/rulesets`;
    const all = (await world.gitHub.api('GET', rules)) as readonly Readonly<Record<string, unknown>>[];
    const rule = all.find(({ name }) => name === 'env/staging: history');
    const { id, name, target, conditions, bypass_actors, rules: held } = rule ?? {};
    await world.gitHub.api('PUT', `${rules}/${String(id)}`, {
      name,
      target,
      conditions,
      bypass_actors,
      rules: held,
      enforcement: 'disabled',
    });
    await write(refused);
    const { changes } = await world.project.pulumi(['preview', '--stack=staging']);

    expect(changes.filter((change) => /^update .*RepositoryRuleset/.test(change))).toHaveLength(1);
    expect(await mended(world.project, 'staging', world.gitHub)).toEqual([]);
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
