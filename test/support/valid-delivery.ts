import type { Application } from '../../src/model/application.ts';
import { fromDatabase, podNamespace, secret } from '../../src/model/container.ts';
import type { Container, Resources } from '../../src/model/container.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Backup, Database } from '../../src/model/database.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Environment } from '../../src/model/environment.ts';
import type { Release } from '../../src/model/release.ts';
import { connectsTo, httpsOut } from '../../src/model/service.ts';
import type { Service } from '../../src/model/service.ts';
import type { Stage, Write } from '../../src/model/stage.ts';
import { host, port, text } from '../../src/model/formats/text.ts';

const resources: Resources = { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } };

const orders = (environment: string): Service => ({
  name: 'orders',
  replicas: 2,
  containers: [
    {
      name: 'orders',
      image: { artifact: 'orders' },
      env: {
        POD_NAMESPACE: podNamespace,
        DB_HOST: fromDatabase('orders-db', 'host'),
        DB_PASSWORD: fromDatabase('orders-db', 'password'),
        PAYMENTS_URL: text`http://${host('payments')}:${port('payments', 'http')}/`,
      },
      envFrom: ['orders-config'],
      ports: [{ name: 'http', port: 8080 }],
      mounts: [{ volume: 'uploads', path: '/var/uploads' }],
      readiness: { action: { kind: 'http', path: '/healthz', port: 'http' } },
      liveness: { action: { kind: 'http', path: '/healthz', port: 'http' }, failureThreshold: 6 },
      resources,
    },
  ],
  configs: [{ name: 'orders-config', data: { LOG_LEVEL: 'INFO', ENVIRONMENT: environment } }],
  volumes: [{ name: 'uploads', kind: 'claim', claim: 'uploads' }],
  ports: [{ name: 'http', port: 80, targetPort: 8080 }],
  routes: [{ port: 'http' }],
  connects: [connectsTo('orders-db', 'postgresql'), connectsTo('payments', 'http')],
});

const payments = (environment: string): Service => ({
  name: 'payments',
  containers: [
    {
      name: 'payments',
      image: { artifact: 'payments' },
      env: environment === 'prod' ? { BANK_TOKEN: secret('bank-token', 'token') } : {},
      ports: [{ name: 'http', port: 8080 }],
      readiness: { action: { kind: 'http', path: '/healthz', port: 'http' } },
      liveness: { action: { kind: 'http', path: '/healthz', port: 'http' }, failureThreshold: 6 },
      resources,
    },
  ],
  ports: [{ name: 'http', port: 80, targetPort: 8080 }],
  routes: [{ path: '/payments', port: 'http' }],
  ...(environment === 'prod' ? { connects: [httpsOut('the bank')] } : {}),
});

const backup: Backup = {
  schedule: '0 2 * * *',
  keepDays: 7,
  storage: { size: '1Gi', storageClass: 'local-path' },
  resources,
  restoreDrill: { schedule: '0 4 * * 0', maxAgeHours: 26, expectTables: ['orders'], resources },
};

const ordersDb = (environment: string): Database => ({
  name: 'orders-db',
  kind: 'postgresql',
  version: '18.1',
  codename: 'trixie',
  database: 'orders',
  user: 'orders',
  credential: 'orders-db-password',
  storage: { size: '100Mi', storageClass: 'local-path' },
  initSql: 'CREATE TABLE IF NOT EXISTS orders (id SERIAL PRIMARY KEY);',
  resources,
  ...(environment === 'prod' ? { backup } : {}),
});

const shop = (environment: string): Application => ({
  name: 'shop',
  services: [orders(environment), payments(environment)],
  databases: [ordersDb(environment)],
  claims: [
    {
      name: 'uploads',
      size: '1Gi',
      storageClass: 'manual',
      accessMode: 'ReadWriteOnce',
      local: { volume: 'uploads-volume', node: 'node-1', path: `/data/${environment}` },
    },
  ],
});

const databasePassword = (environment: string): Credential => ({
  name: 'orders-db-password',
  purpose: 'database',
  holder: 'orders-db',
  store: { kind: 'kubernetes', secretName: `${environment}-orders-db-secret`, keys: ['POSTGRES_PASSWORD'] },
  scope: 'owner of the database orders',
  origin: 'generated',
});

const bankToken: Credential = {
  name: 'bank-token',
  purpose: 'webhook',
  holder: 'payments',
  store: { kind: 'kubernetes', secretName: 'bank-token', keys: ['token'] },
  scope: 'payments at the bank',
};

const opsRead = (environment: string): Credential => ({
  name: 'ops-read',
  purpose: 'gitRead',
  holder: 'Argo CD',
  store: { kind: 'kubernetes', secretName: `shop-ops-${environment}`, keys: ['sshPrivateKey'], namespace: 'argocd' },
  scope: 'contents: read on shop-ops',
});

/** An environment of {@link validDelivery}, under whatever name. */
export const environmentNamed = (name: string): Environment => ({
  name,
  cluster: {
    name: 'local',
    kubernetes: { oldest: '1.30', newest: '1.36' },
    capacity: { cpu: '4', memory: '8Gi' },
  },
  namespace: name,
  namePrefix: `${name}-`,
  pathPrefix: `/${name}`,
  credentials: [databasePassword(name), opsRead(name), ...(name === 'prod' ? [bankToken] : [])],
  applications: [shop(name)],
});

const writeTo = (environment: string): Write => ({
  repository: 'shop-ops',
  branch: `env/${environment}`,
  locator: { kind: 'tree' },
  message: 'Release {environment} {version}',
  author: { name: 'shop-promoter', email: 'promoter@example.com' },
  credential: 'promotion',
});

const engine: Stage['engine'] = {
  kind: 'argocd',
  source: 'plain',
  prune: true,
  selfHeal: true,
};

const releaseOf = (tag: string): Release => ({
  images: { orders: { repository: 'acme/orders', tag }, payments: { repository: 'acme/payments', tag } },
});

/**
 * A small delivery without a problem: the application `shop` (services `orders` and `payments`, database `orders-db`,
 * claim `uploads`) in `dev` and `prod`. A push to main reaches `dev`; a tag moves what `dev` verified to `prod`, through
 * a pull request. Only `prod` is backed up.
 */
export function validDelivery(): Delivery {
  return {
    name: 'shop',
    repositories: [
      {
        name: 'shop',
        holds: ['source', 'program'],
        url: 'https://github.com/acme/shop.git',
        protection: { approvals: 1, checks: ['test'] },
        tags: { pattern: 'v*', creators: ['releasers'] },
      },
      { name: 'shop-ops', holds: ['ops'], url: 'https://github.com/acme/shop-ops.git' },
    ],
    actors: [
      { name: 'releasers', kind: 'team' },
      { name: 'alice', kind: 'user' },
      { name: 'promoter', kind: 'app' },
    ],
    artifacts: [
      { name: 'orders', kind: 'image', repository: 'acme/orders', scheme: { kind: 'gitSha' } },
      { name: 'payments', kind: 'image', repository: 'acme/payments', scheme: { kind: 'gitSha' } },
    ],
    supplies: [
      {
        name: 'images',
        artifacts: ['orders', 'payments'],
        source: 'shop',
        builder: {
          kind: 'githubActions',
          images: [
            { artifact: 'orders', context: 'orders' },
            { artifact: 'payments', context: 'payments' },
          ],
        },
        checks: [],
        triggers: [{ on: 'push', repository: 'shop', branches: ['main'] }],
        discovery: { kind: 'sameJob' },
      },
    ],
    environments: [environmentNamed('dev'), environmentNamed('prod')],
    stages: [
      {
        name: 'dev',
        environment: 'dev',
        application: 'shop',
        intake: { from: 'supply', supplies: ['images'] },
        triggers: [{ on: 'push', repository: 'shop', branches: ['main'] }],
        gate: { kind: 'none' },
        write: writeTo('dev'),
        engine,
      },
      {
        name: 'prod',
        environment: 'prod',
        application: 'shop',
        intake: { from: 'stages', stages: ['dev'] },
        triggers: [{ on: 'gitTag', repository: 'shop', pattern: 'v*' }],
        gate: { kind: 'pullRequest', approvals: 1, approvers: ['releasers'], checks: ['verify'] },
        write: { ...writeTo('prod'), mode: 'pullRequest' },
        engine,
        versions: { kind: 'semver', prefix: 'v' },
        emergency: ['alice'],
      },
    ],
    credentials: [
      {
        name: 'promotion',
        purpose: 'gitPush',
        holder: 'the promotion workflow',
        store: {
          kind: 'githubActions',
          repository: 'shop',
          environment: 'promotion',
          keys: ['PROMOTION_APP_ID', 'PROMOTION_APP_KEY'],
        },
        scope: 'contents and pull requests: write on shop-ops',
      },
      {
        name: 'registry',
        purpose: 'registryPush',
        holder: 'the build workflow',
        store: {
          kind: 'githubActions',
          repository: 'shop',
          environment: 'build',
          keys: ['REGISTRY_USERNAME', 'REGISTRY_TOKEN'],
        },
        scope: 'write on acme/orders and acme/payments',
      },
    ],
    initialReleases: {
      dev: releaseOf('4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd'),
      prod: releaseOf('v1.0.0'),
    },
  };
}

const changed = <Item extends { readonly name: string }>(
  items: readonly Item[],
  name: string,
  change: (item: Item) => Item,
): readonly Item[] => items.map((item) => (item.name === name ? change(item) : item));

/** The delivery with one environment changed. */
export const withEnvironment = (
  delivery: Delivery,
  name: string,
  change: (environment: Environment) => Environment,
): Delivery => ({
  ...delivery,
  environments: changed(delivery.environments, name, change),
});

/** The delivery with the application of one environment changed. */
export const withApplication = (
  delivery: Delivery,
  environment: string,
  change: (application: Application) => Application,
): Delivery => withEnvironment(delivery, environment, (it) => ({ ...it, applications: it.applications.map(change) }));

/** The delivery with one service of one environment changed. */
export const withService = (
  delivery: Delivery,
  environment: string,
  name: string,
  change: (service: Service) => Service,
): Delivery =>
  withApplication(delivery, environment, (it) => ({ ...it, services: changed(it.services, name, change) }));

/** The delivery with the first container of one service of one environment changed. */
export const withContainer = (
  delivery: Delivery,
  environment: string,
  service: string,
  change: (container: Container) => Container,
): Delivery =>
  withService(delivery, environment, service, (it) => ({
    ...it,
    containers: it.containers.map((container, i) => (i === 0 ? change(container) : container)),
  }));

/** The delivery with one database of one environment changed. */
export const withDatabase = (
  delivery: Delivery,
  environment: string,
  name: string,
  change: (database: Database) => Database,
): Delivery =>
  withApplication(delivery, environment, (it) => ({ ...it, databases: changed(it.databases ?? [], name, change) }));

/** The delivery with one stage changed. */
export const withStage = (delivery: Delivery, name: string, change: (stage: Stage) => Stage): Delivery => ({
  ...delivery,
  stages: changed(delivery.stages, name, change),
});

/** The delivery with a stage that pushes with the token which GitHub makes for each run. */
export const withRunToken = (delivery: Delivery, stage: string): Delivery => {
  const token: Credential = {
    name: 'run-token',
    purpose: 'gitPush',
    holder: 'the workflows',
    store: { kind: 'githubActions', repository: 'shop', keys: ['GITHUB_TOKEN'] },
    scope: 'contents: write',
  };
  return withStage({ ...delivery, credentials: [...delivery.credentials, token] }, stage, (it) => ({
    ...it,
    write: { ...it.write, credential: token.name },
  }));
};
