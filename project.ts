/**
 * What is delivered: the todo system, in staging and in production.
 *
 * This is the file an owner edits. Everything below is typed data; what an operator changes without touching code
 * (replicas, node, registry owner, ops repository) comes from `Pulumi.<stack>.yaml` as `settings`.
 */
import {
  connectsTo,
  declareSettings,
  environmentBranch,
  fromDatabase,
  host,
  httpsOut,
  k3sDns,
  k3sTraefik,
  podNamespace,
  port,
  secret,
  text,
  unprefixedHost,
  z,
  type Application,
  type Credential,
  type Database,
  type Delivery,
  type Engine,
  type Environment,
  type Probe,
  type Release,
  type Resources,
  type Service,
  type SettingsWith,
  type Stage,
} from '@portolan-delivery/portolan';

/** A text with a pattern; what it must be, and a value to copy. */
const pattern = (expression: RegExp, must: string, example: string) =>
  z
    .string({ error: must })
    .check(z.regex(expression, { error: must }))
    .register(z.globalRegistry, { examples: [example] });

/** What an operator of the todo system sets besides what Portolan reads. */
export const ownSettings = declareSettings({
  platform: {
    /** Owner of the image repositories, e.g. a Docker Hub user or `ghcr.io/acme`. */
    registryOwner: pattern(
      /^[a-z0-9]+(([._-]+|\/|:(?=\d))[a-z0-9]+)*$/,
      'must be the owner of the image repositories in lower case, e.g. acme or ghcr.io/acme',
      'acme',
    ),
  },
  environment: {
    /** Kubernetes node that holds local volumes. */
    nodeName: z.optional(
      pattern(
        /^(?=.{1,253}$)[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/,
        'must be the name of a Kubernetes node, e.g. node-1',
        'node-1',
      ),
    ),
    /** Absolute folder on that node. */
    nodeFolder: z.optional(
      pattern(
        /^\/[^\s]*[^\s/]$/,
        'must be an absolute path without a slash at its end, e.g. /var/lib/shop',
        '/var/lib/shop',
      ),
    ),
  },
});

type Settings = SettingsWith<typeof ownSettings>;
type EnvironmentSettings = Settings['environments'][string];

/** How an environment of the todo system differs from another in kind. Numbers and addresses are settings. */
interface Place {
  readonly name: string;
  /** Posts todo events to Slack; otherwise they are only logged. */
  readonly forwardsToSlack: boolean;
  /** Dumps the database every quarter of an hour and proves every night that the newest dump restores. */
  readonly backedUp: boolean;
}

const places: readonly Place[] = [
  { name: 'staging', forwardsToSlack: false, backedUp: false },
  { name: 'production', forwardsToSlack: true, backedUp: true },
];

const standard: Resources = { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } };
const small: Resources = { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '250m', memory: '128Mi' } };
const dumping: Resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } };
const runAs = { user: 1000, group: 1000 } as const;

const http = (path: string, timing: Omit<Probe, 'action'>): Probe => ({
  action: { kind: 'http', path, port: 'http' },
  ...timing,
});

const natsPort = 4222;

const nats: Service = {
  name: 'nats',
  containers: [
    {
      name: 'nats',
      image: 'nats:2.10-alpine',
      args: ['nats-server', '--config', '/etc/nats-config/nats.conf'],
      ports: [
        { name: 'client', port: natsPort },
        { name: 'monitor', port: 8222 },
      ],
      mounts: [{ volume: 'config', path: '/etc/nats-config', readOnly: true }],
      startup: { action: { kind: 'http', path: '/healthz', port: 'monitor' }, periodSeconds: 2, failureThreshold: 30 },
      readiness: { action: { kind: 'http', path: '/healthz', port: 'monitor' }, periodSeconds: 5 },
      liveness: { action: { kind: 'http', path: '/', port: 'monitor' }, timeoutSeconds: 5 },
      resources: small,
    },
  ],
  configs: [{ name: 'nats-config', data: { 'nats.conf': `port: ${natsPort}\nhttp_port: 8222\n` } }],
  volumes: [{ name: 'config', kind: 'config', config: 'nats-config' }],
  ports: [{ name: 'client', port: natsPort, targetPort: 'client' }],
  runAs,
};

/** Ready: NATS answers a ping. */
const natsAnswers = text`import socket, sys
try:
    s = socket.create_connection(("${host('nats')}", ${port('nats', 'client')}), 3)
    s.settimeout(3)
    s.recv(4096)
    s.sendall(b'CONNECT {"verbose":false}\\r\\nPING\\r\\n')
    up = b"PONG" in s.recv(4096)
    s.close()
except OSError:
    up = False
sys.exit(0 if up else 1)
`;

/** Started and alive: the pod itself holds a connection to a NATS port. It is given five minutes; the program itself gives up after two. */
const holdsConnection = `import sys
lines = [line.split() for name in ("tcp", "tcp6") for line in open("/proc/net/" + name)]
sys.exit(0 if any(line[2].endswith(":${natsPort.toString(16).toUpperCase()}") and line[3] == "01" for line in lines) else 1)
`;

const broadcaster = (place: Place, replicas: number): Service => ({
  name: 'broadcaster',
  names: { workload: 'broadcaster-dep' },
  replicas,
  containers: [
    {
      name: 'broadcaster',
      image: { artifact: 'broadcaster' },
      env: {
        FORWARD_TO_EXTERNAL_SERVICE: String(place.forwardsToSlack),
        ...(place.forwardsToSlack ? { SLACK_WEBHOOK_URL: secret('slack-webhook', 'webhook_url') } : {}),
        NATS_URL: text`nats://${host('nats')}:${port('nats', 'client')}`,
        LOG_LEVEL: 'INFO',
        POD_NAMESPACE: podNamespace,
      },
      readiness: {
        action: { kind: 'exec', command: ['python3', '-c', natsAnswers] },
        initialDelaySeconds: 2,
        timeoutSeconds: 8,
      },
      startup: {
        action: { kind: 'exec', command: ['python3', '-c', holdsConnection] },
        periodSeconds: 5,
        timeoutSeconds: 8,
        failureThreshold: 60,
      },
      liveness: {
        action: { kind: 'exec', command: ['python3', '-c', holdsConnection] },
        periodSeconds: 30,
        timeoutSeconds: 8,
        failureThreshold: 10,
      },
      resources: standard,
    },
  ],
  connects: [connectsTo('nats', 'client'), ...(place.forwardsToSlack ? [httpsOut('posts todo events to Slack')] : [])],
  shareProcessNamespace: true,
  runAs,
});

const todoBackend: Service = {
  name: 'todo-backend',
  names: { workload: 'todo-backend-dep' },
  containers: [
    {
      name: 'todo-backend-container',
      image: { artifact: 'todo-backend' },
      env: {
        POD_NAMESPACE: podNamespace,
        POSTGRES_DB: fromDatabase('postgresql-db', 'name'),
        POSTGRES_USER: fromDatabase('postgresql-db', 'user'),
        POSTGRES_PASSWORD: fromDatabase('postgresql-db', 'password'),
      },
      envFrom: ['todo-backend-config'],
      ports: [{ name: 'http', port: 3000 }],
      startup: http('/', { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 24 }),
      readiness: http('/todos/healthz', { initialDelaySeconds: 10, periodSeconds: 5, timeoutSeconds: 5 }),
      liveness: http('/', { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }),
      preStop: ['sleep', '5'],
      resources: standard,
    },
  ],
  configs: [
    {
      name: 'todo-backend-config',
      labels: { app: 'todo-backend' },
      data: {
        // The program puts "<namespace>-" in front of this host itself.
        DB_HOST: text`${unprefixedHost('postgresql-db')}`,
        DB_PORT: text`${port('postgresql-db', 'postgressql')}`,
        LOG_LEVEL: 'DEBUG',
        NATS_URL: text`nats://${host('nats')}:${port('nats', 'client')}`,
      },
    },
  ],
  ports: [{ name: 'http', port: 4567, targetPort: 3000, named: false }],
  routes: [{ path: '/todos', port: 'http', appendSlash: true }],
  connects: [connectsTo('postgresql-db', 'postgressql'), connectsTo('nats', 'client')],
  shareProcessNamespace: true,
  runAs,
};

const todoApp: Service = {
  name: 'todo-app',
  names: { workload: 'todo-app-dep' },
  containers: [
    {
      name: 'todo-app-container',
      image: { artifact: 'todo-app' },
      env: { POD_NAMESPACE: podNamespace },
      envFrom: ['todo-app-config'],
      ports: [{ name: 'http', port: 3000 }],
      mounts: [{ volume: 'shared-image', path: '/usr/src/app/files' }],
      startup: http('/healthz', { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 24 }),
      readiness: http('/healthz', { initialDelaySeconds: 10, periodSeconds: 5 }),
      liveness: http('/healthz', { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }),
      preStop: ['sleep', '5'],
      resources: standard,
    },
    {
      // A sidecar for its probe alone: the page is Ready only while the backend and its database answer.
      name: 'todo-backend-fetcher',
      image: { artifact: 'todo-app' },
      command: ['tail', '-f', '/dev/null'],
      env: { POD_NAMESPACE: podNamespace },
      mounts: [{ volume: 'shared-image', path: '/usr/src/app/files' }],
      readiness: {
        action: {
          kind: 'exec',
          command: [
            'curl',
            '-fsS',
            '-o',
            '/dev/null',
            text`http://${host('todo-backend')}:${port('todo-backend', 'http')}/todos/healthz`,
          ],
        },
        initialDelaySeconds: 10,
        periodSeconds: 5,
        timeoutSeconds: 3,
      },
      resources: standard,
    },
  ],
  configs: [
    {
      name: 'todo-app-config',
      data: { CACHE_DIR: '/usr/src/app/files/cache', IMG_URL: 'https://picsum.photos/300', LOG_LEVEL: 'DEBUG' },
    },
  ],
  volumes: [{ name: 'shared-image', kind: 'claim', claim: 'local-pv-claim' }],
  ports: [{ name: 'http', port: 1234, targetPort: 3000, named: false }],
  routes: [{ path: '/', port: 'http' }],
  connects: [connectsTo('todo-backend', 'http'), httpsOut('fetches the picture of the hour')],
  shareProcessNamespace: true,
  runAs,
};

const title = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const postgres = (place: Place): Database => ({
  name: 'postgresql-db',
  kind: 'postgresql',
  version: '18.1',
  codename: 'trixie',
  database: `todos-${place.name}`,
  user: 'testdbuser',
  credential: 'postgres',
  names: { config: 'postgres-db-config', initScript: 'postgres-init-script', claimTemplate: 'postgresql-db-disk' },
  storage: { size: '100Mi', storageClass: 'local-path' },
  portName: 'postgressql',
  initSql: `CREATE TABLE IF NOT EXISTS todos (
  id SERIAL PRIMARY KEY,
  text VARCHAR(140) NOT NULL,
  completed BOOLEAN NOT NULL DEFAULT FALSE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO todos (text, completed)
  SELECT '${title(place.name)} Todo App Ready!', FALSE WHERE NOT EXISTS (SELECT FROM todos);
`,
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '250m', memory: '256Mi' } },
  ...(place.backedUp
    ? {
        backup: {
          schedule: '*/15 * * * *',
          keepDays: 7,
          storage: { size: '1Gi', storageClass: 'local-path' },
          names: { job: 'postgres-backup', claim: 'postgres-backup-data' },
          containerName: 'postgres-backup',
          resources: dumping,
          restoreDrill: { schedule: '30 3 * * *', maxAgeHours: 2, expectTables: ['todos'], resources: dumping },
        },
      }
    : {}),
});

const application = (place: Place, settings: EnvironmentSettings): Application => ({
  name: 'the-project',
  services: [todoApp, todoBackend, broadcaster(place, settings.replicas['broadcaster'] ?? 6), nats].map((service) => ({
    ...service,
    replicas: settings.replicas[service.name] ?? service.replicas ?? 1,
  })),
  databases: [postgres(place)],
  claims: [
    {
      name: 'local-pv-claim',
      size: '1Gi',
      storageClass: 'manual',
      accessMode: 'ReadWriteOnce',
      local: {
        volume: 'local-pv',
        node: settings.nodeName ?? 'k3d-dwk-local-agent-0',
        path: settings.nodeFolder ?? `/tmp/kube-${place.name}`,
      },
    },
  ],
  routing: { ingressRoute: 'todo-ingressroute', middleware: 'ingressroute-prefix-strip' },
});

/** How each engine is told to follow a branch, and the key that it reads the ops repository with. */
const followers = {
  argocd: {
    engine: { kind: 'argocd', source: 'plain', prune: true, selfHeal: true },
    key: { name: 'argocd-ops-read', holder: 'Argo CD', namespace: 'argocd', keys: ['sshPrivateKey'] },
  },
  flux: {
    engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1 },
    key: { name: 'flux-ops-read', holder: 'Flux', namespace: 'flux-system', keys: ['identity'] },
  },
} satisfies Readonly<Record<Engine['kind'], { readonly engine: Engine; readonly key: object }>>;

const credentials = (
  place: Place,
  follower: Engine['kind'],
  generations: Readonly<Record<string, number>>,
): readonly Credential[] => {
  const { name: reader, holder, namespace, keys } = followers[follower].key;
  const held: readonly Credential[] = [
    {
      name: 'postgres',
      purpose: 'database',
      holder: 'postgresql-db and what connects to it',
      store: { kind: 'kubernetes', secretName: `${place.name}-postgres-db-secret`, keys: ['POSTGRES_PASSWORD'] },
      scope: `superuser of todos-${place.name}`,
      origin: 'generated',
    },
    ...(place.forwardsToSlack
      ? [
          {
            name: 'slack-webhook',
            purpose: 'webhook',
            holder: 'broadcaster',
            store: { kind: 'kubernetes', secretName: 'slack-webhook-secret', keys: ['webhook_url'] },
            scope: 'posts to one Slack channel',
          } as const,
        ]
      : []),
    {
      name: reader,
      purpose: 'gitRead',
      holder,
      store: { kind: 'kubernetes', namespace, secretName: `the-project-${place.name}-ops`, keys },
      scope: 'contents: read on the ops repository',
    },
  ];
  return held.map((credential) => ({ ...credential, generation: generations[credential.name] ?? 1 }));
};

const environment = (place: Place, follower: Engine['kind'], settings: EnvironmentSettings): Environment => ({
  name: place.name,
  cluster: { name: 'dwk-local', kubernetes: { oldest: '1.28', newest: '1.36' } },
  namespace: place.name,
  namePrefix: `${place.name}-`,
  pathPrefix: `/${place.name}`,
  ...(settings.host === undefined ? {} : { host: settings.host }),
  ingress: { entryPoints: ['web'], controller: k3sTraefik },
  dns: k3sDns,
  credentials: credentials(place, follower, settings.generations),
  applications: [application(place, settings)],
});

/** A stage whose write is a whole tree on its environment's branch of the ops repository. */
const stage = (
  name: string,
  course: Pick<Stage, 'intake' | 'triggers' | 'gate' | 'versions'>,
): Omit<Stage, 'engine'> => ({
  name,
  environment: name,
  application: 'the-project',
  ...course,
  write: {
    repository: 'the-project-ops',
    branch: environmentBranch(name),
    locator: { kind: 'tree' },
    message: `GitOps ${title(name)} Project {version}`,
    author: { name: 'portolan', email: 'portolan@users.noreply.github.com' },
    credential: `promote-${name}`,
  },
});

/** The promotion app's key, as Actions secrets of one repository's GitHub environment. */
const promoter = (name: string, repository: string, environment: string, scope: string): Credential => ({
  name,
  purpose: 'gitPush',
  holder: 'portolan-promoter',
  store: { kind: 'githubActions', repository, environment, keys: ['PROMOTER_APP_ID', 'PROMOTER_PRIVATE_KEY'] },
  scope,
});

/** The key of an app that can only read. The workflow of any pull request may take it, so it must be able to do nothing else. */
const reader = (name: string, repository: string, scope: string): Credential => ({
  name,
  purpose: 'gitRead',
  holder: 'portolan-reader',
  store: { kind: 'githubActions', repository, environment: 'review', keys: ['READER_APP_ID', 'READER_PRIVATE_KEY'] },
  scope,
});

/** A Docker Hub access token, as Actions secrets of the source repository. */
const dockerHub = (environment: string, scope: string): Credential => ({
  name: `docker-hub-${environment}`,
  purpose: 'registryPush',
  holder: `the ${environment} job`,
  store: {
    kind: 'githubActions',
    repository: 'devops-kubernetes',
    environment,
    keys: ['DOCKERHUB_USERNAME', 'DOCKERHUB_TOKEN'],
  },
  scope,
});

/** What is built for every commit of the source: image, and the folder it is built in. */
const builds = [
  { artifact: 'todo-backend', context: 'the_project/todo_backend' },
  { artifact: 'todo-app', context: 'the_project/todo_app' },
  { artifact: 'broadcaster', context: 'the_project/broadcaster' },
];
const images = builds.map(({ artifact }) => artifact);

const initialRelease = (owner: string, tag: string, origin: Omit<Release, 'images'>): Release => ({
  images: Object.fromEntries(images.map((name) => [name, { repository: `${owner}/${name}`, tag }])),
  ...origin,
});

const noSettings: EnvironmentSettings = { replicas: {}, generations: {}, adopt: false };

/**
 * The whole delivery, for the settings of the stack files.
 *
 * @param follower - the engine that makes the clusters equal to the branches
 */
export default function project(settings: Settings, follower: Engine['kind'] = 'argocd'): Delivery {
  const { engine } = followers[follower];
  const { registryOwner, opsRepository, github } = settings.platform;
  const onGitHub = (name: string): string => `https://github.com/${github.owner}/${name}.git`;
  const firstCommit = '7d86f4a78bdf787896a2dfe2ebe3507c9ca012dd';
  return {
    name: 'the-project',
    repositories: [
      {
        name: 'devops-kubernetes',
        holds: ['source'],
        url: onGitHub('devops-kubernetes'),
        visibility: 'public',
        management: 'adopt',
        protection: { approvals: 1, checks: [] },
        tags: { pattern: 'v*', creators: ['maintainer'] },
      },
      {
        name: 'the-project-delivery',
        holds: ['program'],
        url: onGitHub('the-project-delivery'),
        protection: { approvals: 1, checks: ['check'] },
      },
      { name: 'the-project-ops', holds: ['ops'], url: opsRepository },
    ],
    actors: [
      { name: 'maintainer', kind: 'team' },
      { name: 'portolan-promoter', kind: 'app' },
    ],
    artifacts: images.map((name) => ({
      name,
      kind: 'image',
      repository: `${registryOwner}/${name}`,
      scheme: { kind: 'gitSha' },
      allowTagOnly: true,
    })),
    supplies: [
      {
        name: 'images',
        artifacts: images,
        source: 'devops-kubernetes',
        builder: { kind: 'githubActions', images: builds },
        checks: [],
        triggers: [{ on: 'push', repository: 'devops-kubernetes', branches: ['main'] }],
        discovery: { kind: 'sameJob' },
      },
    ],
    environments: places.map((place) => environment(place, follower, settings.environments[place.name] ?? noSettings)),
    stages: [
      stage('staging', {
        intake: { from: 'supply', supplies: ['images'] },
        triggers: [{ on: 'push', repository: 'devops-kubernetes', branches: ['main'] }],
        gate: { kind: 'none' },
      }),
      stage('production', {
        intake: { from: 'stages', stages: ['staging'] },
        triggers: [{ on: 'gitTag', repository: 'devops-kubernetes', pattern: 'v*' }],
        gate: { kind: 'pullRequest', approvals: 1, approvers: ['maintainer'], checks: ['verify'] },
        versions: { kind: 'semver', prefix: 'v' },
      }),
    ].map((each) => ({ ...each, engine })),
    credentials: [
      ...places.flatMap(({ name }) => [
        promoter(`promote-${name}`, 'devops-kubernetes', name, 'contents and pull requests: write on the-project-ops'),
        promoter(
          `publish-${name}`,
          'the-project-delivery',
          name,
          'contents and pull requests: write on the-project-ops',
        ),
      ]),
      reader('review-program', 'the-project-delivery', 'contents: read on the-project-ops'),
      reader('verify-ops', 'the-project-ops', 'contents: read on the-project-delivery'),
      dockerHub('build', `push to ${registryOwner}/*`),
      dockerHub('production', `add tags to ${registryOwner}/*`),
    ],
    initialReleases: {
      staging: initialRelease(registryOwner, firstCommit, {
        source: { repository: 'devops-kubernetes', commit: firstCommit },
      }),
      production: initialRelease(registryOwner, 'v4.9.9', { gitTag: 'v4.9.9' }),
    },
  };
}
