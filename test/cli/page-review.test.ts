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
