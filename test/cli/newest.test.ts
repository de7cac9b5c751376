import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { gitIn, temporaryFolder } from '../support/git.ts';
import { digestOfEach, PlayedImages } from '../support/played-images.ts';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(300_000);

describe('portolan promote --newest', () => {
  const registry = new PlayedImages();
  const source = temporaryFolder();
  let copy: ProjectCopy;
  let tested: string;

  /** The launcher of this repository, as the example's own dependency is. */
  const portolan = (args: readonly string[]): Promise<Answer> =>
    copy.runShell(`node ${resolve('bin/portolan.cjs')} ${args.join(' ')}`);

  beforeAll(async () => {
    await registry.start();
    gitIn(source, 'init', '--quiet', '--initial-branch', 'main');
    gitIn(source, 'commit', '--quiet', '--allow-empty', '--message', 'Cats');
    tested = gitIn(source, 'rev-parse', 'HEAD').trim();
    gitIn(source, 'checkout', '--quiet', '-b', 'mine');
    gitIn(source, 'commit', '--quiet', '--allow-empty', '--message', 'Nobody merged it');
    copy = new ProjectCopy('cat-service');
    const file = join(copy.folder, 'project.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('gcr.io/pgtm-jlong', `${registry.host}/acme`));
    copy.commit('A registry of this machine');
    expect(await portolan(['start'])).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await registry.stop();
  });

  test('takes the highest build of several pages to dev, by its digest and with its commit', async () => {
    for (let build = 1; build <= 30; build += 1) registry.images.set(`b${build}.20261101.${120000 + build}`, tested);

    const { code, stdout, stderr } = await portolan(['promote', 'dev', '--newest', '--source', source, '--by-hand']);

    expect([code, stderr]).toEqual([0, expect.stringContaining('promote to dev')]);
    expect(stdout).toBe('To go back: npx portolan rollback dev\n');
    const record = gitIn(copy.ops, 'show', 'env/dev:release.yaml');
    expect(record).toContain('b30.20261101.120030');
    expect(record).toContain(digestOfEach);
    expect(record).toContain(tested);
  });

  test('fails for the image of a commit that nobody merged, and leaves dev as it is', async () => {
    const before = gitIn(copy.ops, 'rev-parse', 'env/dev');
    registry.images.set('b31.20261102.120000', gitIn(source, 'rev-parse', 'mine').trim());

    const { code, stderr } = await portolan(['promote', 'dev', '--newest', '--source', source, '--by-hand']);

    expect(code).toBe(1);
    expect(stderr).toContain('which is not on main of cat-service: nothing says that it was tested');
    expect(gitIn(copy.ops, 'rev-parse', 'env/dev')).toBe(before);
  });

  test('fails beside --image, and without asking a registry', async () => {
    const { code, stderr } = await portolan(['promote', 'dev', '--newest', '--image', 'cat-service=a/b:c']);

    expect(code).not.toBe(0);
    expect(stderr).toContain('say where the release comes from, one of: --image SERVICE=REF of a build, --newest');
    expect(
      (await portolan(['promote', 'dev', '--newest', '--no-resolve', '--source', source, '--by-hand'])).stderr,
    ).toContain('the newest is in a registry, and nobody is to ask one');
  });
});
