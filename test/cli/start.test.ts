import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../support/git.ts';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(60_000);

/** Nobody listens there, so whatever talks to it fails. */
const nobody = 'https://127.0.0.1:9/acme/the-project-ops.git';

describe('npm start', () => {
  let copy: ProjectCopy;
  let first: Answer;
  let refs: string;

  beforeAll(async () => {
    copy = new ProjectCopy();
    copy.edit('Pulumi.platform.yaml', (text) => text.replace(/(portolan:opsRepository:).*/, `$1 ${nobody}`));
    copy.commit('Name an ops repository that is out of reach');
    first = await copy.run(['start'], { env: { GITHUB_TOKEN: 'none', CI: 'true' } });
    refs = copy.refs();
  });

  test('is what the package calls start', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

    expect(scripts['start']).toBe('node bin/portolan.cjs start');
  });

  test('publishes every environment to the local ops repository and nowhere else, whatever is configured', () => {
    expect(first.code).toBe(0);
    expect(refs).toMatch(/^env\/production [0-9a-f]{40}\nenv\/staging [0-9a-f]{40}$/);
  });

  test('says what it does, how long each step took, and how to look at the result', () => {
    expect(copy.plain(first.stderr)).toBe(
      [
        '  ✔ read project.ts and the stack files: the-project: staging, production (TIME)',
        '  ✔ check every environment: staging 28 objects, production 34 objects (TIME)',
        '  ✔ publish staging: env/staging created at COMMIT: 30 new (TIME)',
        '  ✔ publish production: env/production created at COMMIT: 36 new (TIME)',
        '',
      ].join('\n'),
    );
    expect(copy.plain(first.stdout).split('\n')).toEqual([
      '',
      'Nothing more is needed here. Before a cluster follows these branches:',
      '  staging: bootstrap/ is new: run "pulumi up --stack staging" first, or "kubectl apply -f bootstrap/"',
      '  staging: the Secret staging/staging-postgres-db-secret must exist with the key POSTGRES_PASSWORD; README.md on the branch has the line',
      '  staging: the Secret argocd/the-project-staging-ops must exist with the key sshPrivateKey; README.md on the branch has the line',
      '  production: bootstrap/ is new: run "pulumi up --stack production" first, or "kubectl apply -f bootstrap/"',
      '  production: the Secret production/production-postgres-db-secret must exist with the key POSTGRES_PASSWORD; README.md on the branch has the line',
      '  production: the Secret production/slack-webhook-secret must exist with the key webhook_url; README.md on the branch has the line',
      '  production: the Secret argocd/the-project-production-ops must exist with the key sshPrivateKey; README.md on the branch has the line',
      '',
      'Look at it:  git --git-dir .portolan/ops.git log --stat env/staging',
      '             git --git-dir .portolan/ops.git show env/staging:README.md',
      'Nothing left this machine. To publish for real: npx portolan publish --help',
      '',
    ]);
  });

  test('makes no commit the second time, from a folder below too', async () => {
    const second = await copy.run(['start'], { cwd: join(copy.folder, '.github') });

    expect(second.code).toBe(0);
    expect(copy.refs()).toBe(refs);
    expect(existsSync(join(copy.folder, '.github', '.portolan'))).toBe(false);
    expect(copy.plain(second.stdout)).toBe(
      [
        '',
        'Nothing changed: the local ops repository is what this program renders.',
        'Look at it:  git --git-dir ../.portolan/ops.git log --stat env/staging',
        '             git --git-dir ../.portolan/ops.git show env/staging:README.md',
        'Nothing left this machine. To publish for real: npx portolan publish --help',
        '',
      ].join('\n'),
    );
  });

  test('status then says which tag a promotion needs, because its releases are tags', async () => {
    const { code, stdout } = await copy.run(['status', '--no-cluster']);

    expect(code).toBe(0);
    expect(copy.plain(stdout)).toBe(
      [
        'staging',
        '  release   COMMIT, for less than a minute, by ann',
        '  branch    env/staging at COMMIT, as this program renders it',
        '  live      not asked',
        '',
        'production',
        '  release   v4.9.9, for less than a minute, by ann',
        '  branch    env/production at COMMIT, as this program renders it',
        '  waiting   staging runs COMMIT: npx portolan promote production --from staging --git-tag TAG',
        '  live      not asked',
        '',
        '',
      ].join('\n'),
    );
  });

  test('fails when it is asked to write elsewhere: that is not an option of it', async () => {
    const { code, stdout, stderr } = await copy.run(['start', '--ops', nobody]);

    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'portolan: unknown option "--ops"\n  next: npx portolan start --help\n',
    });
    expect(copy.refs()).toBe(refs);
  });
});

/** The credentials that the workflows of two repositories read with are gone. */
const withoutCredentials = (text: string): string =>
  text.replace(/^ *reader\('(?:review-program|verify-ops)'.*\n/gm, '');

describe('npm start without the credentials of workflows', () => {
  let copy: ProjectCopy;
  let first: Answer;

  beforeAll(async () => {
    copy = new ProjectCopy();
    copy.edit('project.ts', withoutCredentials);
    first = await copy.run(['start']);
  });

  test('publishes every environment all the same, and tells all that are lacking at once', () => {
    expect(first.code).toBe(0);
    expect(copy.refs()).toMatch(/^env\/production [0-9a-f]{40}\nenv\/staging [0-9a-f]{40}$/);
    const lines = first.stdout.split('\n');
    const start = lines.findIndex((line) => line.startsWith('The generated workflows are left out'));
    expect(lines.slice(start, lines.indexOf('', start))).toEqual([
      'The generated workflows are left out, because they lack credentials; "npx portolan check" fails until they are declared:',
      expect.stringContaining('the workflows of the-project-delivery need one with purpose "gitRead"'),
      expect.stringContaining('the workflows of the-project-ops need one with purpose "gitRead"'),
    ]);
  });

  test('leaves the workflow out of the branches, and changes nothing the second time', async () => {
    const refs = copy.refs();

    const second = await copy.run(['start', '--json']);

    expect(copy.refs()).toBe(refs);
    expect((JSON.parse(second.stdout) as { problems: unknown }).problems).toHaveLength(2);
    expect(gitIn(copy.ops, 'ls-tree', '-r', '--name-only', 'env/staging')).not.toContain('.github/');
  });

  test('lets synth render, and fails to make workflows with all of them', async () => {
    const [synth, workflows] = await copy.runEach([['synth'], ['workflows']]);

    expect(synth).toMatchObject({ code: 0, stdout: expect.stringContaining('The generated workflows are left out') });
    expect(Object.keys(copy.files('dist')).length).toBeGreaterThan(30);
    expect(workflows?.code).toBe(1);
    expect(workflows?.stderr).toContain('portolan: the delivery is not valid (2 problems)');
  });
});
