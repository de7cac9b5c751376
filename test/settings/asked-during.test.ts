import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askedDuring } from '../../src/settings/asked-during.ts';

/** A program and a library that it uses, as they lie on a disk. */
let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'asked-')));
  mkdirSync(join(folder, 'node_modules', 'library'), { recursive: true });
  writeFileSync(
    join(folder, 'node_modules', 'library', 'library.mjs'),
    "import os from 'node:os';\nexport const deep = (n) => (n === 0 ? os.hostname() : deep(n - 1));\n",
  );
  writeFileSync(
    join(folder, 'program.mjs'),
    [
      "import childProcess from 'node:child_process';",
      "import crypto from 'node:crypto';",
      "import fs from 'node:fs';",
      "import { deep } from './node_modules/library/library.mjs';",
      'export const ways = {',
      "  disk: () => fs.existsSync('/'),",
      '  promised: () => void fs.promises.access("/").catch(() => undefined),',
      '  clock: () => new Date().getTime(),',
      '  now: () => Date.now(),',
      '  precise: () => performance.now(),',
      '  chance: () => Math.random(),',
      '  token: () => crypto.randomUUID(),',
      '  environment: () => process.env.HOME,',
      '  everything: () => Object.keys(process.env).length,',
      "  program: () => childProcess.execFileSync('true'),",
      '  library: () => deep(30),',
      '  folder: () => process.cwd(),',
      "  nothing: () => new Date('2026-01-01T00:00:00Z').getTime() + Math.max(1, 2) + crypto.createHash('sha256').update('a').digest('hex').length,",
      '};',
    ].join('\n'),
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Ways = Readonly<Record<string, () => unknown>>;

const ways = async (): Promise<Ways> => {
  const program = (await import(pathToFileURL(join(folder, 'program.mjs')).href)) as { readonly ways: Ways };
  return program.ways;
};

/** What is told of one way in which the program asks. */
async function told(way: string): Promise<readonly string[]> {
  const asked = (await ways())[way];
  const { problems } = await askedDuring(async () => Promise.resolve(asked?.()), {
    projectFolder: folder,
    packageFolder: process.cwd(),
  });
  return problems.map(({ path, message }) => `${path}: ${message.split(',')[0] ?? ''}`);
}

describe('what a program asks of the world', () => {
  test.each([
    ['disk', '6:18: asks the disk (fs.existsSync)'],
    ['promised', '7:36: asks the disk (fs.promises.access)'],
    ['clock', '8:16: asks the clock (new Date())'],
    ['now', '9:19: asks the clock (Date.now())'],
    ['precise', '10:30: asks the clock (performance.now)'],
    ['chance', '11:22: asks chance (Math.random)'],
    ['token', '12:23: asks chance (crypto.randomUUID)'],
    ['environment', '13:34: asks the environment (process.env.HOME)'],
    ['everything', '14:28: asks the environment (process.env)'],
    ['program', '15:31: asks another program (execFileSync)'],
    ['library', '16:18: asks the machine (os.hostname)'],
    ['folder', '17:25: asks the machine (process.cwd)'],
  ])('is told with its line: %s', async (way, line) => {
    expect(await told(way)).toEqual([`program.mjs:${line}`]);
  });

  test('is nothing for what is the same everywhere', async () => {
    expect(await told('nothing')).toEqual([]);
  });

  test('says what to do instead', async () => {
    const { clock } = await ways();
    const { problems } = await askedDuring(async () => Promise.resolve(clock?.()), {
      projectFolder: folder,
      packageFolder: process.cwd(),
    });

    expect(problems[0]?.message).toBe(
      'asks the clock (new Date()), so that another machine or another day would get other bytes; declare a setting, or write it into the program',
    );
  });

  test('happens at another hour and in another time zone, so that what slips through writes other bytes', async () => {
    const look = (): readonly [number, string | undefined] => [Date.now(), process.env['TZ']];
    const before = look();
    const { result, problems } = await askedDuring(async () => Promise.resolve(look()), {
      projectFolder: folder,
      packageFolder: process.cwd(),
    });

    expect(problems).toEqual([]);
    expect(result[0] - before[0]).toBeGreaterThan(399 * 24 * 3600 * 1000);
    expect(result[1]).not.toBe(before[1]);
    expect(look()[1]).toBe(before[1]);
    expect(look()[0] - before[0]).toBeLessThan(60_000);
  });

  test('leaves everything as it was, even where the work fails', async () => {
    const { env } = process;
    const [random, clock] = [Math.random, Date];
    await expect(
      askedDuring(() => Promise.reject(new Error('broken')), { projectFolder: folder, packageFolder: process.cwd() }),
    ).rejects.toThrow('broken');

    expect(process.env).toBe(env);
    expect(Math.random).toBe(random);
    expect(Date).toBe(clock);
  });
});
