import { reviewEnvironment } from '../model/derived/actions-environments.ts';
import type { Delivery } from '../model/delivery.ts';
import { managedOpsRepository } from '../model/derived/managed-repositories.ts';
import type { Repository } from '../model/repository.ts';
import { diffCharacters } from '../hosts/hosts.ts';
import { actions } from '../hosts/workflow/actions.ts';
import { credentialIn } from '../hosts/workflow/credential-in.ts';
import { promotionWorkflows } from './promotion-workflows.ts';
import { driftWorkflows, previewCharacters, previewJob, provisionerOf, upJob, upJobs } from './provision-workflows.ts';
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
import { triedCharts } from '../hosts/workflow/tried-charts.ts';
import { expression, type Job, type Step, type Workflow } from '../hosts/workflow/workflow.ts';

/** Workflows of the program's repository: what a pull request would change, publishing what was merged, and promoting what is healthy. */
export function programWorkflows(delivery: Delivery): readonly Workflow[] {
  const branch = programRepository(delivery).defaultBranch ?? 'main';
  return [
    {
      file: 'review-program',
      name: 'Review the program',
      comment:
        'Checks the program and comments what a merge would change in every environment. Written by: portolan workflows --write. Do not edit.',
      on: { pull_request: { branches: [branch] } },
      jobs: { check: check(delivery), comment: reviewComment(delivery), ...previews(delivery) },
    },
    {
      file: 'publish-program',
      name: 'Publish the program',
      comment:
        'Renders what was merged onto the environment branches; gated ones get a pull request. Written by: portolan workflows --write. Do not edit.',
      on: { push: { branches: [branch] } },
      // A stack is locked while it is updated. What waits is of an older merge than what comes after it, and the last brings in all.
      ...(provisionerOf(delivery) === undefined ? {} : { oneAtATime: 'portolan-publish-program' }),
      jobs: {
        ...upJobs(delivery),
        ...Object.fromEntries(delivery.environments.map(({ name }) => [`publish-${name}`, publish(delivery, name)])),
      },
    },
    ...promotionWorkflows(delivery),
    ...driftWorkflows(delivery),
  ];
}

/** Attaches the page of a review to its run. One file that is not packed is opened by its link, with nothing to unpack. */
export const attachPage: Step = {
  name: 'Attach the page',
  id: 'page',
  uses: actions.uploadArtifact,
  with: { path: 'program/review.html', archive: false, 'if-no-files-found': 'error', 'retention-days': 14 },
};

/** Runs the pull request's own code, so it holds no token that can write. Rulesets ask for it by its name. */
function check(delivery: Delivery): Job {
  const program = programRepository(delivery);
  const credential = credentialIn(delivery, program, 'gitRead', reviewEnvironment);
  const charts = triedCharts(
    delivery,
    program,
    delivery.environments.flatMap(({ applications }) => applications),
  );
  // One for all, as the rule `carriedOutWrites` holds.
  const ops = managedOpsRepository(delivery, delivery.environments[0]?.name ?? '');
  const previewed = previewCharacters(delivery);
  const room = previewed === 0 ? '' : ` --characters ${diffCharacters - previewed}`;
  // The two commits of the program, and what they are rendered at.
  const compared = {
    BASE: expression('github.event.pull_request.base.sha'),
    HEAD: expression('github.event.pull_request.head.sha'),
    OPS_REPOSITORY: ops.url,
    GITHUB_TOKEN: tokenOf('token'),
  };
  return {
    name: 'check',
    environment: reviewEnvironment,
    permissions: { contents: 'read', ...charts.permissions },
    timeoutMinutes: 15,
    outputs: {
      diff: expression('steps.diff.outputs.diff'),
      page: expression('steps.page.outputs.artifact-url'),
    },
    steps: [
      appToken('token', credential, [ops], { contents: 'read' }),
      checkout('Check out the program with its history', { path: 'program' }),
      ...installProgram('program'),
      ...charts.steps,
      {
        name: `Check, against what is published too${charts.option === '' ? '' : ', and have Helm try the charts'}`,
        workingDirectory: 'program',
        env: { OPS_REPOSITORY: ops.url, GITHUB_TOKEN: tokenOf('token') },
        run: `npx --no-install portolan check${charts.option} --ops "$OPS_REPOSITORY"`,
      },
      {
        name: 'Diff every environment at its current release',
        id: 'diff',
        workingDirectory: 'program',
        env: compared,
        run: [
          'mark=$(openssl rand -hex 16)',
          '{',
          '  echo "diff<<$mark"',
          `  npx --no-install portolan diff --program "$BASE..$HEAD" --ops "$OPS_REPOSITORY" --format markdown${room}`,
          '  echo "$mark"',
          '} >> "$GITHUB_OUTPUT"',
        ].join('\n'),
      },
      {
        name: 'Draw the same as a page, for who would rather look than read',
        workingDirectory: 'program',
        env: compared,
        run: 'npx --no-install portolan page --program "$BASE..$HEAD" --ops "$OPS_REPOSITORY" --no-cluster --output review.html',
      },
      attachPage,
      {
        name: 'Render every environment, as anybody can without publishing',
        workingDirectory: 'program',
        env: { CDK8S_CHECK_UPGRADE: 'false' },
        run: 'npx --no-install cdk8s synth --output dist',
      },
      {
        name: 'Attach what is rendered',
        uses: actions.uploadArtifact,
        with: { name: 'dist', path: 'program/dist', 'if-no-files-found': 'error', 'retention-days': 14 },
      },
    ],
  };
}

/** What Pulumi would do, in the same comment as soon as somebody let it be looked at. */
function previews(delivery: Delivery): Readonly<Record<string, Job>> {
  const preview = previewJob(delivery);
  if (preview === undefined) return {};
  const added = reviewComment(delivery, [rendered, { job: 'preview', output: 'previews' }], { after: ['comment'] });
  return { preview, 'comment-previews': { ...added, name: 'Add the previews to the comment' } };
}

/** What a merge would change, as the check of the program says it. */
const rendered: Said = { job: 'check', output: 'diff' };

const reviewComment = (delivery: Delivery, said = [rendered], more: Partial<Commented> = {}): Job =>
  comment(programRepository(delivery), said, { page: expression('needs.check.outputs.page'), ...more });

/** A text that a job hands on. */
interface Said {
  readonly job: string;
  /** Name of the output that holds it, in small letters. */
  readonly output: string;
}

interface Commented {
  /** Address of the same as a page. @default - there is none */
  readonly page?: string;
  /** Jobs that come first, because they write the same comment. @default - none */
  readonly after?: readonly string[];
}

/**
 * Keeps one comment up to date; runs no code of the pull request. A run of an earlier push, which somebody let go on late or started anew, leaves alone what
 * a later one wrote.
 *
 * @param said - what the comment holds, one below the other
 */
export function comment(repository: Repository, said: readonly Said[], { page, after = [] }: Commented = {}): Job {
  const texts = said.map(({ job, output }) => ({
    variable: output.toUpperCase(),
    value: expression(`needs.${job}.outputs.${output}`),
  }));
  const lines = [
    ...texts.map(({ variable }) => `"$${variable}"`),
    ...(page === undefined ? [] : ['""', '"[The same as a page]($PAGE), for who is signed in."']),
  ];
  return {
    name: 'Keep one comment',
    needs: [...said.map(({ job }) => job), ...after],
    permissions: { 'pull-requests': 'write' },
    timeoutMinutes: 5,
    steps: [
      {
        name: 'Write the comment',
        env: {
          ...runsOwnGh(repository),
          PULL_REQUEST: expression('github.event.pull_request.number'),
          HEAD: expression('github.event.pull_request.head.sha'),
          ...Object.fromEntries(texts.map(({ variable, value }) => [variable, value])),
          ...(page === undefined ? {} : { PAGE: page }),
        },
        run: [
          'now=$(gh pr view "$PULL_REQUEST" --json headRefOid --jq .headRefOid)',
          'if [ "$now" != "$HEAD" ]; then',
          '  echo "The pull request is at $now by now: the comment is left to the run of that."',
          '  exit 0',
          'fi',
          `printf '%s\\n' ${lines.join(' ')} | gh pr comment "$PULL_REQUEST" --edit-last --create-if-none --body-file -`,
        ].join('\n'),
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
    ...(provisionerOf(delivery) === undefined ? {} : { needs: [upJob(environment)] }),
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
        // The cluster has what is published now, where the job before has brought it there.
        run: `npx --no-install portolan publish ${environment} --ops "$OPS_REPOSITORY"${provisionerOf(delivery) === undefined ? '' : ' --bootstrap-applied'}`,
      },
    ],
  };
}
