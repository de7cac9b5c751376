import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { notTried } from '../../support/built-on.ts';

/** One step of a phase: a test that is not tried after a step before it failed, because its ground is gone. */
export type Step = (name: string, work: () => Promise<void>, timeoutMs?: number) => void;

const times: [phase: string, seconds: number][] = [];
let phases = 0;
let foundation: string | undefined;

/**
 * Some steps that build on each other, in their order, and the time they take together. When one fails, `repair` makes the
 * ground even for the next phase; when one of the first two phases does, no other phase is tried.
 */
export function phase(
  name: string,
  steps: (step: Step) => void,
  repair: () => Promise<void> = () => Promise.resolve(),
): void {
  describe(name, () => {
    let start = 0;
    let failed: string | undefined;
    const isFoundation = phases < 2;
    phases += 1;

    beforeAll(() => {
      start = performance.now();
    });

    steps((stepName, work, timeoutMs) => {
      test(
        stepName,
        async () => {
          const ground = failed ?? foundation;
          if (ground !== undefined) throw notTried(ground);
          try {
            await work();
          } catch (error) {
            failed = stepName;
            process.stdout.write(
              `  failed: ${name} › ${stepName}: ${error instanceof Error ? error.message : String(error)}\n`,
            );
            if (isFoundation) foundation = stepName;
            throw error;
          }
        },
        timeoutMs,
      );
    });

    afterAll(async () => {
      // A repair that fails shows in the next phase; the failure that made it needed is the one to read.
      if (failed !== undefined && foundation === undefined) await repair().catch(() => undefined);
      const seconds = (performance.now() - start) / 1000;
      times.push([name, seconds]);
      process.stdout.write(`  ${seconds.toFixed(1).padStart(6)} s  ${name}\n`);
    });
  });
}

const latencies: [engine: string, told: string, seconds: number][] = [];

/** Remembers how long an engine took from a commit until all of it was healthy, and by what it was told. */
export function noteLatency(engine: string, told: string, seconds: number): void {
  latencies.push([engine, told, seconds]);
}

/** Prints the time of every phase, and what was remembered of the engines. */
export function printTimes(): void {
  const total = times.reduce((sum, [, seconds]) => sum + seconds, 0);
  const rows = [...times, ['all phases', total] as const].map(
    ([name, seconds]) => `  ${seconds.toFixed(1).padStart(6)} s  ${name}`,
  );
  process.stdout.write(`\nTimes on the cluster:\n${rows.join('\n')}\n`);
  const told = latencies.map(
    ([engine, by, seconds]) => `  ${seconds.toFixed(1).padStart(6)} s  ${engine}, told by ${by}`,
  );
  process.stdout.write(`\nFrom the commit to healthy:\n${told.join('\n')}\n`);
}
