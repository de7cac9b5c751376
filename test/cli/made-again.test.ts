import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { temporaryFolder } from '../support/git.ts';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(300_000);

const caches = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'portolan');

/** What is kept of the copy's services: of the place in the cache whose bundles are of its project. */
function keptOf(copy: ProjectCopy): readonly string[] {
  const places = readdirSync(caches).filter((name) => {
    const built = join(caches, name, 'built.json');
    return existsSync(built) && readFileSync(built, 'utf8').includes(JSON.stringify(copy.folder));
  });
  return places.flatMap((name) => {
    const folder = join(caches, name, 'objects');
    return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
  });
}

const written = (files: readonly string[]): readonly number[] => files.map((file) => statSync(file).mtimeMs);

const ends = (answer: Answer, code: number): Answer => {
  expect({ code: answer.code, stderr: answer.code === code ? '' : answer.stderr }).toEqual({ code, stderr: '' });
  return answer;
};

/** Every file that a program renders. */
async function synthOf(copy: ProjectCopy, ...more: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const folder = temporaryFolder();
  ends(await copy.run(['synth', '--output', folder, ...more]), 0);
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

test('a service is made once, and again where it changed, whatever else the program says; with --no-cache all are', async () => {
  const copy = new ProjectCopy();
  const file = join(copy.folder, 'project.ts');
  const program = readFileSync(file, 'utf8');
  const begun = await synthOf(copy);
  const kept = keptOf(copy);
  const at = written(kept);
  expect(kept).not.toEqual([]);

  expect(await synthOf(copy)).toEqual(begun);
  // A line that changes no service.
  writeFileSync(file, `${program}\n// One more line.\n`);
  expect(await synthOf(copy)).toEqual(begun);
  expect(written(kept)).toEqual(at);

  writeFileSync(file, program.replace("LOG_LEVEL: 'INFO'", "LOG_LEVEL: 'WARNING'"));
  const changed = await synthOf(copy);
  expect(changed).not.toEqual(begun);
  expect(written(kept)).not.toEqual(at);
  const afterwards = written(kept);
  expect(await synthOf(copy, '--no-cache')).toEqual(changed);
  expect(written(kept)).toEqual(afterwards);

  // What is found in a service is found again, and told in the same words.
  writeFileSync(file, program.replace("LOG_LEVEL: 'INFO'", `LOG_LEVEL: 'AKIA${'ABCD'.repeat(4)}'`));
  const found = async (): Promise<string> => {
    const { stderr } = ends(await copy.run(['check']), 1);
    return stderr.slice(stderr.indexOf('\nportolan: '));
  };
  const first = await found();
  expect(first).toContain('what looks like an AWS access key');
  expect(await found()).toBe(first);
});

test('a service is made again in CI, and where somebody else wrote down what it came to', async () => {
  const copy = new ProjectCopy();
  ends(await copy.run(['check'], { env: { CI: 'true' } }), 0);
  expect(keptOf(copy)).toEqual([]);

  const begun = await synthOf(copy);
  const kept = keptOf(copy);
  const other = temporaryFolder();
  for (const file of kept) {
    cpSync(file, join(other, file.slice(-8)));
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('nats', 'evil'));
  }
  expect(await synthOf(copy)).toEqual(begun);
  for (const file of kept) expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(other, file.slice(-8)), 'utf8'));

  // Every byte as it was written, but the user who asks is another.
  const elsewhere = { env: { XDG_CACHE_HOME: temporaryFolder() } };
  ends(await copy.run(['check'], elsewhere), 0);
  for (const file of kept)
    expect(readFileSync(file, 'utf8')).not.toBe(readFileSync(join(other, file.slice(-8)), 'utf8'));
});

test('a service is made again where there is no home that a key could lie in', async () => {
  const copy = new ProjectCopy();

  ends(await copy.run(['check'], { env: { HOME: '', XDG_CACHE_HOME: '' } }), 0);

  expect(keptOf(copy)).toEqual([]);
  expect(existsSync(join(copy.folder, '.cache'))).toBe(false);
});

test('what is done a second time for a look at the program is done of nothing that was kept', async () => {
  const copy = new ProjectCopy();
  ends(await copy.run(['check']), 0);

  const { stdout } = ends(await copy.run(['check', '--twice']), 0);

  expect(stdout).toContain('Nothing to mend.');
});
