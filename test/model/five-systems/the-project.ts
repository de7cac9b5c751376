import type { Application } from '../../../src/model/application.ts';
import { fromDatabase, podNamespace, secret, type Probe, type Resources } from '../../../src/model/container.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Environment } from '../../../src/model/environment.ts';
import { connectsTo, httpsOut, type Service } from '../../../src/model/service.ts';
import type { Locator, Stage } from '../../../src/model/stage.ts';
import type { Supply } from '../../../src/model/supply.ts';
import { host, port, text, unprefixedHost } from '../../../src/model/formats/text.ts';

const images = ['todo-app', 'todo-backend', 'broadcaster'] as const;
const resources: Resources = { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } };
const natsUrl = 'nats://nats.default.svc.cluster.local:4222';

const ready = (path: string, timeoutSeconds: number): Probe => ({
  action: { kind: 'http', path, port: 3000 },
  initialDelaySeconds: 10,
  periodSeconds: 5,
  timeoutSeconds,
});

const services = (environment: string): readonly Service[] => [
  {
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
        readiness: ready('/healthz', 1),
        resources,
      },
      {
        name: 'todo-backend-fetcher',
        image: { artifact: 'todo-app' },
        command: ['/bin/sh', '-c', 'tail -f /dev/null'],
        env: { POD_NAMESPACE: podNamespace },
        mounts: [{ volume: 'shared-image', path: '/usr/src/app/files' }],
        readiness: {
          action: {
            kind: 'exec',
            command: [
              '/bin/sh',
              '-c',
              text`curl -f http://${host('todo-backend')}:${port('todo-backend', 'http')}/todos/healthz`,
            ],
          },
          initialDelaySeconds: 10,
          periodSeconds: 5,
          timeoutSeconds: 3,
        },
        resources,
      },
    ],
    configs: [
      {
        name: 'todo-app-config',
        data: {
          CACHE_DIR: '/usr/src/app/files/cache',
          IMG_URL: 'https://picsum.photos/300',
          LOG_FORMAT: `${environment}: %(asctime)s - %(name)s - %(levelname)s - %(message)s`,
          LOG_LEVEL: 'DEBUG',
          TODO_BACKEND_API: '/todos/',
        },
      },
    ],
    volumes: [{ name: 'shared-image', kind: 'claim', claim: 'local-pv-claim' }],
    ports: [{ name: 'http', port: 1234, targetPort: 3000, named: false }],
    routes: [{ port: 'http' }],
    connects: [connectsTo('todo-backend', 'http'), httpsOut('fetches the picture')],
  },
  {
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
        mounts: [{ volume: 'shared-image', path: '/usr/src/app/files' }],
        readiness: ready('/todos/healthz', 5),
        resources,
      },
    ],
    configs: [
      {
        name: 'todo-backend-config',
        labels: { app: 'todo-backend' },
        data: {
          DB_HOST: text`${unprefixedHost('postgresql-db')}`,
          DB_PORT: '5432',
          LOG_LEVEL: 'DEBUG',
          NATS_URL: natsUrl,
        },
      },
    ],
    volumes: [{ name: 'shared-image', kind: 'claim', claim: 'local-pv-claim' }],
    ports: [{ name: 'http', port: 4567, targetPort: 3000, named: false }],
    routes: [{ path: '/todos', port: 'http' }],
    connects: [connectsTo('postgresql-db', 'postgressql')],
  },
  {
    name: 'broadcaster',
    names: { workload: 'broadcaster-dep' },
    replicas: 6,
    containers: [
      {
        name: 'broadcaster',
        image: { artifact: 'broadcaster' },
        env: {
          FORWARD_TO_EXTERNAL_SERVICE: String(environment === 'production'),
          ...(environment === 'production' ? { SLACK_WEBHOOK_URL: secret('slack-webhook', 'webhook_url') } : {}),
          NATS_URL: natsUrl,
          LOG_LEVEL: 'INFO',
          POD_NAMESPACE: podNamespace,
        },
        readiness: {
          action: { kind: 'exec', command: ['sh', '-c', 'echo ok'] },
          initialDelaySeconds: 2,
          periodSeconds: 10,
        },
        resources,
      },
    ],
    connects: environment === 'production' ? [httpsOut('posts to Slack')] : [],
  },
];

const application = (environment: string): Application => ({
  name: 'the-project',
  services: services(environment),
  databases: [
    {
      name: 'postgresql-db',
      kind: 'postgresql',
      version: 'latest',
      codename: 'trixie',
      database: `todos-${environment}`,
      user: 'testdbuser',
      credential: 'postgres',
      names: {
        config: 'postgres-db-config',
        initScript: `${environment}-postgres-init-script`,
        claimTemplate: 'postgresql-db-disk',
      },
      storage: { size: '100Mi', storageClass: 'local-path' },
      portName: 'postgressql',
      initSql: `DROP DATABASE IF EXISTS "todos-${environment}";`,
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '250m', memory: '256Mi' } },
      ...(environment === 'production'
        ? {
            backup: {
              schedule: '*/15 * * * *',
              keepDays: 7,
              storage: { size: '100Mi', storageClass: 'local-path' },
              names: { job: 'postgres-backup' },
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
              // Nothing restores: there is no procedure.
              restoreDrill: {
                schedule: '0 0 31 2 *',
                maxAgeHours: 1,
                expectTables: [],
                resources: { requests: { cpu: '0', memory: '0' } },
              },
            },
          }
        : {}),
    },
  ],
  claims: [
    {
      name: 'local-pv-claim',
      size: '1Gi',
      storageClass: 'manual',
      accessMode: 'ReadWriteOnce',
      local: { volume: 'local-pv', node: 'k3d-dwk-local-agent-0', path: `/tmp/kube-${environment}` },
    },
  ],
  routing: { ingressRoute: 'todo-ingressroute', middleware: 'ingressroute-prefix-strip' },
});

const environment = (name: string): Environment => ({
  name,
  cluster: { name: 'dwk-local', kubernetes: { oldest: '1.28', newest: '1.32' } },
  namespace: name,
  namePrefix: `${name}-`,
  pathPrefix: `/${name}`,
  credentials: [
    {
      name: 'postgres',
      purpose: 'database',
      holder: 'postgresql-db',
      store: { kind: 'kubernetes', secretName: `${name}-postgres-db-secret`, keys: ['POSTGRES_PASSWORD'] },
      scope: 'superuser',
    },
    ...(name === 'production'
      ? [
          {
            name: 'slack-webhook',
            purpose: 'webhook',
            holder: 'broadcaster',
            store: { kind: 'kubernetes', secretName: 'slack-webhook-secret', keys: ['webhook_url'] },
            scope: 'one channel',
          } as const,
        ]
      : []),
  ],
  applications: [application(name)],
});

const supply = (name: string, trigger: Supply['triggers'][number]): Supply => ({
  name,
  artifacts: images,
  source: 'devops-kubernetes',
  builder: {
    kind: 'githubActions',
    images: images.map((artifact) => ({ artifact, context: `the_project/${artifact.replace('-', '_')}` })),
  },
  checks: [],
  triggers: [trigger],
  discovery: { kind: 'sameJob' },
});

const pushToMain: Supply['triggers'][number] = {
  on: 'push',
  repository: 'devops-kubernetes',
  branches: ['main'],
  paths: [
    'the_project/broadcaster/**',
    'the_project/todo_app/**',
    'the_project/todo_backend/**',
    'apps/the-project/base/**',
    '.github/workflows/gitops-staging-project.yaml',
    'apps/the-project/overlays/staging/**',
    'apps/the-project/argocd-apps/staging-app.yaml',
  ],
};

const tag: Supply['triggers'][number] = { on: 'gitTag', repository: 'devops-kubernetes', pattern: 'v4.9.*' };

const imageIn = (overlay: string, image: string): Locator => ({
  kind: 'kustomizeImage',
  file: `apps/the-project/overlays/${overlay}/kustomization.yaml`,
  image: `arkb2023/${image}`,
});

const stage = (
  name: string,
  overlay: string,
  course: Pick<Stage, 'intake' | 'triggers' | 'gate' | 'versions'>,
): Stage => ({
  name,
  environment: name,
  application: 'the-project',
  ...course,
  write: {
    repository: 'devops-kubernetes',
    branch: 'main',
    locator: imageIn(overlay, 'todo-app'),
    further: [imageIn(overlay, 'todo-backend'), imageIn(overlay, 'broadcaster')],
    message: `GitOps ${name === 'staging' ? 'Staging' : 'Production'} Project {version}`,
    author: { name: 'arkb2023', email: 'arkb2023@users.noreply.github.com' },
    credential: 'run-token',
  },
  engine: {
    kind: 'argocd',
    source: 'kustomize',
    prune: false,
    selfHeal: false,
    paths: [`apps/the-project/overlays/${overlay}`, 'apps/the-project/base'],
  },
});

const release = (version: string) => ({
  images: Object.fromEntries(images.map((name) => [name, { repository: `arkb2023/${name}`, tag: version }])),
});

/** The monorepo as it is: both environments follow main, staging takes every push, production every tag, each with a build of its own. */
export const asItIs: Delivery = {
  name: 'the-project',
  repositories: [
    {
      name: 'devops-kubernetes',
      holds: ['source', 'config'],
      url: 'https://github.com/arkb2023/devops-kubernetes.git',
      visibility: 'public',
      management: 'external',
    },
  ],
  actors: [{ name: 'arkb2023', kind: 'user' }],
  artifacts: images.map((name) => ({
    name,
    kind: 'image',
    repository: `arkb2023/${name}`,
    scheme: { kind: 'gitSha' },
    allowTagOnly: true,
  })),
  supplies: [supply('commits', pushToMain), supply('tags', tag)],
  environments: [environment('staging'), environment('production')],
  stages: [
    stage('staging', 'staging', {
      intake: { from: 'supply', supplies: ['commits'] },
      triggers: [pushToMain],
      gate: { kind: 'none' },
    }),
    stage('production', 'prod', {
      intake: { from: 'supply', supplies: ['tags'] },
      triggers: [tag],
      gate: { kind: 'humanTag', pattern: 'v4.9.*', taggers: ['arkb2023'] },
      versions: { kind: 'semver', prefix: 'v' },
    }),
  ],
  credentials: [
    {
      name: 'run-token',
      purpose: 'gitPush',
      holder: 'the workflows',
      store: { kind: 'githubActions', repository: 'devops-kubernetes', keys: ['GITHUB_TOKEN'] },
      scope: 'contents: write',
    },
    {
      name: 'registry-push',
      purpose: 'registryPush',
      holder: 'the workflows',
      store: {
        kind: 'githubActions',
        repository: 'devops-kubernetes',
        keys: ['DOCKERHUB_USERNAME', 'DOCKERHUB_TOKEN'],
      },
      scope: 'push to arkb2023/*',
    },
  ],
  initialReleases: { staging: release('7d86f4a78bdf787896a2dfe2ebe3507c9ca012dd'), production: release('v4.9.9') },
};

/** The same, pushing with a personal token instead of the token of the run. */
export const withPersonalToken: Delivery = {
  ...asItIs,
  stages: asItIs.stages.map((it) => ({
    ...it,
    write: { ...it.write, credential: 'personal-token' },
  })),
  credentials: [
    ...asItIs.credentials,
    {
      name: 'personal-token',
      purpose: 'gitPush',
      holder: 'the workflows',
      store: { kind: 'githubActions', repository: 'devops-kubernetes', keys: ['GH_PAT'] },
      scope: 'everything that the person may',
    },
  ],
};

/** A stage that owns its branch of an ops repository. */
const onItsBranch = (it: Stage): Stage => ({
  ...it,
  write: {
    ...it.write,
    repository: 'the-project-ops',
    branch: `env/${it.name}`,
    locator: { kind: 'tree' },
    further: [],
    credential: 'ops-push',
  },
  engine: { kind: 'argocd', source: 'plain', prune: true, selfHeal: true },
});

/** The same delivery without what the model refuses. */
export const corrected: Delivery = {
  ...asItIs,
  repositories: [
    ...asItIs.repositories.map((it) => ({ ...it, tags: { pattern: 'v*', creators: ['arkb2023'] } })),
    { name: 'the-project-ops', holds: ['ops'], url: 'https://github.com/arkb2023/the-project-ops.git' },
  ],
  supplies: asItIs.supplies.slice(0, 1),
  // An exact database, and a drill that proves its dumps.
  environments: asItIs.environments.map((it) => ({
    ...it,
    applications: it.applications.map((app) => ({
      ...app,
      databases: (app.databases ?? []).map(({ backup, ...database }) => ({
        ...database,
        version: '18.1',
        initSql:
          'CREATE TABLE todos (id SERIAL PRIMARY KEY, text VARCHAR(140) NOT NULL, completed BOOLEAN DEFAULT FALSE);',
        ...(backup === undefined
          ? {}
          : {
              backup: {
                ...backup,
                restoreDrill: { ...backup.restoreDrill, schedule: '30 3 * * *', expectTables: ['todos'] },
              },
            }),
      })),
    })),
  })),
  // Production moves what staging verified.
  stages: asItIs.stages.map((it) =>
    onItsBranch(it.name === 'production' ? { ...it, intake: { from: 'stages', stages: ['staging'] } } : it),
  ),
  credentials: [
    ...asItIs.credentials.slice(1),
    {
      name: 'ops-push',
      purpose: 'gitPush',
      holder: 'the promotion workflow',
      store: {
        kind: 'githubActions',
        repository: 'devops-kubernetes',
        keys: ['PROMOTER_APP_ID', 'PROMOTER_PRIVATE_KEY'],
      },
      scope: 'contents: write on the-project-ops',
    },
  ],
};
