import type { Application } from '../../../src/model/application.ts';
import type { Credential } from '../../../src/model/credential.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Actor } from '../../../src/model/repository.ts';
import type { Environment } from '../../../src/model/environment.ts';
import type { Stage, Write } from '../../../src/model/stage.ts';

const repository = 'application-promotion-podinfo';
const image = 'ghcr.io/weavegitops/application-promotion-podinfo';
const chartRepository = 'https://weavegitops.github.io/application-promotion-podinfo/';
const names = ['dev', 'dev-test', 'uat', 'stg', 'prod'] as const;

const messages: Readonly<Record<string, string>> = {
  'dev-test': 'Greetings from values for dev-test',
  uat: 'Greetings from values for uat',
  stg: 'Hello, greetings from podinfo on stage',
  prod: 'Hello, greetings from podinfo',
};

const asks = (path: string) =>
  ({
    action: { kind: 'exec', command: ['podcli', 'check', 'http', `localhost:9898/${path}`] },
    initialDelaySeconds: 5,
    timeoutSeconds: 5,
  }) as const;

const application = (environment: string): Application => ({
  name: 'podinfo',
  services: [
    {
      name: 'podinfo',
      names: { service: 'podinfo' },
      ...(environment === 'dev'
        ? { replicas: 1, autoscaling: { min: 2, max: 4, cpuPercent: 99 }, imagePullCredential: 'ghcr-pull' }
        : { replicas: 3 }),
      containers: [
        {
          name: 'podinfod',
          image: { artifact: environment === 'dev' ? 'snapshot' : 'release' },
          env: environment === 'dev' ? {} : { PODINFO_UI_MESSAGE: messages[environment] ?? '' },
          ports: [
            { name: 'http', port: 9898 },
            { name: 'http-metrics', port: 9797 },
            { name: 'grpc', port: 9999 },
          ],
          liveness: asks('healthz'),
          readiness: asks('readyz'),
          resources:
            environment === 'dev'
              ? { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '2000m', memory: '512Mi' } }
              : { requests: { cpu: '1m', memory: '16Mi' } },
        },
      ],
      ports: [
        { name: 'http', port: 9898 },
        { name: 'grpc', port: 9999 },
      ],
      routes: [
        { path: '/podinfo', port: 'http' },
        { path: '/api', port: 'http' },
      ],
    },
  ],
});

const environment = (name: string, i: number): Environment => ({
  name,
  cluster: { name: `app-promo-${name.replace('-', '')}1${i + 1}`, kubernetes: { oldest: '1.28', newest: '1.28' } },
  namespace: 'app-podinfo',
  namePrefix: '',
  credentials:
    name === 'dev'
      ? [
          {
            name: 'ghcr-pull',
            purpose: 'registryRead',
            holder: 'podinfo',
            store: { kind: 'kubernetes', secretName: 'ghcr-pull-image-creds', keys: ['.dockerconfigjson'] },
            scope: 'pull',
          },
        ]
      : [],
  applications: [application(name)],
});

const write = (locator: Write['locator'], change: Partial<Write>): Write => ({
  repository,
  branch: 'main',
  locator,
  message: 'Update podinfo to v{version} for {environment}',
  author: { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' },
  credential: 'run-token',
  ...change,
});

const flux = (name: string, source: 'kustomization' | 'helmRelease'): Stage['engine'] => ({
  kind: 'flux',
  source,
  prune: true,
  pollMinutes: 2,
  paths: [`environments/${name}`],
});

/** A stage that a pull request promotes to, once the stage before it is healthy. */
const promoted = (name: string, upstream: string): Stage => ({
  name,
  environment: name,
  application: 'podinfo',
  intake: { from: 'stages', stages: [upstream] },
  triggers: [{ on: 'upstreamHealthy', stages: [upstream], by: 'event' }],
  gate: { kind: 'pullRequest', approvals: 0, approvers: [], checks: ['build-test', 'weave-policy-check'] },
  write: write(
    { kind: 'yamlPath', file: `environments/${name}/podinfo-helmrelease.yaml`, path: 'spec.chart.spec.version' },
    { mode: 'pullRequest' },
  ),
  engine: flux(name, 'helmRelease'),
});

const chartRelease = {
  images: { chart: { repository: chartRepository, tag: '1.1.4' }, release: { repository: image, tag: '5.1.5' } },
};

/** The demo as it is: Flux on a cluster for each environment, chart versions promoted by pull requests. */
export const asItIs: Delivery = {
  name: 'podinfo',
  repositories: [
    {
      name: repository,
      holds: ['source', 'config', 'charts'],
      url: `https://github.com/weavegitops/${repository}.git`,
      visibility: 'public',
      management: 'external',
    },
  ],
  actors: [
    { name: 'platform-team', kind: 'team' },
    { name: 'fluxcdbot', kind: 'app' },
  ],
  artifacts: [
    {
      name: 'snapshot',
      kind: 'image',
      repository: image,
      scheme: { kind: 'numeric', pattern: '[a-f0-9]+-(?<run>[0-9]+)', by: ['run'] },
    },
    { name: 'release', kind: 'image', repository: image, scheme: { kind: 'semver' } },
    { name: 'chart', kind: 'chart', repository: chartRepository, scheme: { kind: 'semver' }, pins: 'release' },
  ],
  supplies: [
    {
      name: 'snapshots',
      artifacts: ['snapshot'],
      source: repository,
      builder: { kind: 'githubActions', images: [{ artifact: 'snapshot', context: '.' }] },
      checks: [],
      triggers: [{ on: 'push', repository, branches: ['**'], branchesIgnore: ['main'], paths: ['cmd/**', 'pkg/**'] }],
      discovery: { kind: 'registryPoll', intervalMinutes: 2 },
      buildsUnmerged: true,
    },
    {
      name: 'releases',
      artifacts: ['release'],
      source: repository,
      builder: { kind: 'githubActions', images: [{ artifact: 'release', context: '.' }] },
      checks: ['build-test', 'weave-policy-check'],
      triggers: [{ on: 'pullRequest', repository, branches: ['main'] }],
      discovery: { kind: 'sameJob' },
      buildsUnmerged: true,
    },
    {
      name: 'charts',
      artifacts: ['chart'],
      source: repository,
      builder: { kind: 'chartReleaser', chart: 'charts/podinfo' },
      checks: [],
      triggers: [{ on: 'push', repository, branches: ['main'], paths: ['charts/**'] }],
      discovery: { kind: 'helmRepositoryPoll', intervalMinutes: 1 },
    },
  ],
  environments: names.map(environment),
  stages: [
    {
      name: 'dev',
      environment: 'dev',
      application: 'podinfo',
      intake: { from: 'supply', supplies: ['snapshots'] },
      triggers: [{ on: 'artifactPublished', artifact: 'snapshot', by: 'poll', intervalMinutes: 2 }],
      gate: { kind: 'none' },
      write: write(
        { kind: 'marker', file: 'environments/dev/podinfo/deployment.yaml', marker: 'app-podinfo:podinfo-latest' },
        {
          message: '{version}',
          author: { name: 'fluxcdbot', email: 'fluxcdbot@users.noreply.github.com' },
          credential: 'flux-push',
        },
      ),
      promoter: { kind: 'fluxImages' },
      engine: flux('dev', 'kustomization'),
      acceptsUnmerged: 'developers try their branches in dev',
    },
    {
      name: 'dev-test',
      environment: 'dev-test',
      application: 'podinfo',
      intake: { from: 'supply', supplies: ['charts', 'releases'] },
      triggers: [{ on: 'artifactPublished', artifact: 'chart', by: 'poll', intervalMinutes: 1 }],
      gate: { kind: 'none' },
      write: write(
        { kind: 'yamlPath', file: 'environments/dev-test/podinfo-helmrelease.yaml', path: 'spec.chart.spec.version' },
        {},
      ),
      engine: flux('dev-test', 'helmRelease'),
    },
    promoted('uat', 'dev-test'),
    promoted('stg', 'uat'),
    promoted('prod', 'stg'),
  ],
  credentials: [
    {
      name: 'run-token',
      purpose: 'gitPush',
      holder: 'the workflows promote2*',
      store: { kind: 'githubActions', repository, keys: ['GITHUB_TOKEN'] },
      scope: 'contents and pull requests: write',
    },
    {
      name: 'flux-push',
      purpose: 'gitPush',
      holder: 'Flux on dev',
      store: { kind: 'kubernetes', secretName: 'flux-system', keys: ['identity'], namespace: 'flux-system' },
      scope: `write on ${repository}`,
    },
  ],
  initialReleases: {
    dev: { images: { snapshot: { repository: image, tag: '1e5dd13-58' } } },
    'dev-test': chartRelease,
    uat: chartRelease,
    stg: chartRelease,
    prod: chartRelease,
  },
};

const dispatchToken = (stage: string): Credential => ({
  name: 'dispatch',
  purpose: 'triggerAuthentication',
  holder: `Flux on ${stage}`,
  store: { kind: 'kubernetes', secretName: `dispatch-${stage}`, keys: ['token'], namespace: 'flux-system' },
  scope: `contents: write on ${repository}, to dispatch`,
});

const statusToken = (stage: string): Credential => ({
  name: 'status',
  purpose: 'notification',
  holder: `flux-${stage}`,
  store: { kind: 'kubernetes', secretName: `status-${stage}`, keys: ['token'], namespace: 'flux-system' },
  scope: `commit statuses: write on ${repository}`,
});

/** Flux says on each commit how it ended, so that whoever promotes need not believe an event. */
const reporting = (stage: Stage): Stage =>
  upstream.includes(stage.name) && stage.engine.kind === 'flux'
    ? { ...stage, engine: { ...stage.engine, reportsWith: 'status' } }
    : stage;

const upstream = ['dev-test', 'uat', 'stg'];

/** The same delivery without what the model refuses. */
export const corrected: Delivery = {
  ...asItIs,
  // Everybody but the bot of dev passes a review, and its commits touch dev alone.
  repositories: asItIs.repositories.map((it) => ({
    ...it,
    protection: { approvals: 1, checks: ['build-test', 'weave-policy-check'], bypass: ['fluxcdbot'] },
  })),
  // The pattern is the whole tag, with a time in the place of a counter that begins anew.
  artifacts: asItIs.artifacts.map((it) =>
    it.scheme.kind === 'numeric'
      ? { ...it, scheme: { kind: 'numeric', pattern: '^[a-f0-9]+-(?<time>[0-9]{14})$', by: ['time'] } }
      : it,
  ),
  // Whoever builds snapshots tags them so. Release images come from main.
  supplies: asItIs.supplies.map((it) =>
    it.name === 'snapshots'
      ? { ...it, builder: { kind: 'external', by: 'the workflow docker-image' } }
      : it.name === 'releases'
        ? {
            ...it,
            triggers: [{ on: 'push', repository, branches: ['main'], paths: ['cmd/**', 'pkg/**'] }],
            buildsUnmerged: false,
          }
        : it,
  ),
  initialReleases: {
    ...asItIs.initialReleases,
    dev: { images: { snapshot: { repository: image, tag: '1e5dd13-20220921093000' } } },
  },
  // The autoscaler alone chooses the replicas of dev.
  environments: asItIs.environments.map((it) => ({
    ...it,
    credentials: [
      ...it.credentials,
      ...(upstream.includes(it.name) ? [dispatchToken(it.name), statusToken(it.name)] : []),
    ],
    applications: it.applications.map((app) => ({
      ...app,
      services: app.services.map(({ replicas, ...service }) =>
        service.autoscaling === undefined && replicas !== undefined ? { ...service, replicas } : service,
      ),
    })),
  })),
  // Named people approve, an app opens the pull requests so that checks run, and each cluster proves itself.
  actors: [...asItIs.actors, ...upstream.map((name): Actor => ({ name: `flux-${name}`, kind: 'app' }))],
  stages: asItIs.stages.map(reporting).map((it) =>
    it.gate.kind === 'pullRequest'
      ? {
          ...it,
          triggers: it.triggers.map((trigger) => ({ ...trigger, authentication: 'dispatch' })),
          gate: { ...it.gate, approvals: 1, approvers: ['platform-team'] },
          write: { ...it.write, credential: 'promoter' },
        }
      : it,
  ),
  credentials: [
    ...asItIs.credentials,
    {
      name: 'promoter',
      purpose: 'gitPush',
      holder: 'the workflows promote2*',
      store: { kind: 'githubActions', repository, keys: ['PROMOTER_APP_ID', 'PROMOTER_PRIVATE_KEY'] },
      scope: 'contents and pull requests: write',
    },
  ],
};
