import { isPlainKey, type Credential } from '../model/credential.ts';
import type { Delivery } from '../model/delivery.ts';
import { registryHost } from './registry-host.ts';
import type { Repository } from '../model/repository.ts';
import type { Stage } from '../model/stage.ts';
import type { Supply } from '../model/supply.ts';
import { actions } from './actions.ts';
import { credentialIn } from './credential-in.ts';
import {
  appToken,
  checkout,
  gitHubName,
  installProgram,
  opsRepository,
  programRepository,
  runUrl,
  tokenOf,
} from './steps.ts';
import { expression, type Job, type Step, type Workflow } from './workflow.ts';

/** Workflows of a source repository: build what is pushed and promote it, and promote what is tagged. */
export function sourceWorkflows(delivery: Delivery, source: Repository): readonly Workflow[] {
  const supplies = delivery.supplies.filter(
    (supply) => supply.source === source.name && supply.builder.kind === 'githubActions',
  );
  return [
    ...supplies.map((supply) => deliver(delivery, source, supply)),
    ...delivery.stages.flatMap((stage) => promoteTag(delivery, source, stage)),
  ];
}

/** On a push: each image once, tagged with the commit, then a promotion to every stage that takes from this supply. */
function deliver(delivery: Delivery, source: Repository, supply: Supply): Workflow {
  const branches = supply.triggers.flatMap((trigger) => (trigger.on === 'push' ? trigger.branches : []));
  const stages = delivery.stages.filter(
    (stage) =>
      stage.intake.from === 'supply' &&
      stage.intake.supplies.includes(supply.name) &&
      tagPatterns(stage, source).length === 0,
  );
  const promotions = stages.map(
    (stage) => [`promote-${stage.name}`, promoteJob(delivery, source, stage, builtImages(supply), ['build'])] as const,
  );
  return {
    file: `deliver-${supply.name}`,
    name: `Deliver ${supply.name}`,
    comment: 'Builds every commit once and promotes it. Written by: portolan workflows --write. Do not edit.',
    on: { push: { branches } },
    jobs: { build: buildJob(delivery, source, supply, expression('github.sha')), ...Object.fromEntries(promotions) },
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
  const supply = delivery.supplies.find((candidate) =>
    stage.intake.from === 'supply' ? stage.intake.supplies.includes(candidate.name) : candidate.source === source.name,
  );
  if (supply === undefined) return [];
  const built = builtImages(supply);
  const call = { env: { ...built.env, GIT_TAG: tag }, arguments: [...built.arguments, '--git-tag "$GIT_TAG"'] };
  return [
    {
      ...head,
      comment: `Builds the tag anew, as the model says, and promotes it to ${stage.name}. Written by: portolan workflows --write. Do not edit.`,
      jobs: {
        build: onTag(buildJob(delivery, source, supply, tag)),
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

/** Builds every image of a supply in one job, whose outputs are the references with their digests. */
function buildJob(delivery: Delivery, source: Repository, supply: Supply, tag: string): Job {
  const images = imagesOf(supply);
  const repositoryOf = (name: string): string =>
    delivery.artifacts.find((artifact) => artifact.name === name)?.repository ?? name;
  const registry = registryCredential(delivery, source, 'build');
  return {
    name: 'Build each image once',
    ...environmentOf(registry),
    permissions: { contents: 'read', ...registryPermission(registry) },
    timeoutMinutes: supply.buildMinutes ?? 30,
    outputs: Object.fromEntries(
      images.map(({ artifact }) => [
        artifact,
        `${repositoryOf(artifact)}:${tag}@${expression(`steps.${artifact}.outputs.digest`)}`,
      ]),
    ),
    steps: [
      { name: 'Check out the source', uses: actions.checkout, with: { 'persist-credentials': false } },
      ...registryLogin(
        registry,
        images.map(({ artifact }) => repositoryOf(artifact)),
      ),
      { name: 'Set up Buildx', uses: actions.setupBuildx },
      ...images.map(({ artifact, context, dockerfile }): Step => ({
        name: `Build and push ${artifact}`,
        id: artifact,
        uses: actions.buildPush,
        with: {
          context,
          ...(dockerfile === undefined ? {} : { file: dockerfile }),
          push: true,
          tags: `${repositoryOf(artifact)}:${tag}`,
        },
      })),
    ],
  };
}

/** How the promotion is called: arguments of the command, and the environment variables they read. */
interface Call {
  readonly env: Readonly<Record<string, string>>;
  readonly arguments: readonly string[];
}

/** Hands the references that {@link buildJob} made to the promotion, through the environment. */
function builtImages(supply: Supply): Call {
  const variables = imagesOf(supply).map(
    ({ artifact }) => [artifact, `IMAGE_${artifact.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`] as const,
  );
  return {
    env: Object.fromEntries(
      variables.map(([artifact, variable]) => [variable, expression(`needs.build.outputs.${artifact}`)]),
    ),
    arguments: variables.map(([artifact, variable]) => `--image "${artifact}=$${variable}"`),
  };
}

const imagesOf = (supply: Supply) => (supply.builder.kind === 'githubActions' ? supply.builder.images : []);

function promoteJob(delivery: Delivery, source: Repository, stage: Stage, call: Call, needs?: readonly string[]): Job {
  const program = programRepository(delivery);
  const credential = credentialIn(delivery, source, 'gitPush', stage.environment);
  const separate = program.name !== source.name;
  const registry = call.arguments.includes('--tag-images')
    ? registryCredential(delivery, source, stage.environment)
    : undefined;
  return {
    name: `Promote to ${stage.name}`,
    ...(needs === undefined ? {} : { needs }),
    ...environmentOf(credential),
    permissions: { contents: 'read', ...registryPermission(registry) },
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
              repository: gitHubName(program),
              path: 'program',
              token: tokenOf('program-token'),
            }),
          ]
        : []),
      ...registryLogin(
        registry,
        delivery.artifacts.filter(({ kind }) => kind === 'image').map(({ repository }) => repository),
      ),
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

const registryCredential = (delivery: Delivery, source: Repository, environment: string): Credential | undefined =>
  delivery.credentials.find(
    ({ purpose, store }) =>
      purpose === 'registryPush' &&
      store.kind === 'githubActions' &&
      store.repository === source.name &&
      store.environment === environment,
  );

/** Whether a credential is the run's own token, which pushes packages of its repository's owner where the job may. */
const isRunToken = (credential: Credential | undefined): boolean =>
  credential?.store.keys.includes('GITHUB_TOKEN') === true;

const registryPermission = (credential: Credential | undefined): Job['permissions'] =>
  isRunToken(credential) ? { packages: 'write' } : {};

/**
 * Logs in to each registry that the images are in; Docker Hub alone needs no host. Keys of the account are where the
 * deployment's stack puts them: the name as a variable, the password as a secret.
 */
const registryLogin = (credential: Credential | undefined, repositories: readonly string[]): readonly Step[] => {
  if (credential === undefined) return [];
  const [username = '', password = ''] = credential.store.keys;
  const read = (key: string): string => expression(`${isPlainKey(key) ? 'vars' : 'secrets'}.${key}`);
  const account = isRunToken(credential)
    ? { username: expression('github.actor'), password: expression('secrets.GITHUB_TOKEN') }
    : { username: read(username), password: read(password) };
  return [...new Set(repositories.map(registryHost))].map((host) => ({
    name: host === undefined ? 'Log in to the registry' : `Log in to ${host}`,
    uses: actions.dockerLogin,
    with: { ...(host === undefined ? {} : { registry: host }), ...account },
  }));
};

const environmentOf = (credential: Credential | undefined): { readonly environment?: string } =>
  credential?.store.kind === 'githubActions' && credential.store.environment !== undefined
    ? { environment: credential.store.environment }
    : {};
