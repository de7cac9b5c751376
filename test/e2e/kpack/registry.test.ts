import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openRegistry } from '../../../src/ops/registry/registry.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import { ProjectCopy, type Answer } from '../../support/project-copy.ts';

/** A registry of this machine, e.g. `127.0.0.1:25490`. */
const host = process.env['PORTOLAN_E2E_REGISTRY'] ?? '';

const howTo = `these tests need an empty registry that this machine reaches over plain HTTP, named by PORTOLAN_E2E_REGISTRY, and oci-push, which pushes to it, on the
PATH`;

/** What buildpacks write into each image: the commit that they built. */
const label = (commit: string): string =>
  `io.buildpacks.project.metadata=${JSON.stringify({ source: { type: 'git', version: { commit } } })}`;

/** Pushes one image under several tags, as kpack calls them. What comes back is its digest. */
async function push(repository: string, tags: readonly string[], commit: string): Promise<string> {
  const { stdout } = await execa('oci-push', [
    ...['-content', tags[0] ?? '', '-label', label(commit)],
    ...tags.map((tag) => `${host}/${repository}:${tag}`),
  ]);
  return /sha256:[0-9a-f]{64}/.exec(stdout)?.[0] ?? '';
}

/** Tags of so many builds, one a second; the newest is in the middle of them as texts are ordered. */
const builds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => {
    const time = new Date(Date.UTC(2026, 10, 1, 0, 0, i))
      .toISOString()
      .replaceAll(/[-:]|\..*/g, '')
      .replace('T', '.');
    return `b${i + 1}.${time}`;
  });

describe('what a real registry has', () => {
  const source = temporaryFolder();
  let copy: ProjectCopy;
  let commits: readonly [string, string, string];

  /** The launcher of this repository, as the example's own dependency is. */
  const portolan = (...args: readonly string[]): Promise<Answer> =>
    copy.runShell(`node ${resolve('bin/portolan.cjs')} ${args.join(' ')}`);
  const newest = (...args: readonly string[]): Promise<Answer> =>
    portolan('promote', 'dev', '--newest', '--source', source, '--by-hand', ...args);
  const record = (): string => gitIn(copy.ops, 'show', 'env/dev:release.yaml');

  beforeAll(async () => {
    if (host === '') throw new Error(howTo);
    gitIn(source, 'init', '--quiet', '--initial-branch', 'main');
    const commit = (message: string): string => {
      gitIn(source, 'commit', '--quiet', '--allow-empty', '--message', message);
      return gitIn(source, 'rev-parse', 'HEAD').trim();
    };
    const first = commit('Cats');
    const second = commit('More cats');
    gitIn(source, 'checkout', '--quiet', '-b', 'mine');
    commits = [first, second, commit('Nobody merged it')];
    copy = new ProjectCopy('cat-service');
    const file = join(copy.folder, 'project.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('gcr.io/pgtm-jlong', `${host}/acme`));
    copy.commit('A registry of this machine');
    expect(await portolan('start')).toMatchObject({ code: 0 });
  });

  test('is taken to dev, the newest of 300 builds beside a tag that moves, by its digest and with its commit', async () => {
    const [last = '', ...others] = [...builds(300)].reverse();
    await push('acme/cat-service', others, commits[0]);
    const digest = await push('acme/cat-service', [last, 'latest'], commits[1]);

    const { code, stderr } = await newest();

    expect([code, stderr]).toEqual([0, expect.stringContaining('promote to dev')]);
    expect(last).toBe('b300.20261101.000459');
    for (const said of [last, digest, commits[1]]) expect(record()).toContain(said);
  });

  test('is taken once: the same again changes nothing', async () => {
    const before = gitIn(copy.ops, 'rev-parse', 'env/dev');

    expect(await newest()).toMatchObject({ code: 0 });
    expect(gitIn(copy.ops, 'rev-parse', 'env/dev')).toBe(before);
  });

  test('is a release of its own where kpack built the same commit anew, on newer base images', async () => {
    const digest = await push('acme/cat-service', ['b301.20261102.000000'], commits[1]);

    expect(await newest('--source-commit', commits[1])).toMatchObject({ code: 0 });
    for (const said of ['b301.20261102.000000', digest, commits[1]]) expect(record()).toContain(said);
  });

  test('is found on the last of three pages: the registry gives a thousand at once, and names no next page', async () => {
    const tags = builds(2345);
    await push('acme/many', tags, commits[0]);

    expect([...(await openRegistry().tagsOf(`${host}/acme/many`))].sort()).toEqual([...tags].sort());
  });

  test('fails where the newest was built from a commit that nobody merged, and leaves dev as it is', async () => {
    const before = gitIn(copy.ops, 'rev-parse', 'env/dev');
    await push('acme/cat-service', ['b302.20261103.000000'], commits[2]);

    const { code, stderr } = await newest();

    expect([code, stderr]).toEqual([1, expect.stringContaining('which is not on main of cat-service')]);
    expect(gitIn(copy.ops, 'rev-parse', 'env/dev')).toBe(before);
  });
});
