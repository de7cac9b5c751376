import type { Application } from '../../src/model/application.ts';
import type { Container } from '../../src/model/container.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Database } from '../../src/model/database.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Environment, Toolchain } from '../../src/model/environment.ts';
import { host, port, text, unprefixedHost } from '../../src/model/formats/text.ts';
import type { Release } from '../../src/model/release.ts';
import type { Service } from '../../src/model/service.ts';
import type { Stage } from '../../src/model/stage.ts';
import type { Trigger } from '../../src/model/supply.ts';
import { validDelivery, withContainer, withEnvironment } from '../support/valid-delivery.ts';

const resources = { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } } as const;

const searching: Container = {
  name: 'search',
  image: { artifact: 'search' },
  args: ['--orders', text`http://${host('orders')}:${port('orders', 'http')}/`],
  ports: [
    { name: 'grpc', port: 9000 },
    { name: 'gossip', port: 9001, protocol: 'UDP' },
  ],
  mounts: [
    { volume: 'licence', path: '/etc/licence', readOnly: true },
    { volume: 'cache', path: '/var/cache/search', subPath: 'index' },
  ],
  startup: { action: { kind: 'grpc', port: 9000 }, failureThreshold: 30 },
  readiness: { action: { kind: 'grpc', port: 9000, service: 'ready' }, successThreshold: 2 },
  liveness: { action: { kind: 'grpc', port: 9000 } },
  resources: { ...resources, limits: { memory: '128Mi' } },
  runAsUser: 10002,
  writableRootFilesystem: true,
};

/** A service that says what the others leave to its defaults. */
const search: Service = {
  name: 'search',
  workload: 'StatefulSet',
  replicas: 3,
  maxUnavailable: 1,
  serviceLabels: { team: 'finders' },
  initContainers: [
    {
      name: 'unpack',
      image: 'busybox:1.37.0',
      command: ['tar', '-x', '-f', '/etc/licence/index.tar', '-C', '/var/cache/search'],
      mounts: [{ volume: 'licence', path: '/etc/licence', readOnly: true }],
      resources,
    },
  ],
  containers: [searching],
  volumes: [
    { name: 'licence', kind: 'secret', credential: 'search-licence' },
    { name: 'cache', kind: 'emptyDir', sizeLimit: '1Gi' },
  ],
  ports: [{ name: 'grpc', port: 9000 }],
  routes: [{ path: '/search', host: 'search.shop.example', port: 'grpc', appendSlash: true }],
  connects: [{ kind: 'service', to: 'orders', port: 'http' }],
  terminationGraceSeconds: 60,
  shareProcessNamespace: true,
  runAs: { user: 10001, group: 10001 },
};

const kept = ({ backup: _, ...database }: Database): Database => ({
  ...database,
  passwordKey: 'OWNER_PASSWORD',
  names: { workload: 'orders-postgres', service: 'orders-postgres' },
  mountPath: '/srv',
  dataDirectory: '/srv/18/data',
  initdbArgs: '--encoding=UTF-8 --data-checksums',
  upgradesFrom: '17',
  backup: {
    schedule: '0 2 * * *',
    keepDays: 7,
    storage: { size: '1Gi', storageClass: 'local-path' },
    deadlineSeconds: 900,
    names: { job: 'orders-dump', claim: 'orders-dumps' },
    containerName: 'dump',
    resources,
    restoreDrill: { schedule: '0 4 * * 0', maxAgeHours: 26, expectTables: ['orders'], resources },
  },
});

const application = ({ services, databases = [], ...shop }: Application): Application => ({
  ...shop,
  services: [
    ...services.map((service): Service =>
      service.name === 'payments' ? { ...service, strategy: 'Recreate', progressDeadlineSeconds: 300 } : service,
    ),
    search,
  ],
  databases: databases.map(kept),
  objects: [
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: {
        name: 'dev-quota',
        namespace: 'dev',
        labels: { team: 'platform' },
        annotations: { 'shop.example/contact': 'platform@shop.example' },
      },
      spec: { hard: { pods: '50' } },
    },
  ],
  patches: [
    {
      kind: 'Deployment',
      name: 'dev-payments',
      namespace: 'dev',
      apiVersion: 'apps/v1',
      merge: { spec: { revisionHistoryLimit: 3 } },
      reason: 'old ReplicaSets hide the new ones in the dashboard',
    },
  ],
});

const dev = (environment: Environment): Environment => ({
  ...environment,
  cluster: { ...environment.cluster, server: 'https://10.0.0.1:6443', engineNamespace: 'gitops' },
  namespaces: ['dev-indexes'],
  furtherNamespaces: ['monitoring'],
  host: 'shop.example',
  ingress: {
    kind: 'traefik',
    entryPoints: ['websecure'],
    tls: { kind: 'certManager', issuer: 'letsencrypt' },
    controller: { namespace: 'traefik', podLabels: { app: 'traefik' } },
  },
  dns: { namespace: 'kube-system', podLabels: { 'k8s-app': 'coredns' } },
  applications: environment.applications.map(application),
  patches: [
    {
      kind: 'Namespace',
      name: 'dev',
      merge: { metadata: { annotations: { 'shop.example/contact': 'platform@shop.example' } } },
      reason: 'the platform asks for a contact in every namespace',
    },
  ],
  credentials: [
    ...environment.credentials.map((credential): Credential => {
      if (credential.store.kind !== 'kubernetes') return credential;
      return credential.purpose === 'database'
        ? { ...credential, generation: 2, store: { ...credential.store, keys: ['OWNER_PASSWORD'] } }
        : { ...credential, store: { ...credential.store, namespace: 'gitops' } };
    }),
    {
      name: 'search-licence',
      purpose: 'webhook',
      holder: 'search',
      store: { kind: 'kubernetes', secretName: 'search-licence', keys: ['index.tar'] },
      scope: 'one licence',
    },
  ],
});

const searchImage = { repository: 'acme/search', tag: 'v2.1.0', digest: `sha256:${'5ea4c'.padEnd(64, '0')}` } as const;

const built: Release = {
  images: {},
  source: { repository: 'shop', commit: '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd' },
  gitTag: 'v1.0.0',
};

const shop = validDelivery();
const [, prodStage] = shop.stages as readonly [Stage, Stage];
const [, prodPlace] = shop.environments as readonly [Environment, Environment];
const weekly: Trigger = { on: 'schedule', cron: '0 3 * * 1' };

const searchTools: Toolchain = {
  name: 'tools',
  cluster: prodPlace.cluster,
  namespace: 'search-tools',
  namespaces: ['search-builds'],
  credentials: [
    {
      name: 'finder',
      purpose: 'registryPush',
      holder: 'the builder of the search engine',
      store: { kind: 'kubernetes', secretName: 'finder', keys: ['password'], namespace: 'search-builds' },
      scope: 'write on acme/search',
    },
  ],
  objects: [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'finder', namespace: 'search-builds' },
      data: { size: '2Gi' },
    },
  ],
  gate: prodStage.gate,
  write: { ...prodStage.write, branch: 'env/tools' },
  engine: prodStage.engine,
  emergency: ['alice'],
  patches: [
    {
      kind: 'Namespace',
      name: 'search-builds',
      merge: { metadata: { labels: { team: 'finders' } } },
      reason: 'the finders are billed for what they build',
    },
  ],
};

/** A delivery without a problem that says the words which are carried out and which no other delivery of the tests says. */
export const everyWord: Delivery = {
  ...withEnvironment(shop, 'dev', dev),
  gitHubHost: 'github.shop.example',
  repositories: [
    ...shop.repositories.map((it) => ({ ...it, url: it.url.replace('github.com', 'github.shop.example') })),
    {
      name: 'search-engine',
      holds: ['source'],
      url: 'https://github.shop.example/finders/search-engine.git',
      management: 'external',
    },
  ],
  actors: shop.actors.map((it) => (it.kind === 'app' ? { ...it, slug: 'shop-promoter' } : it)),
  artifacts: [
    ...shop.artifacts,
    {
      name: 'search',
      kind: 'image',
      repository: 'acme/search',
      scheme: { kind: 'semver', prefix: 'v', range: '>=2.0.0' },
    },
  ],
  supplies: [
    ...shop.supplies.map((it) =>
      it.builder.kind === 'githubActions'
        ? {
            ...it,
            buildMinutes: 45,
            triggers: [
              ...it.triggers,
              weekly,
              {
                on: 'pullRequest' as const,
                repository: 'shop',
                branches: ['main'],
                paths: ['orders/**', 'payments/**'],
              },
            ],
            builder: {
              ...it.builder,
              images: it.builder.images.map((image) => ({ ...image, dockerfile: `${image.context}/Dockerfile` })),
            },
          }
        : it,
    ),
    {
      name: 'search',
      artifacts: ['search'],
      source: 'search-engine',
      builder: { kind: 'external', by: 'the team of the search engine' },
      checks: [],
      triggers: [{ on: 'push', repository: 'search-engine', branches: ['v2'] }],
      toolchain: 'tools',
      discovery: { kind: 'sameJob' },
      branchReason: 'version 2 is what customers run',
    },
  ],
  stages: shop.stages.map((it): Stage =>
    it.name === 'dev'
      ? {
          ...it,
          intake: { from: 'supply', supplies: ['images', 'search'] },
          triggers: [...it.triggers, weekly],
          promoter: { kind: 'githubActions' },
        }
      : { ...it, intake: { from: 'supply', supplies: ['images'] }, rebuild: true, toolchain: 'tools' },
  ),
  toolchains: [searchTools],
  credentials: shop.credentials.map((it) =>
    it.purpose === 'registryPush' && it.store.kind === 'githubActions'
      ? { ...it, registry: 'docker.io', store: { ...it.store, approvers: ['alice'] } }
      : it,
  ),
  initialReleases: {
    ...shop.initialReleases,
    dev: {
      images: { ...shop.initialReleases['dev']?.images, search: searchImage },
      sources: {
        shop: '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd',
        'search-engine': '86a1c94e20d5b7f8036e9a12cd4f2a9c1d7be035',
      },
    },
    prod: { ...built, images: { ...shop.initialReleases['prod']?.images } },
  },
  exceptions: [
    {
      check: 'resources',
      object: 'StatefulSet/dev-search',
      field: 'spec.template.spec.containers[0].resources.limits',
      environment: 'dev',
      reason: 'searches may use whatever CPU is idle',
    },
  ],
};

/** A program that puts the namespace in front of a host itself, and is told which application the host is of. */
const asksByNamespace = (container: Container): Container => ({
  ...container,
  env: { ...container.env, ORDERS_HOST: text`${unprefixedHost('orders', 'shop')}` },
});

/** A delivery that says the words which nothing carries out yet and which no other delivery of the tests says: it is refused for them. */
export const everyRefusedWord: Delivery = {
  ...withContainer(shop, 'dev', 'orders', asksByNamespace),
  supplies: shop.supplies.map((it) => ({
    ...it,
    builder: { kind: 'chartReleaser', chart: 'charts/shop' },
    discovery: { kind: 'registryPoll', attempts: 40 },
    triggers: [...it.triggers, { on: 'pullRequest', repository: 'shop', branches: ['main'], paths: ['orders/**'] }],
    buildsUnmerged: true,
  })),
  stages: shop.stages.map((it): Stage => ({
    ...it,
    ...(it.name === 'dev' ? { waitMinutes: 45 } : {}),
    acceptsUnmerged: 'developers try their branches in dev',
  })),
};
