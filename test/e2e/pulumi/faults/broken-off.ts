import type { EngineWorld, Moment } from '../engine/engine-world.ts';
import type { Between } from './between.ts';
import { comparable } from './comparable.ts';
import type { Fault } from './fault.ts';
import { mended } from './mended.ts';

/** One thing that goes wrong: which call, and how. */
export interface Case {
  /** From 1. */
  readonly call: number;
  readonly fault: Fault;
}

/** What a run without faults came to. */
export interface Reference {
  /** Before the stack was made. */
  readonly before: Moment;
  /** When it was made. */
  readonly after: Moment;
  /** How many calls making it takes. */
  readonly calls: number;
  /** What GitHub keeps then. */
  readonly kept: string;
}

export const keptBy = async ({ gitHub }: Pick<EngineWorld, 'gitHub'>): Promise<string> =>
  JSON.stringify(comparable(await gitHub.state()), null, 1);

/** The first line that differs between two texts. */
function firstDifference(expected: string, given: string): string {
  const [before, after] = [expected.split('\n'), given.split('\n')];
  const at = before.findIndex((line, i) => line !== after[i]);
  return `${(before[at] ?? 'nothing').trim()} is ${(after[at] ?? 'nothing').trim()}`;
}

/** Makes a stack without a fault. */
export async function referenceOf(world: EngineWorld, between: Between, stack: string): Promise<Reference> {
  const before = await world.remember();
  between.disarm();
  await world.project.pulumi(['up', `--stack=${stack}`]);
  const { length: calls } = between.calls;
  return { before, after: await world.remember(), calls, kept: await keptBy(world) };
}

/** What is wrong after an update broke off and was brought to its end, or where it did not come to the call; nothing where all is as without the fault. */
export async function wrongAfter(
  world: Pick<EngineWorld, 'recall' | 'cluster' | 'project' | 'gitHub'>,
  between: Pick<Between, 'arm' | 'calls' | 'disarm'>,
  stack: string,
  { before, kept }: Reference,
  { call, fault }: Case,
): Promise<string | undefined> {
  await world.recall(before);
  if (stack !== 'platform') await world.cluster.clearEnvironments();
  const run = world.project.start(['up', `--stack=${stack}`]);
  between.arm(call, fault, (name) => {
    try {
      process.kill(run.pid, name);
    } catch {
      // It ended by itself.
    }
  });
  await run.ended;
  const { length } = between.calls;
  const { method = 'nothing', path = '' } = between.calls[call - 1] ?? {};
  const place = `${fault.name} at call ${call}, ${method} ${path}`;
  between.disarm();
  if (length < call) return `${fault.name} at call ${call}: nothing went wrong, as the update made ${length} calls`;
  try {
    const changes = await mended(world.project, stack, world.gitHub);
    if (changes.length > 0) return `${place}: the last update changed ${changes.join(', ')}`;
    const keeps = await keptBy(world);
    return keeps === kept ? undefined : `${place}: GitHub keeps something else: ${firstDifference(kept, keeps)}`;
  } catch (error) {
    return `${place}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Every fault at every call. */
export const allCases = (calls: number, faults: readonly Fault[]): readonly Case[] =>
  Array.from({ length: calls }, (_, i) => i + 1).flatMap((call) => faults.map((fault) => ({ call, fault })));
