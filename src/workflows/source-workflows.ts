import type { Credential } from '../model/credential.ts';
import type { Delivery } from '../model/delivery.ts';
import { fullNameOf } from '../model/formats/repository-address.ts';
import { originsOf } from '../model/origins.ts';
import { isPromotedByBuild, pushesOf } from '../model/pushes.ts';
import type { Repository } from '../model/repository.ts';
import type { Stage } from '../model/stage.ts';
import type { Supply } from '../model/supply.ts';
import { credentialIn } from '../hosts/workflow/credential-in.ts';
import { buildJob, builtImages, type Call } from './build-job.ts';
import { loginSteps, registryLogins, registryPermission } from './registry-logins.ts';
import {
  appToken,
  checkout,
  installProgram,
  opsRepository,
  programRepository,
  runUrl,
  tokenOf,
} from '../hosts/workflow/steps.ts';
import { expression, type Job, type On, type Workflow } from '../hosts/workflow/workflow.ts';

/** Workflows of a source repository: build what is pushed and promote it, and promote what is tagged. */
export function sourceWorkflows(delivery: Delivery, source: Repository): readonly Workflow[] {
  const supplies = delivery.supplies.filter((supply) => isBuiltIn(supply, source));
  return [
    ...supplies.map((supply) => deliver(delivery, source, supply)),
    ...delivery.stages.flatMap((stage) => promoteTag(delivery, source, stage)),
  ];
}

/**
 * On a push, or by hand where the supply says so: each image once, tagged with the commit, then a promotion to every stage that the
 * push starts.
 */
function deliver(delivery: Delivery, source: Repository, supply: Supply): Workflow {
  const byHand = ({ triggers }: Stage | Supply): boolean => triggers.some(({ on }) => on === 'manual');
  const promotions = delivery.stages
    .filter((stage) => isPromotedByBuild(stage, supply) && tagPatterns(stage, source).length === 0)
    .map((stage): readonly [string, Job] => {
      const job = promoteJob(delivery, source, stage, builtImages([supply]), ['build']);
      return [
        `promote-${stage.name}`,
        byHand(supply) && !byHand(stage) ? { ...job, if: "github.event_name == 'push'" } : job,
      ];
    });
  return {
    file: `deliver-${supply.name}`,
    name: `Deliver ${supply.name}`,
    comment: 'Builds every commit once and promotes it. Written by: portolan workflows --write. Do not edit.',
    on: { ...pushFilter(supply), ...(byHand(supply) ? { workflow_dispatch: {} } : {}) },
    jobs: { build: buildJob(delivery, source, [supply], 'commit'), ...Object.fromEntries(promotions) },
  };
}

/** The pushes that build, as one filter; GitHub takes no list of branches to ignore beside one of branches, but exceptions in it. */
function pushFilter({ triggers }: Supply): Pick<On, 'push'> {
  const pushes = pushesOf(triggers);
  if (pushes.length === 0) return {};
  const all = (key: 'branches' | 'branchesIgnore' | 'paths'): readonly string[] => [
    ...new Set(pushes.flatMap((push) => push[key] ?? [])),
  ];
  const paths = all('paths');
  return {
    push: {
      branches: [...all('branches'), ...all('branchesIgnore').map((branch) => `!${branch}`)],
      ...(paths.length === 0 ? {} : { paths }),
    },
  };
}

/**
 * On a tag: the tag is added to the images that the earlier stage verified for that commit, and they are promoted through the
 * gate. Where the model says `rebuild`, or the stage takes from a supply, the images are built from the tag instead.
 */
function promoteTag(delivery: Delivery, source: Repository, stage: Stage): readonly Workflow[] {
  const patterns = tagPatterns(stage, source);
  if (patterns.length === 0) return [];
  const tag = expression('github.ref_name');
  const head = {
    file: `release-${stage.name}`,
    name: `Release to ${stage.name}`,
    on: { push: { tags: patterns }, workflow_dispatch: {} },
  };
  const id = `promote-${stage.name}`;
  if (stage.intake.from === 'stages' && stage.rebuild !== true) {
    const from = stage.intake.stages[0] ?? '';
    const call = { env: { GIT_TAG: tag }, arguments: [`--from ${from}`, '--git-tag "$GIT_TAG"', '--tag-images'] };
    return [
      {
        ...head,
        comment: `Promotes what ${from} verified for the tagged commit to ${stage.name}. Written by: portolan workflows --write. Do not edit.`,
        jobs: { [id]: onTag(promoteJob(delivery, source, stage, call)) },
      },
    ];
  }
  const supplies = originsOf(stage, delivery).filter((supply) => isBuiltIn(supply, source));
  if (supplies.length === 0) return [];
  const built = builtImages(supplies);
  const call = { env: { ...built.env, GIT_TAG: tag }, arguments: [...built.arguments, '--git-tag "$GIT_TAG"'] };
  return [
    {
      ...head,
      comment: `Builds the tag anew, as the model says, and promotes it to ${stage.name}. Written by: portolan workflows --write. Do not edit.`,
      jobs: {
        build: onTag(buildJob(delivery, source, supplies, 'gitTag')),
        [id]: onTag(promoteJob(delivery, source, stage, call, ['build'])),
      },
    },
  ];
}

/** GitHub starts nothing when more than three tags are pushed at once, so a person may; a run by hand may be on a branch, too. */
const onTag = (job: Job): Job => ({ ...job, if: "github.ref_type == 'tag'" });

const tagPatterns = (stage: Stage, source: Repository): readonly string[] =>
  stage.triggers.flatMap((trigger) =>
    trigger.on === 'gitTag' && trigger.repository === source.name ? [trigger.pattern] : [],
  );

function promoteJob(delivery: Delivery, source: Repository, stage: Stage, call: Call, needs?: readonly string[]): Job {
  const program = programRepository(delivery);
  const credential = credentialIn(delivery, source, 'gitPush', stage.environment);
  const separate = program.name !== source.name;
  const logins = call.arguments.includes('--tag-images')
    ? registryLogins(delivery, source, stage.environment, imageRepositories(delivery, stage))
    : [];
  return {
    name: `Promote to ${stage.name}`,
    ...(needs === undefined ? {} : { needs }),
    ...environmentOf(credential),
    permissions: { contents: 'read', ...registryPermission(logins) },
    timeoutMinutes: 15,
    steps: [
      appToken('token', credential, [opsRepository(delivery)], {
        contents: 'write',
        'pull-requests': 'write',
        workflows: 'write',
      }),
      ...(separate ? [appToken('program-token', credential, [program], { contents: 'read' })] : []),
      checkout('Check out the source with its history', { path: 'source' }),
      ...(separate
        ? [
            checkout('Check out the program', {
              repository: fullNameOf(program),
              path: 'program',
              token: tokenOf('program-token'),
            }),
          ]
        : []),
      ...loginSteps(logins),
      ...installProgram(separate ? 'program' : 'source'),
      {
        name: `Promote to ${stage.name}`,
        workingDirectory: separate ? 'program' : 'source',
        env: {
          ...call.env,
          SOURCE_COMMIT: expression('github.sha'),
          OPS_REPOSITORY: opsRepository(delivery).url,
          GITHUB_TOKEN: tokenOf('token'),
          PORTOLAN_RUN: runUrl,
        },
        run: [
          `npx --no-install portolan promote ${stage.environment} --ops "$OPS_REPOSITORY"`,
          '--source ../source',
          '--source-commit "$SOURCE_COMMIT"',
          ...call.arguments,
        ].join(' \\\n  '),
      },
    ],
  };
}

/** Whether workflows of a repository build a supply. */
const isBuiltIn = (supply: Supply, source: Repository): boolean =>
  supply.source === source.name && supply.builder.kind === 'githubActions';

/** Repositories of the images that a stage's releases are of. */
function imageRepositories(delivery: Delivery, stage: Stage): readonly string[] {
  const artifacts = originsOf(stage, delivery).flatMap((supply) => supply.artifacts);
  return delivery.artifacts
    .filter(({ kind, name }) => kind === 'image' && artifacts.includes(name))
    .map(({ repository }) => repository);
}

const environmentOf = (credential: Credential | undefined): { readonly environment?: string } =>
  credential?.store.kind === 'githubActions' && credential.store.environment !== undefined
    ? { environment: credential.store.environment }
    : {};
