import type { Credential } from '../../src/model/credential.ts';
import { repositoryHolding, type Delivery } from '../../src/model/delivery.ts';
import { environmentBranch } from '../../src/model/names.ts';
import type { Repository } from '../../src/model/repository.ts';
import type { Connection } from '../../src/model/service.ts';
import type { Stage } from '../../src/model/stage.ts';
import type { Supply, Trigger } from '../../src/model/supply.ts';
import { withWantedCredentials } from './wanted-credentials.ts';

/** What takes the place of a word that a system says and that nothing carries out yet. */
export interface Replacement {
  /** What is replaced, and by what, for a reader. */
  readonly says: string;
  /** The refusals that it answers, as `refusals` writes them. */
  readonly of: RegExp;
  readonly change: (delivery: Delivery) => Delivery;
}

const onStages =
  (change: (stage: Stage, delivery: Delivery) => Stage) =>
  (delivery: Delivery): Delivery => ({ ...delivery, stages: delivery.stages.map((stage) => change(stage, delivery)) });

const onSupplies =
  (change: (supply: Supply) => Supply) =>
  (delivery: Delivery): Delivery => ({ ...delivery, supplies: delivery.supplies.map(change) });

/** What people write is the program's; what is rendered of it goes to an ops repository. A repository that holds neither goes. */
function withProgram(delivery: Delivery): Delivery {
  const repositories = delivery.repositories
    .map((it): Repository => {
      const holds = it.holds.map((role) => (role === 'config' ? 'program' : role));
      return { ...it, holds: holds.filter((role) => role !== 'charts') };
    })
    .filter(({ holds }) => holds.length > 0);
  const { name } = delivery;
  const ops: Repository = {
    name: `${name}-environments`,
    holds: ['ops'],
    url: `https://github.com/acme/${name}-environments.git`,
  };
  const hasOps = repositories.some(({ holds }) => holds.includes('ops'));
  const toolchains = delivery.toolchains?.map((it) => ({ ...it, write: { ...it.write, repository: ops.name } }));
  return hasOps
    ? { ...delivery, repositories }
    : { ...delivery, repositories: [...repositories, ops], ...(toolchains === undefined ? {} : { toolchains }) };
}

/** The push that builds what a stage takes, where a workflow builds it; else a person starts the stage. */
function startedByBuild({ intake }: Stage, { supplies }: Delivery): readonly Trigger[] {
  if (intake.from !== 'supply') return [{ on: 'manual' }];
  const pushes = supplies
    .filter(({ name, builder }) => intake.supplies.includes(name) && builder.kind === 'githubActions')
    .flatMap(({ triggers }) => triggers.filter(({ on }) => on === 'push'));
  return pushes.length === 0 ? [{ on: 'manual' }] : pushes;
}

/** An app's two keys, in the Actions secrets of the source that a workflow pushes from. */
const inActions = (credential: Credential, { repositories }: Delivery): Credential => ({
  ...credential,
  holder: 'the workflows',
  store: {
    kind: 'githubActions',
    repository: repositories.find(({ holds }) => holds.includes('source'))?.name ?? '',
    keys: credential.purpose === 'gitPush' ? ['PROMOTER_APP_ID', 'PROMOTER_PRIVATE_KEY'] : ['USERNAME', 'TOKEN'],
  },
});

/** The images that charts run are delivered by themselves; charts, and those who make them, go. */
function withoutCharts(delivery: Delivery): Delivery {
  const charts = delivery.artifacts.filter(({ kind }) => kind === 'chart').map(({ name }) => name);
  const gone = delivery.supplies.filter(({ builder }) => builder.kind === 'chartReleaser').map(({ name }) => name);
  return {
    ...delivery,
    artifacts: delivery.artifacts.filter(({ name }) => !charts.includes(name)),
    supplies: delivery.supplies.filter(({ name }) => !gone.includes(name)),
    stages: delivery.stages.map((stage) => ({
      ...stage,
      intake:
        stage.intake.from === 'supply'
          ? { from: 'supply', supplies: stage.intake.supplies.filter((name) => !gone.includes(name)) }
          : stage.intake,
    })),
    initialReleases: Object.fromEntries(
      Object.entries(delivery.initialReleases).map(([name, release]) => [
        name,
        {
          ...release,
          images: Object.fromEntries(Object.entries(release.images).filter(([artifact]) => !charts.includes(artifact))),
        },
      ]),
    ),
  };
}

/** The services of an environment in one application, and its stages as one that takes whatever they took. */
function asOneApplication(delivery: Delivery): Delivery {
  const { name } = delivery;
  const environments = delivery.environments.map((environment) => ({
    ...environment,
    applications: [
      {
        name,
        services: environment.applications
          .flatMap(({ services }) => services)
          .map((service) => ({ ...service, connects: (service.connects ?? []).map(withoutApplication) })),
        databases: environment.applications.flatMap(({ databases = [] }) => databases),
        claims: environment.applications.flatMap(({ claims = [] }) => claims),
      },
    ],
  }));
  const environmentOfStage = new Map(delivery.stages.map((stage) => [stage.name, stage.environment]));
  const stages = delivery.environments.flatMap(({ name: environment }): readonly Stage[] => {
    const all = delivery.stages.filter((stage) => stage.environment === environment);
    const [first] = all;
    if (first === undefined) return [];
    const supplies = all.flatMap(({ intake }) => (intake.from === 'supply' ? intake.supplies : []));
    const upstream = all.flatMap(({ intake }) => (intake.from === 'stages' ? intake.stages : []));
    const pushes = all.flatMap(({ triggers }) => triggers.filter(({ on }) => on !== 'manual'));
    return [
      {
        ...first,
        name: environment,
        application: name,
        intake:
          supplies.length > 0
            ? { from: 'supply', supplies }
            : { from: 'stages', stages: [...new Set(upstream.map((stage) => environmentOfStage.get(stage) ?? stage))] },
        triggers: pushes.length > 0 ? pushes : [{ on: 'manual' }],
      },
    ];
  });
  return { ...delivery, environments, stages };
}

function withoutApplication(connection: Connection): Connection {
  if (connection.kind !== 'service') return connection;
  const { application: _, ...within } = connection;
  return within;
}

/** One for each word, in the order in which they are made; a word that is carried out some day is one fewer. */
export const replacements: readonly Replacement[] = [
  {
    says: 'a repository of configuration or charts: the program there, and an ops repository beside it',
    of: /^repositories\.[^.]+\.holds\[\d+\]: (config|charts)$/,
    change: withProgram,
  },
  {
    says: 'Tekton without a toolchain: a workflow of the source that builds each image',
    of: /^supplies\.[^.]+\.toolchain$/,
    change: onSupplies((supply) =>
      supply.builder.kind === 'tekton'
        ? {
            ...supply,
            builder: {
              kind: 'githubActions',
              images: supply.artifacts.map((artifact) => ({ artifact, context: '.' })),
            },
          }
        : supply,
    ),
  },
  {
    says: 'charts: the images that they run, alone',
    of: /^(artifacts\.[^.]+\.(kind: chart|pins: .*)|supplies\.[^.]+\.(builder\.kind: chartReleaser|discovery\.kind: helmRepositoryPoll))$/,
    change: withoutCharts,
  },
  {
    says: 'whoever looks at a registry, or is told by it: the workflow that builds, or a person',
    of: /^supplies\.[^.]+\.discovery\.(kind: (registryPoll|registryWebhook)|intervalMinutes(: .*)?)$/,
    change: onSupplies((supply) => ({ ...supply, discovery: { kind: 'sameJob' } })),
  },
  {
    says: 'webhooks and dispatches that start builds: the push itself',
    of: /^supplies\.[^.]+\.triggers\[\d+\]\.(by: webhook|on: dispatch)$/,
    change: onSupplies((supply) => ({
      ...supply,
      triggers: supply.triggers.flatMap((trigger): readonly Trigger[] => {
        if (trigger.on !== 'push') return trigger.on === 'dispatch' ? [] : [trigger];
        const { by: _, authentication: __, ...push } = trigger;
        return [push];
      }),
    })),
  },
  {
    says: 'a published artifact, a dispatch or health upstream: the push that builds, or a person',
    of: /^stages\.[^.]+\.triggers\[\d+\]\.on: (artifactPublished|dispatch|upstreamHealthy)$/,
    change: onStages((stage, delivery) => ({ ...stage, triggers: startedByBuild(stage, delivery) })),
  },
  {
    says: 'a field of a file: the whole branch of the environment, whose one check is verify',
    of: /^stages\.[^.]+\.write\.locator\.kind: (kustomizeImage|yamlPath|helmValue|marker)$/,
    change: onStages(({ write: { further: _, ...write }, ...stage }, delivery) => ({
      ...stage,
      gate: stage.gate.kind === 'pullRequest' ? { ...stage.gate, checks: ['verify'] } : stage.gate,
      write: {
        ...write,
        repository: repositoryHolding(delivery, 'ops')?.name ?? '',
        branch: environmentBranch(stage.environment),
        locator: { kind: 'tree' },
      },
    })),
  },
  {
    says: 'kustomize and Helm: the rendered objects, which the same engine finds by itself',
    of: /^stages\.[^.]+\.engine\.(source: (kustomize|helm|helmRelease)|paths(: .*)?)$/,
    change: onStages((stage) => ({
      ...stage,
      engine:
        stage.engine.kind === 'flux'
          ? { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: stage.engine.pollMinutes }
          : { kind: 'argocd', source: 'plain', prune: true, selfHeal: true },
    })),
  },
  {
    says: 'Secrets of the delivery: Actions secrets of the source; proofs of webhooks go with these',
    of: /^credentials\.[^.]+\.store\.kind: kubernetes$/,
    change: (delivery) => ({
      ...delivery,
      credentials: delivery.credentials
        .filter(({ purpose, store }) => purpose !== 'triggerAuthentication' || store.kind !== 'kubernetes')
        .map((credential) => (credential.store.kind === 'kubernetes' ? inActions(credential, delivery) : credential)),
    }),
  },
  {
    says: 'Kargo, Flux and Tekton as promoters without a toolchain: the program, run by workflows and people',
    of: /^stages\.[^.]+\.toolchain$/,
    change: onStages(({ promoter: _, ...stage }) => stage),
  },
  {
    says: 'several applications in an environment, each on a stage of its own: one application and one stage, which move together',
    of: /^stages\.[^.]+\.write: changes the whole tree on branch .* give each stage a branch, file or field of its own$/,
    change: asOneApplication,
  },
  {
    says: 'credentials of the systems: those too that the generated workflows read',
    of: /^credentials: the workflows of /,
    change: withWantedCredentials,
  },
];
