import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../support/git.ts';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(300_000);

describe('what a page shows of changes that have not happened', () => {
  let copy: ProjectCopy;
  const pageWith = async (...args: readonly string[]): Promise<string> => {
    const file = join(copy.folder, 'shown.html');
    expect(await copy.run(['page', '--no-cluster', '--output', file, ...args])).toMatchObject({ code: 0 });
    return readFileSync(file, 'utf8');
  };

  beforeAll(async () => {
    copy = new ProjectCopy();
    expect(await copy.run(['start'])).toMatchObject({ code: 0 });
    const program = join(copy.folder, 'project.ts');
    writeFileSync(program, readFileSync(program, 'utf8').replaceAll("LOG_LEVEL: 'INFO'", "LOG_LEVEL: 'WARN'"));
    copy.commit('Less is said');
  });

  test('has what two commits of the program render differently, with the service marked in the picture', async () => {
    const html = await pageWith('--program', 'HEAD~1..HEAD');

    expect(html).toContain('HEAD~1..HEAD of the program');
    expect(html).toContain('broadcaster: env LOG_LEVEL INFO → WARN');
    expect(html).toMatch(/<del> +value: INFO<\/del><ins> +value: WARN<\/ins>/);
    expect(html).toMatch(/class="shape service marked"/);
    expect(html).toContain('id="program-title"');
    expect(html).not.toContain('promote/');
  });

  test('has each proposal that lies on a branch, and says into what it goes', async () => {
    expect(await copy.run(['publish', 'production'])).toMatchObject({ code: 0 });
    gitIn(copy.ops, 'update-ref', 'refs/heads/promote/production/back', 'env/production~1');
    const html = await pageWith();

    expect(html).toContain('promote/production/back into env/production');
    expect(html).toContain('broadcaster: env LOG_LEVEL WARN → INFO');
    expect(html).not.toContain('of the program');
  });

  test('has what two commits of one branch change, and no other review', async () => {
    const html = await pageWith('production', '--revisions', 'env/production~1..promote/production/back');

    expect(html).toContain('promote/production/back into env/production');
    expect(html).toContain('Nothing changes in any environment.');
    expect(html.match(/<article class="review"/g)).toHaveLength(1);

    // A copy of what a host has is called as it is there, and its commits lead there.
    gitIn(copy.ops, 'config', 'remote.origin.url', 'https://ann:secret@github.com/acme/shop-ops');
    const moved = await pageWith('production', '--revisions', 'env/production~1..env/production');
    expect(moved).toContain('env/production~1..env/production of env/production');
    expect(moved).toContain('broadcaster: env LOG_LEVEL INFO → WARN');
    expect(moved).toContain('href="https://github.com/acme/shop-ops/commit/');
    expect(moved).not.toContain('secret@');
  });

  test.each([
    [['production'], 'the page shows every environment; name one with --revisions BASE..HEAD alone'],
    [['--application', 'todo'], 'the page shows every environment; name one with --revisions BASE..HEAD alone'],
    [
      ['--revisions', 'a..b'],
      '--revisions compares two commits of one environment; name it: page staging --revisions a..b',
    ],
    [['production', '--revisions', 'a..b', '--program', 'a..b'], 'compare one way at a time: --revisions or --program'],
    [['production', '--revisions', 'nowhere..HEAD'], 'has no commit "nowhere"'],
    [['production', '--revisions', `${'1'.repeat(40)}..env/production`], 'has no commit "1111'],
    [['nowhere', '--revisions', 'a..b'], 'there is no environment "nowhere"; write one of: staging, production'],
  ])('fails for %j, and says what to write', async (call, said) => {
    expect(await copy.run(['page', '--no-cluster', ...call])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(said),
    });
  });

  test('fails for a range that is none, and for a commit that is not there', async () => {
    for (const [range, said] of [
      ['HEAD', '--program: must be BASE..HEAD, got "HEAD"'],
      ['nowhere..HEAD', '--program: nowhere is not a commit of the program here'],
    ] as const)
      expect(await copy.run(['page', '--no-cluster', '--program', range])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(said),
      });
  });
});
