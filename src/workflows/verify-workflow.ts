import { applicationsOf, typed, type Unit } from '../model/derived/units.ts';
import { environmentOf, type Delivery } from '../model/delivery.ts';
import { fullNameOf } from '../model/formats/repository-address.ts';
import { defaultBranchOf, managedOpsRepository } from '../model/derived/managed-repositories.ts';
import { BRANCH_CHECK } from '../model/names.ts';
import { actions } from '../hosts/workflow/actions.ts';
import { credentialIn } from '../hosts/workflow/credential-in.ts';
import { appToken, checkout, installProgram, programRepository, tokenOf } from '../hosts/workflow/steps.ts';
import { triedCharts } from '../hosts/workflow/tried-charts.ts';
import { expression, type Workflow } from '../hosts/workflow/workflow.ts';
import { reviewEnvironment } from '../model/derived/actions-environments.ts';
import { pageWorkflows } from './page-workflow.ts';
import { attachPage, comment } from './program-workflows.ts';

/** The two commits of a pull request. */
const compared = {
  BASE: expression('github.event.pull_request.base.sha'),
  HEAD: expression('github.event.pull_request.head.sha'),
};

/** Workflows of a unit's branch: a pull request to it must be what the program renders, and what moves it draws the page, where one is kept. */
export function opsWorkflows(delivery: Delivery, unit: Unit): readonly Workflow[] {
  const ops = managedOpsRepository(delivery, unit.environment);
  const program = programRepository(delivery);
  const credential = credentialIn(delivery, ops, 'gitRead', reviewEnvironment);
  const charts = triedCharts(delivery, ops, applicationsOf(environmentOf(delivery, unit.environment), unit));
  return [
    {
      file: 'verify',
      name: 'Verify',
      comment: `Checks a pull request to ${unit.branch}: the tree is what the program renders, and what it changes. Written by portolan. Do not edit.`,
      on: { pull_request: { branches: [unit.branch] } },
      jobs: {
        verify: {
          name: BRANCH_CHECK,
          environment: reviewEnvironment,
          permissions: { contents: 'read', ...charts.permissions },
          timeoutMinutes: 15,
          outputs: {
            diff: expression('steps.diff.outputs.diff'),
            page: expression('steps.page.outputs.artifact-url'),
          },
          steps: [
            appToken('token', credential, [program], { contents: 'read' }),
            {
              name: 'Check out the pull request',
              uses: actions.checkout,
              with: {
                path: 'ops',
                ref: expression('github.event.pull_request.head.sha'),
                'fetch-depth': 0,
                'persist-credentials': false,
              },
            },
            { name: 'Keep a bare copy, as Portolan reads it', run: 'git clone --quiet --bare ops ops.git' },
            {
              name: 'Read the program commit that release.yaml names',
              id: 'program',
              workingDirectory: 'ops',
              run: [
                'commit=$(sed -n \'/^program:/,/^[^ ]/s/^  commit: *"\\{0,1\\}\\([0-9a-f]\\{40\\}\\)"\\{0,1\\} *$/\\1/p\' release.yaml)',
                'test -n "$commit" || { echo "release.yaml names no program commit" >&2; exit 1; }',
                'echo "commit=$commit" >> "$GITHUB_OUTPUT"',
              ].join('\n'),
            },
            checkout('Check out the program at that commit', {
              repository: fullNameOf(program),
              ref: expression('steps.program.outputs.commit'),
              path: 'program',
              token: tokenOf('token'),
            }),
            {
              // Before anything of it runs: a program that nobody merged verifies whatever its author wants.
              name: 'The program commit was merged',
              workingDirectory: 'program',
              env: {
                COMMIT: expression('steps.program.outputs.commit'),
                DEFAULT_BRANCH: defaultBranchOf(program),
              },
              run: [
                'git merge-base --is-ancestor "$COMMIT" "refs/remotes/origin/$DEFAULT_BRANCH" || {',
                '  echo "release.yaml names the program commit $COMMIT, which is not on $DEFAULT_BRANCH; merge it, then propose anew" >&2',
                '  exit 1',
                '}',
              ].join('\n'),
            },
            ...installProgram('program'),
            ...charts.steps,
            {
              name: `The tree is what the program renders${charts.option === '' ? '' : ', and Helm renders its charts'}`,
              workingDirectory: 'program',
              env: { HEAD: expression('github.event.pull_request.head.sha') },
              run: `npx --no-install portolan verify ${typed(unit)}${charts.option} --ops ../ops.git --revision "$HEAD"`,
            },
            {
              name: 'What it changes',
              id: 'diff',
              workingDirectory: 'program',
              env: compared,
              run: [
                'mark=$(openssl rand -hex 16)',
                '{',
                '  echo "diff<<$mark"',
                `  npx --no-install portolan diff ${typed(unit)} --ops ../ops.git --revisions "$BASE..$HEAD" --format markdown`,
                '  echo "$mark"',
                '} >> "$GITHUB_OUTPUT"',
              ].join('\n'),
            },
            {
              name: 'Draw the same as a page, for who would rather look than read',
              workingDirectory: 'program',
              env: { ...compared, OPS_REPOSITORY: ops.url },
              run: [
                // The copy has the commits of this run, whatever became of the branch since; the page shows the other branches too.
                "git --git-dir ../ops.git fetch --quiet origin '+refs/remotes/origin/*:refs/heads/*'",
                'git --git-dir ../ops.git remote set-url origin "$OPS_REPOSITORY"',
                `npx --no-install portolan page ${typed(unit)} --revisions "$BASE..$HEAD" --ops ../ops.git --no-cluster --output review.html`,
              ].join('\n'),
            },
            attachPage,
          ],
        },
        comment: comment(ops, [{ job: 'verify', output: 'diff' }], { page: expression('needs.verify.outputs.page') }),
      },
    },
    ...pageWorkflows(delivery, unit),
  ];
}
