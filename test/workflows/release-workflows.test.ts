import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import { allActionsEnvironments } from '../../src/model/derived/actions-environments.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { regexOf } from '../../src/model/formats/git-pattern.ts';
import { repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import { gitIn, temporaryFolder } from '../support/git.ts';
import { settings } from '../support/settings.ts';
import { readWorkflow, runStep, type RenderedWorkflow, type StepRun } from './support/run-step.ts';

const delivery = project(settings);
const textOf = (file: string, of: Delivery = delivery): string =>
  repositoryWorkflows(of)['devops-kubernetes']?.get(`.github/workflows/portolan-${file}-production.yaml`) ?? '';
const workflow = (file: 'tag' | 'release', of: Delivery = delivery): RenderedWorkflow => readWorkflow(textOf(file, of));

const rebuilding: Delivery = {
  ...delivery,
  stages: delivery.stages.map((stage) => (stage.name === 'production' ? { ...stage, rebuild: true } : stage)),
};

/** A clone of a repository as a run of `main` checks it out: two commits on `main`, one beside it, and a tag for each case. */
function checkedOut(): { readonly folder: string; readonly first: string } {
  const origin = temporaryFolder();
  const commit = (message: string): string => {
    gitIn(origin, 'commit', '--quiet', '--allow-empty', '--message', message);
    return gitIn(origin, 'rev-parse', 'HEAD');
  };
  gitIn(origin, 'init', '--quiet');
  const first = commit('one');
  gitIn(origin, 'tag', 'v1.0.0');
  gitIn(origin, 'tag', '--annotate', '--message', 'with words', 'v1.0.1+build');
  gitIn(origin, 'tag', 'release-1');
  commit('two');
  gitIn(origin, 'switch', '--quiet', '--create', 'mine', first);
  commit('nobody saw this');
  gitIn(origin, 'tag', 'v6.6.6');
  gitIn(origin, 'tag', 'v6.6.7', `${first}^{tree}`);
  gitIn(origin, 'branch', 'v9');
  gitIn(origin, 'switch', '--quiet', 'main');
  const folder = temporaryFolder();
  gitIn('.', 'clone', '--quiet', origin, folder);
  return { folder, first };
}

const source = checkedOut();
const admitted = (tag: string, ref = 'refs/heads/main', of: Delivery = delivery): StepRun =>
  runStep(
    workflow('release', of).jobs['admit']?.steps.find(({ id }) => id === 'tag'),
    source.folder,
    { 'inputs.tag': tag, 'github.ref': ref },
  );

describe('what a tag starts', () => {
  test('is given no secret and no GitHub environment, runs no action, and may start workflows and nothing else', () => {
    const { on, permissions, jobs } = workflow('tag');

    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(permissions).toEqual({});
    expect(Object.values(jobs).map((job) => [job.permissions, job.environment])).toEqual([
      [{ actions: 'write' }, undefined],
    ]);
    expect(Object.values(jobs).flatMap(({ steps }) => steps.map(({ uses }) => uses))).toEqual([undefined]);
    expect(textOf('tag')).not.toMatch(/secrets|checkout/);
  });

  test('asks for the release of the default branch, with the tag as it is, and nothing of it is read as a command', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'gh'), `#!/bin/sh\nprintf '%s\\n' "$GH_REPO" "$@" > "${folder}/called"\n`, {
      mode: 0o755,
    });
    const run = (of: Delivery, tag: string): StepRun =>
      runStep(
        workflow('tag', of).jobs['ask']?.steps[0],
        folder,
        { 'github.token': 'none', 'github.repository': 'acme/source', 'github.ref_name': tag },
        [join(folder, 'bin')],
      );
    const called = (): readonly string[] => readFileSync(join(folder, 'called'), 'utf8').trimEnd().split('\n');

    expect(run(delivery, 'v1;$(exit)').status).toBe(0);
    expect(called().join(' ')).toBe(
      'acme/source workflow run portolan-release-production.yaml --ref main --raw-field tag=v1;$(exit)',
    );
    const elsewhere = delivery.repositories.map((repository) => ({ ...repository, defaultBranch: 'trunk' }));
    run({ ...delivery, repositories: elsewhere }, 'v1');
    expect(called()[5]).toBe('trunk');
  });

  test('works on a GitHub Enterprise server too, whose name and token gh takes otherwise', () => {
    const there: Delivery = {
      ...delivery,
      gitHubHost: 'git.acme.example',
      repositories: delivery.repositories.map((repository) => ({
        ...repository,
        url: repository.url.replace('github.com', 'git.acme.example'),
      })),
    };

    expect(workflow('tag', there).jobs['ask']?.steps[0]?.env).toMatchObject({
      GH_ENTERPRISE_TOKEN: '${{ github.token }}',
      GH_REPO: 'git.acme.example/${{ github.repository }}',
    });
  });

  test('is the only workflow of a source that a tag starts', () => {
    for (const either of [delivery, rebuilding]) {
      const files = [...(repositoryWorkflows(either)['devops-kubernetes'] ?? new Map<string, string>())];
      const tagged = files.filter(([, text]) => JSON.stringify(readWorkflow(text).on).includes('"tags"'));

      expect(tagged.map(([path]) => path)).toEqual(['.github/workflows/portolan-tag-production.yaml']);
    }
  });
});

describe('the release of the default branch', () => {
  test('is started with a tag, by that workflow or by a person, and says which in the list of runs', () => {
    expect(workflow('release').on).toEqual({
      workflow_dispatch: {
        inputs: { tag: { description: 'Tag like v*, on a commit of main', required: true, type: 'string' } },
      },
    });
    expect(workflow('release')['run-name']).toBe('Release ${{ inputs.tag }} to production');
  });

  test('gives nothing with a secret a beginning before the tag was looked at, and takes its commit from there', () => {
    for (const either of [delivery, rebuilding]) {
      const { admit, ...others } = workflow('release', either).jobs;

      expect([admit?.environment, admit?.permissions]).toEqual([undefined, { contents: 'read' }]);
      expect(JSON.stringify(admit)).not.toContain('secrets.');
      expect(Object.keys(others)).toEqual(
        either === rebuilding ? ['build', 'promote-production'] : ['promote-production'],
      );
      for (const job of Object.values(others)) expect(job.needs).toContain('admit');
      expect(others['promote-production']?.steps.at(-1)?.env).toMatchObject({
        GIT_TAG: '${{ inputs.tag }}',
        SOURCE_COMMIT: '${{ needs.admit.outputs.commit }}',
      });
    }
    const { build } = workflow('release', rebuilding).jobs;
    expect(build?.steps[0]?.with?.['ref']).toBe('${{ needs.admit.outputs.commit }}');
    expect(textOf('release', rebuilding)).not.toContain('github.ref_name');
  });

  test('runs in GitHub environments that admit the default branch and no tag', () => {
    for (const either of [delivery, rebuilding])
      expect(
        allActionsEnvironments(either)
          .filter(({ repository }) => repository.name === 'devops-kubernetes')
          .map(({ environment, branches, tags }) => [environment, branches, tags]),
      ).toEqual([
        ['build', ['main'], []],
        ['staging', ['main'], []],
        ['production', ['main'], []],
      ]);
  });

  test('admits a tag of the stage on a commit of the default branch, with words of its own or not', () => {
    for (const tag of ['v1.0.0', 'v1.0.1+build'])
      expect(admitted(tag)).toEqual({ status: 0, stderr: '', summary: '', output: `commit=${source.first}` });
  });

  test.each([
    [
      'a commit that is not on the default branch',
      'v6.6.6',
      /^refused: the tag v6\.6\.6 is on [0-9a-f]{40}, which is not on main, so nobody may have reviewed it; merge the commit, and tag what is on main then$/,
    ],
    [
      'a tag that is not one of the stage',
      'release-1',
      /^refused: the tag release-1 does not start this stage; give one like v\*$/,
    ],
    ['a tag that is not there', 'v2.0.0', /^refused: there is no tag v2\.0\.0 on a commit; push it first$/],
    ['a branch that looks like a tag', 'v9', /^refused: there is no tag v9 on a commit; push it first$/],
    ['a tag of files', 'v6.6.7', /^refused: there is no tag v6\.6\.7 on a commit; push it first$/],
    [
      'more than a tag',
      'v1.0.0\n::add-mask::x',
      /^refused: what was given is no name of a Git tag; give the tag alone, like v\*$/,
    ],
    ['another revision', 'v1.0.0^0', /^refused: what was given is no name of a Git tag; give the tag alone, like v\*$/],
    ['nothing', '', /^refused: what was given is no name of a Git tag; give the tag alone, like v\*$/],
  ])('fails for %s', (_, tag, sentence) => {
    const { status, stderr, summary, output } = admitted(tag);

    expect([status, output]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(summary).toBe(stderr);
  });

  test('fails when it was started on another ref than the default branch, whose workflow nobody reviewed', () => {
    for (const ref of ['refs/heads/mine', 'refs/tags/v1.0.0', 'refs/tags/main'])
      expect(admitted('v1.0.0', ref)).toMatchObject({
        status: 1,
        output: '',
        stderr: 'refused: a release runs from main, where its workflow was reviewed; start it again with --ref main',
      });
  });

  test('reads each of several patterns', () => {
    const several: Delivery = {
      ...delivery,
      stages: delivery.stages.map((stage) =>
        stage.name === 'production'
          ? {
              ...stage,
              triggers: ['v[0-9]+.*', 'release-*'].map((pattern) => ({
                on: 'gitTag' as const,
                repository: 'devops-kubernetes',
                pattern,
              })),
            }
          : stage,
      ),
    };
    const asks = (tag: string) => admitted(tag, 'refs/heads/main', several);

    expect(workflow('tag', several).on).toEqual({ push: { tags: ['v[0-9]+.*', 'release-*'] } });
    expect([asks('v1.0.0').status, asks('release-1').status, asks('v9').status]).toEqual([0, 0, 1]);
    expect(asks('v9').stderr).toContain('give one like v[0-9]+.* or release-*');
    expect(regexOf('release-*')).toBe('^release-[^/]*$');
  });
});
