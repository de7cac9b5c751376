import { randomUUID } from 'node:crypto';
import { readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Does work on a branch when it is one's turn. */
export type InTurn = <Result>(branch: string, work: () => Promise<Result>) => Promise<Result>;

/** Milliseconds after which whoever has the turn is not waited for any longer. */
const PATIENCE_MS = 20_000;

/**
 * Lets the writers of this machine write one after the other: of twenty that decide at once nineteen have decided in vain. It is a courtesy, and nothing
 * relies on it: where no turn can be taken, where whoever has it takes long, and between machines, the branch itself still moves only from where it was when
 * the write was decided. The turn of a process that is gone is nobody's.
 *
 * @param gitDir - repository that all of them work with, or their copy of it
 */
export const turnsIn =
  (gitDir: string, patience = PATIENCE_MS): InTurn =>
  async (branch, work) => {
    const turn = join(gitDir, `portolan-turn-${encodeURIComponent(branch)}`);
    const own = `${process.pid}@${hostname()}#${randomUUID()}`;
    await waitFor(turn, own, patience);
    try {
      return await work();
    } finally {
      giveUp(turn, own);
    }
  };

async function waitFor(turn: string, own: string, patience: number): Promise<void> {
  let [holder, since]: [string | undefined, number] = [undefined, 0];
  while (isTaken(turn, own)) {
    const now = holderOf(turn);
    if (now !== holder) [holder, since] = [now, performance.now()];
    if (holder === undefined) continue;
    if (isGone(holder) || performance.now() - since > patience) {
      if (!giveUp(turn, holder)) return;
    } else await setTimeout(15 + Math.random() * 30);
  }
}

/** Takes the turn, with a link that leads nowhere: it is there with all it says or not at all, on a full disk too. @returns whether somebody else has it */
function isTaken(turn: string, own: string): boolean {
  try {
    symlinkSync(own, turn);
    return false;
  } catch (error) {
    // Where no link can be made there are no turns.
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
}

function holderOf(turn: string): string | undefined {
  try {
    return readlinkSync(turn);
  } catch (error) {
    // Somebody's file, which is not ours to take away.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}

/** Whether the process that has the turn is known to be no more. */
function isGone(holder: string): boolean {
  const [, pid, host] = /^(\d+)@(.*)#/.exec(holder) ?? [];
  if (pid === undefined || host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Ends a turn, where it is still that of this holder. @returns whether it could be */
function giveUp(turn: string, holder: string): boolean {
  try {
    if (readlinkSync(turn) === holder) unlinkSync(turn);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
