import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { temporaryFolder } from '../support/git.ts';

const helper = join(import.meta.dirname, '..', '..', 'bin', 'load-when-asked.mjs');

/** What a program prints that requires a module of another: each module says so when it is loaded. */
async function printed(script: string): Promise<readonly string[]> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'seldom.cjs'), 'console.log("loaded"); module.exports = { answer: 42, Kind: class {} };');
  writeFileSync(
    join(folder, 'main.mjs'),
    `import { createRequire } from 'node:module';
import { loadWhenAsked, seldomAsked } from ${JSON.stringify(helper)};
const require = createRequire(import.meta.url);
loadWhenAsked(['./seldom.cjs', './is-not-there.cjs'], import.meta.url);
const seldom = require('./seldom.cjs');
console.log('required');
${script}`,
  );
  const { stdout } = await execa(process.execPath, [join(folder, 'main.mjs')]);
  return stdout.split('\n').filter((line) => line !== '');
}

test('a module that is seldom asked for is not loaded where it is only required', async () => {
  expect(await printed('')).toEqual(['required']);
});

test('a module that is asked for is loaded once, and is itself', async () => {
  expect(
    await printed(
      `console.log(seldom.answer, new seldom.Kind() instanceof require('./seldom.cjs').Kind, 'answer' in seldom, Object.keys(seldom).join());`,
    ),
  ).toEqual(['required', 'loaded', '42 true true answer,Kind']);
});

test('what the SDK of Pulumi loads for everybody is there, by the names that are put off', async () => {
  const { stdout } = await execa(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { createRequire } from 'node:module';
import { loadWhenAsked, seldomAsked } from ${JSON.stringify(helper)};
const from = import.meta.resolve('@pulumi/pulumi/errors.js');
const require = createRequire(from);
loadWhenAsked(seldomAsked, from);
const pulumi = require('@pulumi/pulumi');
const loaded = Object.keys(require.cache).filter((file) => /node_modules.(typescript|pacote)./.test(file));
console.log(seldomAsked.every((name) => require.cache[require.resolve(name)] !== undefined), loaded.length, typeof pulumi.automation.LocalWorkspace);`,
    ],
    { cwd: join(import.meta.dirname, '..', '..') },
  );

  expect(stdout).toBe('true 0 function');
});
