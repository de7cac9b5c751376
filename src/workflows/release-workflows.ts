import type { Delivery } from '../model/delivery.ts';
import { regexOf } from '../model/formats/git-pattern.ts';
import { defaultBranchOf } from '../model/derived/managed-repositories.ts';
import { originsOf } from '../model/derived/origins.ts';
import type { Repository } from '../model/repository.ts';
import type { Stage } from '../model/stage.ts';
import { hosts } from '../hosts/hosts.ts';
import { checkout, runsOwnGh } from '../hosts/workflow/steps.ts';
import { expression, type Job, type Workflow } from '../hosts/workflow/workflow.ts';
import { promoterOf } from '../promoters/promoters.ts';
import { buildJobs, isBuiltIn } from './build-jobs.ts';

/** What Git tags of a repository look like that start a stage. */
export const releaseTagPatterns = (stage: Stage, source: Repository): readonly string[] =>
  stage.triggers.flatMap((trigger) =>
    trigger.on === 'gitTag' && trigger.repository === source.name ? [trigger.pattern] : [],
  );

/** Expressions of what is released: the tag that was asked for, and its commit, which the job {@link admit} found on the default branch. */
const released = { gitTag: expression('inputs.tag'), commit: expression('needs.admit.outputs.commit') };

/**
 * Two workflows for a stage that tags start. A tag may be put on any commit, and what it starts is that commit's own workflow: so the
 * one that the tag starts is given no secret, and only asks for the other, which GitHub takes from the default branch. There the
 * tag is added to the images that the earlier stage verified for that commit, and they are promoted through the gate. Where the model says
 * `rebuild`, or the stage takes from a supply, the images are built from the tag instead.
 */
export function releaseWorkflows(delivery: Delivery, source: Repository, stage: Stage): readonly Workflow[] {
  const patterns = releaseTagPatterns(stage, source);
  if (patterns.length === 0) return [];
  const release = releaseWorkflow(delivery, source, stage, patterns);
  return release === undefined ? [] : [start(source, stage, patterns, release), release];
}

function releaseWorkflow(
  delivery: Delivery,
  source: Repository,
  stage: Stage,
  patterns: readonly string[],
): Workflow | undefined {
  const promoter = promoterOf(stage);
  if (promoter?.job === undefined) return undefined;
  const id = `promote-${stage.name}`;
  const head = {
    file: `release-${stage.name}`,
    name: `Release to ${stage.name}`,
    runName: `Release ${released.gitTag} to ${stage.name}`,
    on: {
      workflow_dispatch: {
        inputs: {
          tag: {
            description: `Tag like ${patterns.join(' or ')}, on a commit of ${defaultBranchOf(source)}`,
            required: true,
            type: 'string',
          },
        },
      },
    },
  } as const;
  const admitted = { admit: admit(source, patterns) };
  if (stage.intake.from === 'stages' && stage.rebuild !== true) {
    const [taken = ''] = stage.intake.stages;
    const from = delivery.stages.find(({ name }) => name === taken)?.environment ?? taken;
    const call = {
      env: { GIT_TAG: released.gitTag },
      arguments: [`--from ${from}`, '--git-tag "$GIT_TAG"', '--tag-images'],
      commit: released.commit,
      needs: ['admit'],
    };
    return {
      ...head,
      comment: `Promotes what ${from} verified for the tagged commit to ${stage.name}. Written by: portolan workflows --write. Do not edit.`,
      jobs: { ...admitted, [id]: promoter.job(delivery, source, stage, call) },
    };
  }
  const supplies = originsOf(stage, delivery).filter((supply) => isBuiltIn(supply, source));
  if (supplies.length === 0) return undefined;
  const { jobs, callFor } = buildJobs(delivery, source, supplies, released);
  const built = callFor(stage);
  const call = {
    env: { ...built.env, GIT_TAG: released.gitTag },
    arguments: [...built.arguments, '--git-tag "$GIT_TAG"'],
    commit: released.commit,
    needs: ['admit', ...Object.keys(jobs)],
  };
  return {
    ...head,
    comment: `Builds the tag anew, as the model says, and promotes it to ${stage.name}. Written by: portolan workflows --write. Do not edit.`,
    jobs: {
      ...admitted,
      ...Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, { ...job, needs: ['admit'] }])),
      [id]: promoter.job(delivery, source, stage, call),
    },
  };
}

/** What a tag starts: it holds no secret, and its token may start workflows of the default branch. A run's own token starts no other kind. */
function start(source: Repository, stage: Stage, patterns: readonly string[], release: Workflow): Workflow {
  return {
    file: `tag-${stage.name}`,
    name: `Ask for a release to ${stage.name}`,
    comment: `A tag asks the default branch for its release to ${stage.name}, and is given no secret. Written by: portolan workflows --write. Do not edit.`,
    on: { push: { tags: patterns } },
    jobs: {
      ask: {
        name: `Ask for the release to ${stage.name}`,
        permissions: { actions: 'write' },
        timeoutMinutes: 5,
        steps: [
          {
            name: 'Start the release on the default branch',
            env: {
              ...runsOwnGh(source),
              WORKFLOW: hosts.github.workflows.path(release).split('/').at(-1) ?? '',
              DEFAULT_BRANCH: defaultBranchOf(source),
              TAG: expression('github.ref_name'),
            },
            run: 'gh workflow run "$WORKFLOW" --ref "$DEFAULT_BRANCH" --raw-field "tag=$TAG"',
          },
        ],
      },
    },
  };
}

/** Looks at the tag before anything with a secret begins: what it looks like, and whether somebody reviewed its commit. */
function admit(source: Repository, patterns: readonly string[]): Job {
  return {
    name: 'Look at the tag',
    permissions: { contents: 'read' },
    timeoutMinutes: 10,
    outputs: { commit: expression('steps.tag.outputs.commit') },
    steps: [
      checkout('Check out the default branch, with every tag', { path: 'source' }),
      {
        name: 'The tag is one of this stage, on a commit of the default branch',
        id: 'tag',
        workingDirectory: 'source',
        env: {
          TAG: released.gitTag,
          TAGS: patterns.join(' or '),
          TAG_PATTERN: patterns.map(regexOf).join('|'),
          REF: expression('github.ref'),
          DEFAULT_BRANCH: defaultBranchOf(source),
          LC_ALL: 'C',
        },
        run: [
          'refuse() {',
          '  printf \'refused: %s\\n\' "$1" | tee -a "$GITHUB_STEP_SUMMARY" >&2',
          '  exit 1',
          '}',
          '[ "$REF" = "refs/heads/$DEFAULT_BRANCH" ] ||',
          '  refuse "a release runs from $DEFAULT_BRANCH, where its workflow was reviewed; start it again with --ref $DEFAULT_BRANCH"',
          'git check-ref-format "refs/tags/$TAG" ||',
          '  refuse "what was given is no name of a Git tag; give the tag alone, like $TAGS"',
          '[[ $TAG =~ $TAG_PATTERN ]] ||',
          '  refuse "the tag $TAG does not start this stage; give one like $TAGS"',
          'commit=$(git rev-parse --verify --quiet "refs/tags/$TAG^{commit}" 2>/dev/null) ||',
          '  refuse "there is no tag $TAG on a commit; push it first"',
          'git merge-base --is-ancestor "$commit" "refs/remotes/origin/$DEFAULT_BRANCH" ||',
          '  refuse "the tag $TAG is on $commit, which is not on $DEFAULT_BRANCH, so nobody may have reviewed it; merge the commit, and tag what is on $DEFAULT_BRANCH then"',
          'echo "commit=$commit" >> "$GITHUB_OUTPUT"',
        ].join('\n'),
      },
    ],
  };
}
