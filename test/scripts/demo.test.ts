import { expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { temporaryFolder } from '../support/git.ts';

test('a demo that is broken off takes its repositories with it', async () => {
  const folder = temporaryFolder();
  const demo = spawn(process.execPath, ['--import', 'tsx', 'scripts/demo.ts'], {
    env: { ...process.env, TMPDIR: folder },
  });
  const ended = new Promise<number | null>((resolve) => demo.once('close', resolve));
  let said = '';
  demo.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));

  await new Promise((resolve) => demo.stdout.once('data', resolve));
  const during = readdirSync(folder).filter((name) => name.startsWith('portolan-demo-'));
  demo.kill('SIGINT');

  expect({ code: await ended, said }).toEqual({ code: 130, said: '' });
  expect(during).toHaveLength(1);
  expect(readdirSync(folder).filter((name) => name.startsWith('portolan-demo-'))).toEqual([]);
}, 60_000);
