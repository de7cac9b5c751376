import type { Application } from '../../../src/model/application.ts';
import type { Credential } from '../../../src/model/credential.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Environment } from '../../../src/model/environment.ts';
import { connectsTo } from '../../../src/model/service.ts';
import type { Stage } from '../../../src/model/stage.ts';
import { host, port, text } from '../../../src/model/formats/text.ts';

const resources = { requests: { cpu: '0', memory: '0' } } as const;
const image = 'registry.example.com/cat-service';

/** Labels of one environment's pods; only those of prod say where they are. */
const selector = (app: string, environment: string): Readonly<Record<string, string>> =>
  environment === 'prod' ? { app, env: 'prod' } : { app };

const application = (environment: string): Application => ({
  name: 'cat-service',
  services: [
    {
      name: 'cat-service',
      names: { service: 'cat-service' },
      replicas: 1,
      selector: selector('cat-service', environment),
      containers: [
        {
          name: 'cat-service',
          image: { artifact: 'cat-service' },
          env: {
            SPRING_CONFIG_LOCATION:
              'optional:classpath:/,optional:classpath:/config/,optional:file:./,optional:file:./config/',
            SPRING_MAIN_CLOUD_PLATFORM: 'kubernetes',
            ...(environment === 'prod' ? { ENV: 'prod' } : {}),
          },
          ports: [{ name: 'http', port: 8080 }],
          mounts: [{ volume: 'config', path: '/workspace/config' }],
          liveness: {
            action: { kind: 'http', path: '/actuator/health/liveness', port: 8080 },
            initialDelaySeconds: 30,
            periodSeconds: 3,
          },
          readiness: {
            action: { kind: 'http', path: '/actuator/health/readiness', port: 8080 },
            initialDelaySeconds: 30,
            periodSeconds: 10,
          },
          preStop: ['sh', '-c', 'sleep 10'],
          resources,
        },
      ],
      configs: [
        {
          name: 'cat-service-config',
          data: {
            'application.properties': text`spring.datasource.url=jdbc:postgresql://${host('cat-postgres')}:${port('cat-postgres', 'postgres')}/bk\nspring.datasource.username=bk\n`,
          },
        },
      ],
      volumes: [{ name: 'config', kind: 'config', config: 'cat-service-config' }],
      ports: [{ name: '8080-8080', port: 8080 }],
      connects: [connectsTo('cat-postgres', 'postgres')],
    },
    {
      name: 'cat-postgres',
      names: { service: 'cat-postgres' },
      selector: selector('cat-postgres', environment),
      containers: [
        {
          name: 'postgres',
          image: 'bitnami/postgresql:latest',
          env: { POSTGRESQL_USERNAME: 'bk', POSTGRESQL_DATABASE: 'bk', POSTGRESQL_PASSWORD: 'bk' },
          ports: [{ name: 'postgres', port: 5432 }],
          resources,
        },
      ],
      ports: [{ name: 'postgres', port: 5432 }],
      serviceType: 'NodePort',
    },
  ],
});

const environment = (name: string): Environment => ({
  name,
  cluster: { name: 'workshop', kubernetes: { oldest: '1.28', newest: '1.28' } },
  namespace: 'session',
  namePrefix: `${name}-`,
  credentials: [],
  applications: [application(name)],
});

/** One token of one person, kept as one Actions secret. */
const pat = (name: string, purpose: Credential['purpose'], scope: string): Credential => ({
  name,
  purpose,
  holder: 'the workflows Deploy and Update Tag',
  store: { kind: 'githubActions', repository: 'cat-service', keys: ['GIT_PASSWORD'] },
  scope,
});

const stage = (name: string): Stage => ({
  name,
  environment: name,
  application: 'cat-service',
  intake: { from: 'supply', supplies: ['kpack'] },
  triggers: [{ on: 'dispatch', repository: 'cat-service', event: 'tag', authentication: 'dispatch' }],
  gate: { kind: 'none' },
  write: {
    repository: 'cat-service-release-ops',
    branch: 'educates-workshop',
    locator: { kind: 'kustomizeImage', file: 'manifests/base/app/kustomization.yaml', image },
    message: 'tag {version}',
    author: { name: 'Booternetes CI Bot', email: '' },
    credential: 'ops-push',
  },
  engine: {
    kind: 'argocd',
    source: 'kustomize',
    prune: name === 'prod',
    selfHeal: false,
    paths: [`manifests/overlays/${name}`, 'manifests/base'],
  },
});

/** The workshop's delivery as it is: kpack builds a copy of tested source, a loop in CI writes the newest tag into the shared base. */
export const asItIs: Delivery = {
  name: 'cat-service',
  repositories: [
    {
      name: 'cat-service',
      holds: ['source'],
      url: 'https://github.com/booternetes/cat-service.git',
      defaultBranch: 'educates-workshop',
      management: 'external',
    },
    {
      name: 'cat-service-release',
      holds: ['releaseCopy'],
      url: 'https://github.com/booternetes/cat-service-release.git',
      defaultBranch: 'release',
      visibility: 'public',
      management: 'external',
    },
    {
      name: 'cat-service-release-ops',
      holds: ['config'],
      url: 'https://github.com/booternetes/cat-service-release-ops.git',
      defaultBranch: 'educates-workshop',
      management: 'external',
    },
  ],
  actors: [
    { name: 'developer', kind: 'user' },
    { name: 'ci-bot', kind: 'app' },
  ],
  artifacts: [
    {
      name: 'cat-service',
      kind: 'image',
      repository: image,
      scheme: { kind: 'numeric', pattern: '^(?<tag>b\\d+\\.\\d{8}\\.\\d{6})$', by: ['tag'] },
    },
  ],
  supplies: [
    {
      name: 'kpack',
      artifacts: ['cat-service'],
      source: 'cat-service',
      builder: {
        kind: 'kpack',
        stack: {
          id: 'io.buildpacks.stacks.bionic',
          build: 'paketobuildpacks/build:base-cnb',
          run: 'paketobuildpacks/run:base-cnb',
        },
        store: ['paketobuildpacks/builder:base'],
        order: ['paketo-buildpacks/java', 'paketo-buildpacks/nodejs'],
        builderRepository: 'registry.example.com/booternetes-builder',
        pushesWith: 'registry-push',
        pollMinutes: 5,
      },
      checks: ['verify'],
      triggers: [
        { on: 'push', repository: 'cat-service', branches: ['educates-workshop'] },
        { on: 'dispatch', repository: 'cat-service', event: 'cat-meow', authentication: 'dispatch' },
      ],
      discovery: { kind: 'registryPoll', intervalMinutes: 1, attempts: 20 },
      copiesTo: { repository: 'cat-service-release', branch: 'release' },
    },
  ],
  environments: [environment('dev'), environment('prod')],
  stages: [stage('dev'), stage('prod')],
  credentials: [
    pat('release-push', 'gitPush', 'repo, workflow'),
    pat('ops-push', 'gitPush', 'repo, workflow'),
    pat('dispatch', 'triggerAuthentication', 'repo, workflow'),
    {
      name: 'registry-read',
      purpose: 'registryRead',
      holder: 'the workflow Update Tag',
      store: { kind: 'githubActions', repository: 'cat-service', keys: ['REGISTRY_USERNAME', 'REGISTRY_PASSWORD'] },
      scope: 'list tags',
    },
    {
      name: 'registry-push',
      purpose: 'registryPush',
      holder: 'kpack',
      store: {
        kind: 'kubernetes',
        secretName: 'registry-credentials',
        keys: ['username', 'password'],
        namespace: 'session',
      },
      scope: 'push cat-service',
    },
  ],
  initialReleases: {
    dev: { images: { 'cat-service': { repository: image, tag: 'latest' } } },
    prod: { images: { 'cat-service': { repository: image, tag: 'latest' } } },
  },
};

/** On the branch main the key configMapGenerator stands twice, the last wins, and the ConfigMap is never made. */
export const onMain: Delivery = {
  ...asItIs,
  environments: asItIs.environments.map((it) => ({
    ...it,
    namespace: it.name,
    applications: it.applications.map((app) => ({
      ...app,
      services: app.services.map(({ configs: _, ...service }) => service),
    })),
  })),
};

const release = { images: { 'cat-service': { repository: image, tag: 'b9.20210710.200537' } } };

const pinned = {
  stack: {
    id: 'io.buildpacks.stacks.bionic',
    build: 'paketobuildpacks/build@sha256:432a9a0ba622b4db4d9d0d1a1a9901ec42cfcae7ab0a0d5b80560e15630aaebd',
    run: 'paketobuildpacks/run@sha256:c60957c98d9ca9dc6e98a96562802a630ab66aadf8378339f63c012af634720a',
  },
  store: ['paketobuildpacks/builder@sha256:ebaaa282868e6b6d16a7beff60e440a52db351ecd21a5d6953098a19d9e46996'],
  readsWith: 'release-read',
  env: { BP_OCI_TITLE: 'cat-service' },
  cache: { size: '1536Mi', storageClass: 'standard' },
};

/** Where the Secrets of the toolchain lie, of the kind that its readers take. */
const inToolchain = (credential: Credential): Credential =>
  credential.name === 'registry-push'
    ? {
        ...credential,
        store: {
          kind: 'kubernetes',
          secretName: 'registry-credentials',
          keys: ['.dockerconfigjson'],
          namespace: 'kpack-builds',
        },
      }
    : credential;

/** The same delivery without what the model refuses. */
export const corrected: Delivery = {
  ...asItIs,
  // Only the bot commits without review, to files that prod does not follow.
  repositories: asItIs.repositories.map((it) =>
    it.holds.includes('config') ? { ...it, protection: { approvals: 1, checks: ['render'], bypass: ['ci-bot'] } } : it,
  ),
  // Build numbers compare as numbers.
  artifacts: asItIs.artifacts.map((it) => ({
    ...it,
    scheme: { kind: 'numeric', pattern: '^b(?<build>\\d+)\\.(?<date>\\d{8})\\.(?<time>\\d{6})$', by: ['build'] },
  })),
  // Whoever looks does so again and again.
  supplies: asItIs.supplies.map((it) => ({
    ...it,
    // What is built on is the same tomorrow, and kpack lives where its gate is.
    builder: it.builder.kind === 'kpack' ? { ...it.builder, ...pinned, pollMinutes: 1 } : it.builder,
    toolchain: 'kpack',
    discovery: { kind: 'registryPoll', intervalMinutes: 5 },
  })),
  toolchains: [
    {
      name: 'kpack',
      cluster: { name: 'workshop', kubernetes: { oldest: '1.28', newest: '1.28' } },
      namespace: 'kpack-builds',
      credentials: [],
      gate: { kind: 'none' },
      write: {
        repository: 'cat-service-release-ops',
        branch: 'env/kpack',
        locator: { kind: 'tree' },
        message: 'kpack as the program says',
        author: { name: 'Booternetes CI Bot', email: 'ci-bot@example.com' },
        credential: 'ops-push',
      },
      engine: { kind: 'argocd', source: 'plain', prune: true, selfHeal: true },
    },
  ],
  // A namespace each, an exact image, a probe.
  environments: asItIs.environments.map((it) => ({
    ...it,
    namespace: it.name,
    applications: it.applications.map((app) => ({
      ...app,
      services: app.services.map((service) =>
        service.name === 'cat-postgres'
          ? {
              ...service,
              containers: service.containers.map((container) => ({
                ...container,
                image: 'bitnami/postgresql:13.3.0',
                readiness: { action: { kind: 'tcp', port: 'postgres' } },
              })),
            }
          : service,
      ),
    })),
  })),
  // Each environment has a field of its own, and prod takes what dev verified, after a review.
  stages: asItIs.stages.map((it) => ({
    ...it,
    ...(it.name === 'prod'
      ? {
          intake: { from: 'stages', stages: ['dev'] },
          triggers: [{ on: 'upstreamHealthy', stages: ['dev'], by: 'poll' }],
          gate: { kind: 'pullRequest', approvals: 1, approvers: ['developer'], checks: ['render'] },
        }
      : { triggers: [{ on: 'artifactPublished', artifact: 'cat-service', by: 'poll' }] }),
    write: {
      ...it.write,
      locator: { kind: 'kustomizeImage', file: `manifests/overlays/${it.name}/kustomization.yaml`, image },
      author: { name: 'Booternetes CI Bot', email: 'ci-bot@example.com' },
    },
    engine: {
      ...it.engine,
      paths: [`manifests/overlays/${it.name}`, 'manifests/base'],
    },
  })),
  // The token that dispatches pushes nothing.
  credentials: [
    ...asItIs.credentials.map((it) =>
      it.name === 'dispatch'
        ? ({ ...it, store: { kind: 'githubActions', repository: 'cat-service', keys: ['DISPATCH_TOKEN'] } } as const)
        : inToolchain(it),
    ),
    {
      name: 'release-read',
      purpose: 'gitRead',
      holder: 'kpack',
      store: {
        kind: 'kubernetes',
        secretName: 'release-read',
        keys: ['ssh-privatekey'],
        namespace: 'kpack-builds',
      },
      scope: 'contents: read on cat-service-release',
    },
  ],
  initialReleases: { dev: release, prod: release },
};
