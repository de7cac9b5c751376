import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { turnsIn } from '../../src/ops/in-turn.ts';
import { temporaryFolder } from '../support/git.ts';
import '../support/patience.ts';

const turnOf = (folder: string): string => join(folder, 'portolan-turn-env%2Fdev');

/** A process that is no more. */
const gone = (): number => spawnSync(process.execPath, ['-e', '0']).pid;

describe('writers of one branch', () => {
  test('write one after the other, those of another branch meanwhile, and leave nothing behind', async () => {
    const folder = temporaryFolder();
    const inTurn = turnsIn(folder);
    let [now, most, done] = [0, 0, 0];
    const write = async (): Promise<void> => {
      most = Math.max(most, ++now);
      await setTimeout(5);
      now -= 1;
      done += 1;
    };
    let others = 0;
    await Promise.all([
      ...Array.from({ length: 12 }, () => inTurn('env/dev', write)),
      inTurn('env/dev', () =>
        inTurn('env/prod', () => {
          others += 1;
          return Promise.resolve();
        }),
      ),
    ]);

    expect({ most, done, others }).toEqual({ most: 1, done: 12, others: 1 });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('end their turn whatever becomes of it, and get what came of it', async () => {
    const folder = temporaryFolder();
    const inTurn = turnsIn(folder);

    await expect(inTurn('env/dev', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await inTurn('env/dev', () => Promise.resolve(7))).toBe(7);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('do not wait for a process that is gone', async () => {
    const folder = temporaryFolder();
    symlinkSync(`${gone()}@${hostname()}#left`, turnOf(folder));

    expect(await turnsIn(folder, 600_000)('env/dev', () => Promise.resolve(7))).toBe(7);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['has it for long', `${process.pid}@${hostname()}#long`],
    ['is on another machine', `1@another-machine#long`],
    ['nobody can tell', 'whoever'],
  ])('do not wait for ever for one who %s', async (_, holder) => {
    const folder = temporaryFolder();
    symlinkSync(holder, turnOf(folder));
    const start = performance.now();

    expect(await turnsIn(folder, 200)('env/dev', () => Promise.resolve(7))).toBe(7);
    expect(performance.now() - start).toBeGreaterThan(190);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('go on at once where no turn can be taken, and leave alone what is not a turn', async () => {
    const folder = temporaryFolder();
    writeFileSync(turnOf(folder), 'of somebody');

    expect(await turnsIn(folder, 100)('env/dev', () => Promise.resolve(7))).toBe(7);
    expect(await turnsIn(join(folder, 'no', 'folder'))('env/dev', () => Promise.resolve(7))).toBe(7);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('do not end the turn of another who did not wait for them', async () => {
    const folder = temporaryFolder();
    let ended = false;
    let isSecondIn = (): void => undefined;
    const secondIsIn = new Promise<void>((resolve) => (isSecondIn = resolve));
    const first = turnsIn(folder)('env/dev', () => secondIsIn);
    const second = turnsIn(folder, 50)('env/dev', async () => {
      isSecondIn();
      await first;

      expect(readdirSync(folder)).toHaveLength(1);
      ended = true;
    });
    await second;

    expect(ended).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });
});
