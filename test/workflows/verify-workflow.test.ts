import { unitOf } from '../../src/model/derived/units.ts';
import { expect, test } from '@jest/globals';
import project from '../../project.ts';
import { unitWorkflows } from '../../src/workflows/workflows-of.ts';
import { gitIn, temporaryFolder } from '../support/git.ts';
import { settings } from '../support/settings.ts';
import { readWorkflow, runStep, type RenderedStep } from './support/run-step.ts';

const steps: readonly RenderedStep[] =
  readWorkflow(
    unitWorkflows(project(settings), unitOf(project(settings), { environment: 'production' })).get(
      '.github/workflows/portolan-verify.yaml',
    ),
  ).jobs['verify']?.steps ?? [];
const merged = steps.findIndex(({ name }) => name === 'The program commit was merged');

test('verify asks whether the program that a pull request names was merged, before anything of it runs', () => {
  const runs = steps.findIndex(({ run }) => /\bnpm\b|\bnpx\b/.test(run ?? ''));

  expect(merged).toBeGreaterThan(-1);
  expect(runs).toBeGreaterThan(merged);
  expect(JSON.stringify(steps.slice(0, merged))).toContain('"ref":"${{ steps.program.outputs.commit }}"');
});

test('verify fails for a program that is on a branch of somebody’s own, because it would verify whatever its author wants', () => {
  const origin = temporaryFolder();
  gitIn(origin, 'init', '--quiet');
  gitIn(origin, 'commit', '--quiet', '--allow-empty', '--message', 'one');
  gitIn(origin, 'switch', '--quiet', '--create', 'mine');
  gitIn(origin, 'commit', '--quiet', '--allow-empty', '--message', 'verifies everything');
  gitIn(origin, 'switch', '--quiet', 'main');
  const folder = temporaryFolder();
  gitIn('.', 'clone', '--quiet', origin, folder);
  const commitOf = (revision: string): string => gitIn(folder, 'rev-parse', revision);
  const asked = (revision: string) =>
    runStep(steps[merged], folder, { 'steps.program.outputs.commit': commitOf(revision) });

  expect(asked('origin/main')).toMatchObject({ status: 0, stderr: '' });
  expect(asked('origin/mine')).toMatchObject({
    status: 1,
    stderr: `release.yaml names the program commit ${commitOf('origin/mine')}, which is not on main; merge it, then propose anew`,
  });
});
