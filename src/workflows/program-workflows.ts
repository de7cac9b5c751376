import type { Delivery } from '../model/delivery.ts';
import { typed, type Unit } from '../model/derived/units.ts';
import { fullNameOf } from '../model/formats/repository-address.ts';
import { defaultBranchOf, managedOpsRepository } from '../model/derived/managed-repositories.ts';
import type { Repository } from '../model/repository.ts';
import { actions } from '../hosts/workflow/actions.ts';
import { credentialIn } from '../hosts/workflow/credential-in.ts';
import { BRANCH_CHECK } from '../model/names.ts';
import {
  appToken,
  checkout,
  installProgram,
  opsWriterToken,
  programRepository,
  runsOwnGh,
  runUrl,
  tokenOf,
} from '../hosts/workflow/steps.ts';
import { expression, type Job, type Workflow } from '../hosts/workflow/workflow.ts';

/** GitHub environment whose secrets a review of the program may use: to read, never to write. */
export const reviewEnvironment = 'review';

/** Workflows of the program's repository: what a pull request would change, and publishing what was merged. */
export function programWorkflows(delivery: Delivery): readonly Workflow[] {
  const branch = programRepository(delivery).defaultBranch ?? 'main';
  return [
    {
      file: 'review-program',
      name: 'Review the program',
      comment:
        'Checks the program and comments what a merge would change in every environment. Written by: portolan workflows --write. Do not edit.',
      on: { pull_request: { branches: [branch] } },
      jobs: { check: check(delivery), comment: comment(programRepository(delivery)) },
    },
    {
      file: 'publish-program',
      name: 'Publish the program',
      comment:
        'Renders what was merged onto the environment branches; gated ones get a pull request. Written by: portolan workflows --write. Do not edit.',
      on: { push: { branches: [branch] } },
      jobs: Object.fromEntries(delivery.environments.map(({ name }) => [`publish-${name}`, publish(delivery, name)])),
    },
  ];
}

/** Runs the pull request's own code, so it holds no token that can write. Rulesets ask for it by its name. */
function check(delivery: Delivery): Job {
  const credential = credentialIn(delivery, programRepository(delivery), 'gitRead', reviewEnvironment);
  // One for all, as the rule `carriedOutWrites` holds.
  const ops = managedOpsRepository(delivery, delivery.environments[0]?.name ?? '');
  return {
    name: 'check',
    environment: reviewEnvironment,
    permissions: { contents: 'read' },
    timeoutMinutes: 15,
    outputs: { diff: expression('steps.diff.outputs.diff') },
    steps: [
      appToken('token', credential, [ops], { contents: 'read' }),
      checkout('Check out the program with its history', { path: 'program' }),
      ...installProgram('program'),
      {
        name: 'Check, against what is published too',
        workingDirectory: 'program',
        env: { OPS_REPOSITORY: ops.url, GITHUB_TOKEN: tokenOf('token') },
        run: 'npx --no-install portolan check --ops "$OPS_REPOSITORY"',
      },
      {
        name: 'Diff every environment at its current release',
        id: 'diff',
        workingDirectory: 'program',
        env: {
          BASE: expression('github.event.pull_request.base.sha'),
          HEAD: expression('github.event.pull_request.head.sha'),
          OPS_REPOSITORY: ops.url,
          GITHUB_TOKEN: tokenOf('token'),
        },
        run: [
          'mark=$(openssl rand -hex 16)',
          '{',
          '  echo "diff<<$mark"',
          '  npx --no-install portolan diff --program "$BASE..$HEAD" --ops "$OPS_REPOSITORY" --format markdown',
          '  echo "$mark"',
          '} >> "$GITHUB_OUTPUT"',
        ].join('\n'),
      },
    ],
  };
}

/** Keeps one comment up to date; runs no code of the pull request. */
function comment(repository: Repository): Job {
  return {
    name: 'Keep one comment',
    needs: ['check'],
    permissions: { 'pull-requests': 'write' },
    timeoutMinutes: 5,
    steps: [
      {
        name: 'Write the comment',
        env: {
          ...runsOwnGh(repository),
          PULL_REQUEST: expression('github.event.pull_request.number'),
          DIFF: expression('needs.check.outputs.diff'),
        },
        run: 'printf \'%s\\n\' "$DIFF" | gh pr comment "$PULL_REQUEST" --edit-last --create-if-none --body-file -',
      },
    ],
  };
}

function publish(delivery: Delivery, environment: string): Job {
  const program = programRepository(delivery);
  const ops = managedOpsRepository(delivery, environment);
  const credential = credentialIn(delivery, program, 'gitPush', environment);
  return {
    name: `Publish ${environment}`,
    environment,
    permissions: { contents: 'read' },
    timeoutMinutes: 15,
    steps: [
      opsWriterToken(ops, credential),
      checkout('Check out the program with its history', { path: 'program' }),
      ...installProgram('program'),
      {
        name: `Publish ${environment}`,
        workingDirectory: 'program',
        env: { OPS_REPOSITORY: ops.url, GITHUB_TOKEN: tokenOf('token'), PORTOLAN_RUN: runUrl },
        run: `npx --no-install portolan publish ${environment} --ops "$OPS_REPOSITORY"`,
      },
    ],
  };
}

/** Workflow of a unit's branch: a pull request to it must be what the program renders. */
export function opsWorkflows(delivery: Delivery, unit: Unit): readonly Workflow[] {
  const ops = managedOpsRepository(delivery, unit.environment);
  const program = programRepository(delivery);
  const credential = credentialIn(delivery, ops, 'gitRead', reviewEnvironment);
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
          permissions: { contents: 'read' },
          timeoutMinutes: 15,
          outputs: { diff: expression('steps.diff.outputs.diff') },
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
            {
              name: 'The tree is what the program renders',
              workingDirectory: 'program',
              env: { HEAD: expression('github.event.pull_request.head.sha') },
              run: `npx --no-install portolan verify ${typed(unit)} --ops ../ops.git --revision "$HEAD"`,
            },
            {
              name: 'What it changes',
              id: 'diff',
              workingDirectory: 'program',
              env: {
                BASE: expression('github.event.pull_request.base.sha'),
                HEAD: expression('github.event.pull_request.head.sha'),
              },
              run: [
                'mark=$(openssl rand -hex 16)',
                '{',
                '  echo "diff<<$mark"',
                `  npx --no-install portolan diff ${typed(unit)} --ops ../ops.git --revisions "$BASE..$HEAD" --format markdown`,
                '  echo "$mark"',
                '} >> "$GITHUB_OUTPUT"',
              ].join('\n'),
            },
          ],
        },
        comment: {
          ...comment(ops),
          needs: ['verify'],
          steps: comment(ops).steps.map((step) =>
            'env' in step ? { ...step, env: { ...step.env, DIFF: expression('needs.verify.outputs.diff') } } : step,
          ),
        },
      },
    },
  ];
}
