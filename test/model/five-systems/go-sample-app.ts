import type { TektonBuilder } from '../../../src/model/builders/tekton-builder.ts';
import type { Application } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Environment } from '../../../src/model/environment.ts';
import type { Stage, Write } from '../../../src/model/stage.ts';
import type { Trigger } from '../../../src/model/supply.ts';

const image = 'example/go-sample-app';

const application = (environment: string): Application => ({
  name: 'go-sample-app',
  services: [
    {
      name: 'go-sample-app',
      names: { service: 'go-sample-app' },
      replicas: 1,
      ...(environment === 'prod' ? { selector: { app: 'go-sample-app', env: 'prod' } } : {}),
      containers: [
        {
          name: 'go-sample-app',
          image: { artifact: 'go-sample-app' },
          ports: [{ name: 'http', port: 8080 }],
          resources: { requests: { cpu: '0', memory: '0' } },
          ...(environment === 'prod'
            ? {
                env: { environment: 'production' },
                liveness: { action: { kind: 'http', path: '/', port: 8080 }, initialDelaySeconds: 4, periodSeconds: 3 },
                readiness: {
                  action: { kind: 'http', path: '/', port: 8080 },
                  initialDelaySeconds: 4,
                  periodSeconds: 10,
                },
                resources: { requests: { cpu: '0', memory: '256Mi' }, limits: { memory: '256Mi' } },
              }
            : {}),
        },
      ],
      ports: [{ name: '8080-8080', port: 8080 }],
    },
  ],
});

const environment = (name: string): Environment => ({
  name,
  cluster: { name: 'katacoda', kubernetes: { oldest: '1.28', newest: '1.28' } },
  namespace: name,
  namePrefix: `${name}-`,
  credentials: [],
  applications: [application(name)],
});

const writeTo = (overlay: string): Write => ({
  repository: 'go-sample-app-ops',
  branch: 'master',
  locator: { kind: 'kustomizeImage', file: `ops/overlays/${overlay}/kustomization.yaml`, image },
  message: `Automatically promoting ${overlay} version`,
  author: { name: 'build-bot', email: 'build-bot@bots.bot' },
  credential: 'github-token',
});

const engine = (overlay: string): Stage['engine'] => ({
  kind: 'argocd',
  source: 'kustomize',
  prune: false,
  selfHeal: overlay === 'prod',
  paths: [`ops/overlays/${overlay}`, 'ops/base'],
});

const release = (tag: string) => ({ images: { 'go-sample-app': { repository: image, tag } } });

/** Lint, test and Kaniko, with images by tags that move, or by what is given behind the name. */
const builtWith = (tag: string, digest?: string): TektonBuilder => {
  const tool = (name: string): string => (digest === undefined ? `${name}:${tag}` : `${name}@sha256:${digest}`);
  return {
    kind: 'tekton',
    tasks: [
      { name: 'lint', image: tool('golangci/golangci-lint'), script: 'golangci-lint run ./...' },
      { name: 'test', image: tool('golang'), script: 'go test ./...' },
    ],
    images: [{ artifact: 'go-sample-app', context: '.' }],
    tools: {
      git: tool('cgr.dev/chainguard/git'),
      kaniko: tool('ghcr.io/osscontainertools/kaniko'),
      crane: tool('cgr.dev/chainguard/crane'),
      kubectl: tool('alpine/k8s'),
    },
    listener: { address: 'https://hooks.example.com/' },
    pushesWith: 'regcred',
    workspace: { size: '500Mi' },
  };
};

/** The sample as it is once configuration has its own repository: Tekton builds pull requests, the registry's webhook promotes to dev. */
export const asItIs: Delivery = {
  name: 'go-sample-app',
  repositories: [
    {
      name: 'go-sample-app',
      holds: ['source'],
      url: 'https://github.com/example/go-sample-app.git',
      defaultBranch: 'master',
      visibility: 'public',
      management: 'external',
    },
    {
      name: 'go-sample-app-ops',
      holds: ['config'],
      url: 'https://github.com/example/go-sample-app-ops.git',
      defaultBranch: 'master',
      management: 'external',
    },
  ],
  actors: [{ name: 'maintainer', kind: 'user' }],
  artifacts: [
    {
      name: 'go-sample-app',
      kind: 'image',
      repository: image,
      scheme: {
        kind: 'numeric',
        pattern:
          '^(?<year>\\d{4})\\.(?<month>\\d{2})\\.(?<day>\\d{2})-(?<hour>\\d{2})\\.(?<minute>\\d{2})\\.(?<second>\\d{2})$',
        by: ['year', 'month', 'day', 'hour', 'minute', 'second'],
      },
    },
  ],
  supplies: [
    {
      name: 'tekton',
      artifacts: ['go-sample-app'],
      source: 'go-sample-app',
      builder: builtWith('latest'),
      checks: [],
      triggers: [{ on: 'pullRequest', repository: 'go-sample-app', by: 'webhook' }],
      discovery: { kind: 'registryWebhook', exclude: ['latest'] },
      buildsUnmerged: true,
    },
  ],
  environments: [environment('dev'), environment('prod')],
  stages: [
    {
      name: 'dev',
      environment: 'dev',
      application: 'go-sample-app',
      intake: { from: 'supply', supplies: ['tekton'] },
      triggers: [{ on: 'artifactPublished', artifact: 'go-sample-app', by: 'webhook' }],
      gate: { kind: 'none' },
      write: writeTo('dev'),
      promoter: { kind: 'tekton', image: 'node:latest' },
      engine: engine('dev'),
    },
    {
      name: 'prod',
      environment: 'prod',
      application: 'go-sample-app',
      intake: { from: 'stages', stages: ['dev'] },
      triggers: [{ on: 'manual' }],
      gate: { kind: 'none', accepted: 'a person edits the overlay and pushes' },
      write: writeTo('prod'),
      engine: engine('prod'),
    },
  ],
  credentials: [
    {
      name: 'github-token',
      purpose: 'gitPush',
      holder: 'build-bot',
      store: { kind: 'kubernetes', secretName: 'github-token', keys: ['GITHUB_TOKEN'], namespace: 'default' },
      scope: 'repo',
    },
    {
      name: 'regcred',
      purpose: 'registryPush',
      holder: 'build-bot',
      store: { kind: 'kubernetes', secretName: 'regcred', keys: ['.dockerconfigjson'], namespace: 'default' },
      scope: 'push to Docker Hub',
    },
  ],
  initialReleases: { dev: release('1.0.1'), prod: release('1.0.1') },
};

/** Everything in the source repository, as before the advice: the promotion's commit starts the build that promotes. */
export const inOneRepository = (...triggers: readonly Trigger[]): Delivery => ({
  ...asItIs,
  repositories: asItIs.repositories.slice(0, 1).map((it) => ({ ...it, holds: ['source', 'config'] })),
  supplies: asItIs.supplies.map((it) => ({ ...it, triggers })),
  stages: asItIs.stages.map((it) => ({
    ...it,
    write: { ...it.write, repository: 'go-sample-app' },
  })),
});

/** A push to the source repository, as GitHub's webhook reports it. */
export const push: Extract<Trigger, { readonly on: 'push' }> = {
  on: 'push',
  repository: 'go-sample-app',
  branches: ['master'],
  by: 'webhook',
  authentication: 'hook',
};

/** kpack builds the branch itself, beside the promotion into the same repository. */
export const withKpack: Delivery = {
  ...inOneRepository({ on: 'manual' }),
  supplies: asItIs.supplies.map((it) => ({
    ...it,
    builder: {
      kind: 'kpack',
      stack: {
        id: 'io.buildpacks.stacks.bionic',
        build: 'paketobuildpacks/build:base',
        run: 'paketobuildpacks/run:base',
      },
      store: ['gcr.io/paketo-buildpacks/builder:base-platform-api-0.3'],
      order: [],
      builderRepository: 'example/builder',
      pushesWith: 'regcred',
      pollMinutes: 5,
    },
    triggers: [{ on: 'manual' }],
  })),
};

const proof = (name: string) =>
  ({
    name,
    purpose: 'triggerAuthentication',
    holder: 'the event listeners',
    store: { kind: 'kubernetes', secretName: name, keys: ['token'], namespace: 'default' },
    scope: 'proves who calls',
  }) as const;

/** The same delivery without what the model refuses. */
export const corrected: Delivery = {
  ...asItIs,
  // Merged code alone is built, and both webhooks prove themselves.
  supplies: asItIs.supplies.map((it) => ({
    ...it,
    triggers: [
      { on: 'push', repository: 'go-sample-app', branches: ['master'], by: 'webhook', authentication: 'github-hook' },
    ],
    discovery: { kind: 'registryWebhook', exclude: ['latest'], authentication: 'registry-hook' },
    builder: builtWith('', 'ab12cd34'.repeat(7).concat('0f1e2d3c')),
    buildsUnmerged: false,
  })),
  // The dev overlay has the probes of prod.
  environments: asItIs.environments.map((it) => ({
    ...it,
    applications: it.applications.map((app) => ({
      ...app,
      services: app.services.map((service) => ({
        ...service,
        containers: service.containers.map((container) => ({
          ...container,
          readiness: { action: { kind: 'http', path: '/', port: 8080 } },
        })),
      })),
    })),
  })),
  stages: asItIs.stages.map((it) => ({
    ...it,
    ...(it.name === 'dev'
      ? {
          triggers: [
            { on: 'artifactPublished', artifact: 'go-sample-app', by: 'webhook', authentication: 'registry-hook' },
          ],
          promoter: { kind: 'tekton', image: `node@sha256:${'ab12cd34'.repeat(7)}0f1e2d3c` },
        }
      : {}),
  })),
  credentials: [...asItIs.credentials, proof('github-hook'), proof('registry-hook')],
  initialReleases: { dev: release('2020.06.21-12.00.00'), prod: release('2020.06.21-12.00.00') },
};
