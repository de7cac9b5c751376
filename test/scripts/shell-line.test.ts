import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { shellLine } from '../../scripts/shell-line.ts';

test('a command line reads as it is typed, and quotes only what a shell would change', () => {
  expect(shellLine(['promote', 'dev', '--image', 'orders=acme/orders:v1@sha256:0'])).toBe(
    'promote dev --image orders=acme/orders:v1@sha256:0',
  );
  expect(shellLine(['rollback', 'prod', '--reason', 'the page is blank'])).toBe(
    "rollback prod --reason 'the page is blank'",
  );
});

test('a shell reads back every word', () => {
  const words = ['', "it's $HOME", '*', '"a"\\b', 'c;d', '~'];

  expect(execFileSync('sh', ['-c', `printf '%s\\n' ${shellLine(words)}`], { encoding: 'utf8' })).toBe(
    `${words.join('\n')}\n`,
  );
});
