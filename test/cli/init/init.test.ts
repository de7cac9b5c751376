import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { describe, expect, jest, test } from '@jest/globals';
import { temporaryFolder } from '../../support/git.ts';

jest.setTimeout(120_000);

const launcher = resolve('bin', 'portolan.cjs');

function portolan(cwd: string, ...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: temporaryFolder(), TMPDIR: process.env['TMPDIR'] },
  });
  return { status, stdout, stderr };
}

/** Every file below a folder, by path: its text. */
const filesIn = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((file) => !/node_modules|\.portolan|dist\//.test(file.slice(folder.length)))
      .sort()
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]),
  );

/** What a repository of its own and a workspace of this one have alike: not the dependencies, and not what this one says for all. */
const comparable = (files: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> => {
  const { dependencies, scripts, name, type } = JSON.parse(files['package.json'] ?? '{}') as Record<string, unknown>;
  expect([dependencies, scripts]).not.toContain(undefined);
  const shared = Object.entries(files).filter(([file]) => !['.gitignore', '.npmrc', 'package.json'].includes(file));
  return { ...Object.fromEntries(shared), 'package.json': { name, type, scripts } };
};

describe('init', () => {
  test('writes examples/first, with one runtime dependency, and what it wrote passes every rule and check at once', () => {
    const folder = temporaryFolder();

    expect(portolan(folder, 'init', 'first', '--registry', 'ghcr.io/acme')).toMatchObject({ status: 0 });
    const first = join(folder, 'first');
    const files = filesIn(first);
    expect(comparable(files)).toEqual(comparable(filesIn(resolve('examples', 'first'))));
    const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
    expect(JSON.parse(files['package.json'] ?? '')).toMatchObject({ dependencies: { [name]: `^${version}` } });
    expect(portolan(join(first, 'test'), 'check')).toMatchObject({ status: 0 });
  });

  test('says what was said to it, for another engine, more environments and no Pulumi', () => {
    const folder = temporaryFolder();
    const words = ['--engine', 'flux', '--environments', 'dev,qa,live', '--host', 'buy.example.org'];

    expect(
      portolan(folder, 'init', 'buy', ...words, '--registry', 'registry.example.com/team', '--without-pulumi'),
    ).toMatchObject({ status: 0 });
    const files = filesIn(join(folder, 'buy'));
    expect(Object.keys(files).filter((file) => /pulumi/i.test(file))).toEqual([
      'Pulumi.dev.yaml',
      'Pulumi.live.yaml',
      'Pulumi.platform.yaml',
      'Pulumi.qa.yaml',
    ]);
    expect(files['package.json']).not.toContain('@pulumi');
    expect(files['Pulumi.qa.yaml']).toContain('portolan:host: qa.buy.example.org\n');
    expect(portolan(join(folder, 'buy'), 'check', '--json')).toMatchObject({ status: 0 });
    expect(portolan(join(folder, 'buy'), 'synth', '--output', 'out').status).toBe(0);
    const rendered = Object.entries(filesIn(join(folder, 'buy', 'out')));
    expect(rendered.map(([, text]) => text).join('\n')).toContain('image: registry.example.com/team/web:v0.1.0');
    expect(rendered.filter(([file]) => file.includes('kustomization')).length).toBeGreaterThan(0);
  });

  test('one environment is enough', () => {
    const folder = temporaryFolder();

    expect(portolan(folder, 'init', 'one', '--environments', 'live')).toMatchObject({ status: 0 });
    expect(portolan(join(folder, 'one'), 'check')).toMatchObject({ status: 0 });
  });

  test.each(['shop', 'todo'])(
    'starts from the example %s, and what it wrote passes every rule and check',
    (example) => {
      const folder = temporaryFolder();
      const from = example === 'todo' ? '.' : join('examples', example);

      expect(portolan(folder, 'init', 'mine', '--like', example)).toMatchObject({ status: 0 });
      const files = filesIn(join(folder, 'mine'));
      expect(files['project.ts']).toBe(readFileSync(join(from, 'project.ts'), 'utf8'));
      expect(JSON.parse(files['package.json'] ?? '')).toMatchObject({
        name: 'mine-delivery',
        scripts: { test: 'tsc' },
      });
      expect(portolan(join(folder, 'mine'), 'check')).toMatchObject({ status: 0 });
      expect(portolan(folder, 'init', 'mine', '--like', example)).toMatchObject({ status: 0 });
      expect(filesIn(join(folder, 'mine'))).toEqual(files);
    },
  );

  test('fails where a file is already, and changes nothing', () => {
    const folder = join(temporaryFolder(), 'shop');
    mkdirSync(folder);
    writeFileSync(join(folder, 'README.md'), 'mine\n');

    expect(portolan(folder, 'init', '.')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(
        `portolan: ${folder} has README.md, and nothing is ever overwritten; name a folder without`,
      ),
    });
    expect(filesIn(folder)).toEqual({ 'README.md': 'mine\n' });
  });

  test('fails for an example that is not there, and for words that an example says itself', () => {
    const folder = temporaryFolder();

    expect(portolan(folder, 'init', 'shop', '--like', 'shoppe')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^portolan: --like: must be .*shop.*, got "shoppe"$/m),
    });
    expect(portolan(folder, 'init', 'shop', '--like', 'todo', '--engine', 'flux')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(
        'portolan: --engine: an example says its own; leave it out, and change project.ts afterwards',
      ),
    });
    expect(existsSync(join(folder, 'shop'))).toBe(false);
  });
});
