/**
 * What is delivered: a shop, in dev, qa and prod.
 *
 * A page, an API with migrations, workers, a job each night, mails, logs, a cache, and a database that somebody else keeps. Three images come from
 * one repository, and that of the mails from another. Everything below is typed data; hosts come from `Pulumi.<stack>.yaml` as `settings`.
 */
import {
  connectsTo,
  environmentBranch,
  fromDatabase,
  host,
  port,
  secret,
  text,
  type Application,
  type Container,
  type Credential,
  type Delivery,
  type Engine,
  type Environment,
  type EnvironmentSettings,
  type Gate,
  type Ingress,
  type Monitoring,
  type PodPeer,
  type Release,
  type Resources,
  type Service,
  type Settings,
  type Stage,
} from '@portolan-delivery/portolan';

const name = 'shop';
const registry = 'ghcr.io/acme';

/** What differs between the environments, in the order in which a release passes them. */
interface Place {
  readonly name: string;
  /** Addresses of the network that its managed database answers from. */
  readonly databases: string;
  readonly workers: { readonly min: number; readonly max: number };
  readonly gate: Gate;
}
const places: readonly Place[] = [
  {
    name: 'dev',
    databases: '10.40.0.0/24',
    workers: { min: 1, max: 2 },
    gate: { kind: 'none' },
  },
  {
    name: 'qa',
    databases: '10.41.0.0/24',
    workers: { min: 1, max: 2 },
    gate: { kind: 'none' },
  },
  {
    name: 'prod',
    databases: '10.42.0.0/24',
    workers: { min: 2, max: 8 },
    gate: { kind: 'pullRequest', approvals: 1, approvers: ['maintainers'], checks: ['verify'] },
  },
];

/** What is built, and in which repository: each image in the folder of its name. */
const sources: Readonly<Record<string, readonly string[]>> = { shop: ['front', 'api', 'worker'], mailer: ['mailer'] };
const images: readonly string[] = Object.values(sources).flat();
const repositoryOf = (source: string): string => (source === name ? name : `${name}-${source}`);

const resources = (cpu: string, memory: string): Resources => ({ requests: { cpu, memory }, limits: { memory } });

/** What is asked over HTTP whether traffic may come, and whether it must be started anew. */
const probes = (ready: string, alive: string, port: string): Pick<Container, 'readiness' | 'liveness'> => ({
  readiness: { action: { kind: 'http', path: ready, port } },
  liveness: { action: { kind: 'http', path: alive, port }, failureThreshold: 6 },
});

/** What answers HTTP on port 8080: one container, and what it is asked for. */
const serving = (image: string, size: Resources, rest: Partial<Container> = {}): Container => ({
  name: image,
  image: { artifact: image },
  ports: [{ name: 'http', port: 8080 }],
  ...probes('/ready', '/alive', 'http'),
  resources: size,
  ...rest,
});

const http = [{ name: 'http', port: 80, targetPort: 'http' }];
const metrics = { port: 'http' };
const database = {
  DATABASE_URL: text`postgresql://${host('orders')}:${port('orders', 'postgresql')}/orders`,
  DATABASE_USER: fromDatabase('orders', 'user'),
  DATABASE_PASSWORD: fromDatabase('orders', 'password'),
};

const front: Service = {
  name: 'front',
  replicas: 2,
  maxUnavailable: 1,
  containers: [serving('front', resources('50m', '128Mi'), { env: { API_URL: text`http://${host('api')}` } })],
  ports: http,
  routes: [{ port: 'http' }],
  metrics,
  connects: [connectsTo('api', 'http')],
  imagePullCredential: 'registry',
};

const api: Service = {
  name: 'api',
  replicas: 2,
  maxUnavailable: 1,
  containers: [serving('api', resources('100m', '256Mi'), { env: database, envFrom: ['api-config'] })],
  configs: [
    { name: 'api-config', data: { CACHE: text`${host('cache')}:${port('cache', 'valkey')}`, PAGE_SIZE: '50' } },
  ],
  ports: http,
  routes: [{ path: '/api', port: 'http' }],
  metrics,
  connects: [connectsTo('orders', 'postgresql'), connectsTo('cache', 'valkey')],
  jobs: [
    // No pod of the release starts before its tables are there.
    { name: 'migrate', when: { kind: 'beforeRelease' }, command: ['api', 'migrate'], deadlineSeconds: 600 },
  ],
  imagePullCredential: 'registry',
};

const worker = ({ workers }: Place): Service => ({
  name: 'worker',
  autoscaling: { ...workers, cpuPercent: 70 },
  containers: [serving('worker', resources('200m', '256Mi'), { env: database })],
  metrics,
  connects: [connectsTo('orders', 'postgresql'), connectsTo('mailer', 'http')],
  jobs: [
    {
      name: 'nightly-report',
      when: { kind: 'schedule', cron: '30 2 * * *', timeZone: 'Europe/Berlin' },
      command: ['worker', 'report', '--yesterday'],
      deadlineSeconds: 3600,
      retries: 1,
    },
  ],
  imagePullCredential: 'registry',
});

const mailer: Service = {
  name: 'mailer',
  containers: [serving('mailer', resources('50m', '64Mi'), { env: { SMTP_PASSWORD: secret('smtp', 'password') } })],
  ports: http,
  connects: [{ kind: 'internet', ports: [587], reason: 'sends mails' }],
  imagePullCredential: 'registry',
};

const cache: Service = {
  name: 'cache',
  containers: [
    {
      name: 'valkey',
      image: 'docker.io/valkey/valkey:8.1.1',
      args: ['--save', '', '--maxmemory', '96mb', '--maxmemory-policy', 'allkeys-lru'],
      ports: [{ name: 'valkey', port: 6379 }],
      readiness: { action: { kind: 'tcp', port: 'valkey' } },
      liveness: { action: { kind: 'tcp', port: 'valkey' }, failureThreshold: 6 },
      resources: resources('50m', '128Mi'),
    },
  ],
  ports: [{ name: 'valkey', port: 6379 }],
};

/** On every node, also those for other work: whatever a pod writes to its output, it hands on. It alone reads what is on its node. */
const shipper: Service = {
  name: 'logs',
  workload: 'DaemonSet',
  podSecurity: { level: 'privileged', reason: 'reads what the kubelet writes down of every pod, which root alone may' },
  runAs: { user: 0, group: 0 },
  containers: [
    {
      name: 'fluent-bit',
      image: 'docker.io/fluent/fluent-bit:4.0.3',
      args: '-H -i tail -p path=/var/log/pods/*/*/*.log -o http -p host=logs.example.net -p tls=on'.split(' '),
      ports: [{ name: 'health', port: 2020 }],
      mounts: [{ volume: 'node', path: '/var/log', readOnly: true }],
      ...probes('/', '/', 'health'),
      resources: resources('20m', '64Mi'),
    },
  ],
  volumes: [{ name: 'node', kind: 'node', path: '/var/log' }],
  scheduling: { tolerations: [{ effect: 'NoSchedule' }] },
  connects: [{ kind: 'internet', ports: [443], reason: 'hands logs to whoever keeps them' }],
};

const application = (place: Place): Application => ({
  name,
  services: [front, api, worker(place), mailer, cache, shipper],
  externalDatabases: [
    {
      name: 'orders',
      host: `orders.${place.name}.db.example.net`,
      port: 5432,
      addresses: [place.databases],
      database: 'orders',
      user: 'shop',
      credential: 'orders',
      passwordKey: 'password',
    },
  ],
});

/** A Secret that External Secrets makes of what the company's store has under its name: nobody is asked for its value. */
const kept = (
  place: string,
  credential: string,
  purpose: Credential['purpose'],
  key: string,
  scope: string,
): Credential => ({
  name: credential,
  purpose,
  holder: name,
  store: { kind: 'kubernetes', secretName: credential, keys: [key] },
  scope,
  origin: { kind: 'externalSecret', store: 'vault', remote: { [key]: { key: `${name}/${place}/${credential}` } } },
});

/** What must exist in the cluster beside what is rendered. */
const credentials = (place: string): readonly Credential[] => [
  kept(place, 'orders', 'database', 'password', 'owner of the database orders'),
  kept(place, 'smtp', 'notification', 'password', 'sends mails as orders@shop.example'),
  kept(place, 'registry', 'registryRead', '.dockerconfigjson', `pull from ${registry}`),
  {
    name: 'ops-read',
    purpose: 'gitRead',
    holder: 'Argo CD',
    store: { kind: 'kubernetes', namespace: 'argocd', secretName: `${name}-${place}-ops`, keys: ['sshPrivateKey'] },
    scope: `contents: read on ${name}-ops`,
  },
];

/** The controller that answers for the hosts, with certificates that cert-manager renews. */
const nginx: PodPeer = { namespace: 'ingress-nginx', podLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } };
const ingress: Ingress = {
  kind: 'kubernetes',
  className: 'nginx',
  tls: { kind: 'certManager', issuer: 'letsencrypt' },
  controller: nginx,
};

/** The Prometheus that asks whoever has metrics, and what it finds them by. */
const monitoring: Monitoring = {
  scraper: { namespace: 'monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } },
  labels: { release: 'kube-prometheus-stack' },
};

const environment = (place: Place, settings: EnvironmentSettings | undefined): Environment => ({
  name: place.name,
  cluster: { name: 'shop', kubernetes: { oldest: '1.30', newest: '1.36' } },
  namespace: `${name}-${place.name}`,
  namePrefix: '',
  ...(settings?.host === undefined ? {} : { host: settings.host }),
  ingress,
  monitoring,
  credentials: credentials(place.name),
  applications: [application(place)],
});

/** Who makes the cluster equal to the branch of each environment. */
const engine: Engine = { kind: 'argocd', source: 'plain', prune: true, selfHeal: true };

/**
 * What is built goes into dev; from there a release passes one environment after the other: by itself once it is healthy before, where nobody has to
 * approve it, and else by a person who proposes it.
 */
const takenFrom = (before: string, gate: Gate): Pick<Stage, 'intake' | 'triggers'> => ({
  intake: { from: 'stages', stages: [before] },
  triggers: [gate.kind === 'none' ? { on: 'upstreamHealthy', stages: [before], by: 'poll' } : { on: 'manual' }],
});
const stage = ({ name: place, gate }: Place, i: number): Stage => ({
  name: place,
  environment: place,
  application: name,
  ...(i === 0
    ? {
        intake: { from: 'supply', supplies: Object.keys(sources) },
        triggers: Object.keys(sources).map((source) => ({
          on: 'push' as const,
          repository: repositoryOf(source),
          branches: ['main'],
        })),
      }
    : takenFrom(places[i - 1]?.name ?? '', gate)),
  gate,
  write: {
    repository: `${name}-ops`,
    branch: environmentBranch(place),
    locator: { kind: 'tree' },
    message: `${name} {version} to ${place}`,
    author: { name: 'portolan', email: 'portolan@users.noreply.github.com' },
    credential: `promote-${place}`,
  },
  engine,
});

/** Keys that the workflows of a repository use, each in the GitHub environment of the job that needs it. */
const inActions = (
  credential: string,
  { purpose, holder, keys }: Pick<Credential, 'purpose' | 'holder'> & { readonly keys: readonly string[] },
  repository: string,
  place: string,
  scope: string,
): Credential => ({
  name: credential,
  purpose,
  holder,
  store: { kind: 'githubActions', repository, environment: place, keys },
  scope,
});

/** A GitHub App that may write the ops repository and read the sources, one that can only read, and the login to the registry. */
const writer = {
  purpose: 'gitPush',
  holder: 'portolan-promoter',
  keys: ['PROMOTER_APP_ID', 'PROMOTER_PRIVATE_KEY'],
} as const;
const reader = {
  purpose: 'gitRead',
  holder: 'portolan-reader',
  keys: ['READER_APP_ID', 'READER_PRIVATE_KEY'],
} as const;
/** A kubeconfig whose account looks whether what runs in the environment before is healthy, and may change nothing there. */
const looker = { purpose: 'clusterRead', holder: 'portolan-looker', keys: ['KUBECONFIG'] } as const;
const login = { purpose: 'registryPush', holder: 'the build', keys: ['GITHUB_TOKEN'] } as const;

/** What runs before anything was promoted. */
const firstCommit = '0000000000000000000000000000000000000001';
const release: Release = {
  images: Object.fromEntries(images.map((image) => [image, { repository: `${registry}/${image}`, tag: firstCommit }])),
};

/** The whole delivery, for the settings of the stack files. */
export default function project(settings: Settings): Delivery {
  const { opsRepository, github } = settings.platform;
  const onGitHub = (repository: string): string => `https://github.com/${github.owner}/${repository}.git`;
  const written = `contents and pull requests: write on ${name}-ops, contents: read on the sources`;
  return {
    name,
    repositories: [
      ...Object.keys(sources).map((source) => ({
        name: repositoryOf(source),
        holds: ['source'] as const,
        url: onGitHub(repositoryOf(source)),
        management: 'adopt' as const,
        protection: { approvals: 1, checks: [] },
      })),
      {
        name: `${name}-delivery`,
        holds: ['program'],
        url: onGitHub(`${name}-delivery`),
        protection: { approvals: 1, checks: ['check'] },
      },
      { name: `${name}-ops`, holds: ['ops'], url: opsRepository },
    ],
    actors: [
      { name: 'maintainers', kind: 'team' },
      { name: 'portolan-promoter', kind: 'app' },
    ],
    artifacts: images.map((image) => ({
      name: image,
      kind: 'image',
      repository: `${registry}/${image}`,
      scheme: { kind: 'gitSha' },
      allowTagOnly: true,
    })),
    supplies: Object.entries(sources).map(([source, built]) => ({
      name: source,
      artifacts: built,
      source: repositoryOf(source),
      builder: { kind: 'githubActions', images: built.map((image) => ({ artifact: image, context: image })) },
      checks: ['test'],
      triggers: [{ on: 'push', repository: repositoryOf(source), branches: ['main'] }],
      discovery: { kind: 'sameJob' },
    })),
    environments: places.map((place) => environment(place, settings.environments[place.name])),
    stages: places.map(stage),
    credentials: [
      ...places.flatMap(({ name: place }) => [
        inActions(`promote-${place}`, writer, name, place, written),
        inActions(`publish-${place}`, writer, `${name}-delivery`, place, written),
      ]),
      ...places
        .filter(({ gate }, i) => i > 0 && gate.kind === 'none')
        .map(({ name: place }) =>
          inActions(`look-for-${place}`, looker, `${name}-delivery`, place, 'looks, and no more'),
        ),
      inActions('promote-mailer', writer, repositoryOf('mailer'), places[0]?.name ?? '', written),
      inActions('review-program', reader, `${name}-delivery`, 'review', `contents: read on ${name}-ops`),
      inActions('verify-ops', reader, `${name}-ops`, 'review', `contents: read on ${name}-delivery`),
      ...Object.keys(sources).map((source) =>
        inActions(`registry-${source}`, login, repositoryOf(source), 'build', `push to ${registry}`),
      ),
    ],
    initialReleases: Object.fromEntries(places.map((place) => [place.name, release])),
    // A limit of CPU slows a service down that others have left room for; one of memory there must be anyway.
    policies: { cpuLimits: 'free', registries: [registry, 'docker.io'], privileged: [shipper.name] },
  };
}
