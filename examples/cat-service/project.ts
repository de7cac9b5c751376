/**
 * What is delivered: cat-service, a Spring Boot service with a database, in dev and prod.
 *
 * kpack builds it in the cluster, of a copy that tested commits alone reach; a workflow looks for what it built. Everything below is typed data;
 * contexts come from `Pulumi.<stack>.yaml` as `settings`.
 */
import {
  connectsTo,
  fromDatabase,
  host,
  k3sDns,
  port,
  text,
  type Application,
  type CheckException,
  type Credential,
  type Database,
  type Delivery,
  type Engine,
  type Environment,
  type Gate,
  type Probe,
  type Release,
  type Service,
  type Settings,
  type Stage,
  type Toolchain,
} from '@portolan-delivery/portolan';

const name = 'cat-service';
const registry = 'gcr.io/pgtm-jlong';

/** The environments, in the order in which a release passes them. */
const places: readonly string[] = ['dev', 'prod'];

/** Where kpack builds, and the namespace of it. */
const build = 'build';
const builds = `${name}-${build}`;

/** Where tested commits are copied to. */
const copy = `${name}-release`;

const health = (of: string): Probe => ({
  action: { kind: 'http', path: `/actuator/health/${of}`, port: 'http' },
  timeoutSeconds: 3,
});

/** Twenty seconds for what is asked already, after ten in which nobody asks any more: the pod is given forty. */
const properties = text`spring.datasource.url=jdbc:postgresql://${host('cat-postgres')}:${port('cat-postgres', 'postgres')}/bk
spring.datasource.username=bk
spring.flyway.baseline-on-migrate=true
management.endpoints.web.exposure.include=health,info
management.endpoint.health.probes.enabled=true
server.shutdown=graceful
spring.lifecycle.timeout-per-shutdown-phase=20s
`;

/** As it runs today: the names, and what its pods are found by. */
const cats = (place: string): Service => ({
  name,
  names: { service: name },
  replicas: place === 'prod' ? 2 : 1,
  selector: place === 'prod' ? { app: name, env: 'prod' } : { app: name },
  containers: [
    {
      name,
      image: { artifact: name },
      env: {
        SPRING_CONFIG_LOCATION:
          'optional:classpath:/,optional:classpath:/config/,optional:file:./,optional:file:./config/',
        SPRING_MAIN_CLOUD_PLATFORM: 'kubernetes',
        SPRING_DATASOURCE_PASSWORD: fromDatabase('cat-postgres', 'password'),
      },
      ports: [{ name: 'http', port: 8080 }],
      mounts: [{ volume: 'config', path: '/workspace/config', readOnly: true }],
      startup: { ...health('liveness'), periodSeconds: 5, failureThreshold: 24 },
      readiness: { ...health('readiness'), periodSeconds: 10 },
      liveness: { ...health('liveness'), periodSeconds: 10, failureThreshold: 6 },
      preStop: ['sh', '-c', 'sleep 10'],
      resources: { requests: { cpu: '200m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } },
    },
  ],
  terminationGraceSeconds: 40,
  configs: [{ name: 'cat-service-config', data: { 'application.properties': properties } }],
  volumes: [{ name: 'config', kind: 'config', config: 'cat-service-config' }],
  ports: [{ name: '8080-8080', port: 8080 }],
  connects: [connectsTo('cat-postgres', 'postgres')],
});

/** What ran without a volume, behind a port of the node, as `bk` with the password `bk`; Flyway makes its tables. */
const postgres: Database = {
  name: 'cat-postgres',
  kind: 'postgresql',
  version: '16.2',
  codename: 'bookworm',
  database: 'bk',
  user: 'bk',
  credential: 'cat-postgres',
  names: { service: 'cat-postgres' },
  storage: { size: '5Gi', storageClass: 'standard' },
  portName: 'postgres',
  resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
};

const application = (place: string): Application => ({ name, services: [cats(place)], databases: [postgres] });

/** What Argo CD reads the branches of a place with. */
const reading = (place: string, generation = 1): Credential => ({
  name: 'ops-read',
  purpose: 'gitRead',
  holder: 'Argo CD',
  store: { kind: 'kubernetes', namespace: 'argocd', secretName: `${name}-${place}-ops`, keys: ['sshPrivateKey'] },
  scope: `contents: read on ${name}-ops`,
  generation,
});

const cluster: Environment['cluster'] = {
  name: 'cats',
  kubernetes: { oldest: '1.30', newest: '1.36' },
  capacity: { cpu: '4', memory: '8Gi' },
};

const environment = (place: string, generations: Readonly<Record<string, number>>): Environment => ({
  name: place,
  cluster,
  namespace: place,
  namePrefix: `${place}-`,
  dns: k3sDns,
  credentials: [
    {
      name: 'cat-postgres',
      purpose: 'database',
      holder: 'cat-postgres and what connects to it',
      store: { kind: 'kubernetes', secretName: `${place}-cat-postgres`, keys: ['POSTGRES_PASSWORD'] },
      scope: 'owner of the database bk',
      origin: 'generated',
      generation: generations['cat-postgres'] ?? 1,
    },
    reading(place, generations['ops-read']),
  ],
  applications: [application(place)],
});

const engine: Engine = { kind: 'argocd', source: 'plain', prune: true, selfHeal: true };

/** What reaches everybody is read by somebody first. */
const reviewed: Gate = { kind: 'pullRequest', approvals: 1, approvers: ['maintainers'], checks: ['verify'] };

const write = (place: string): Stage['write'] => ({
  repository: `${name}-ops`,
  branch: `env/${place}`,
  locator: { kind: 'tree' },
  message: `${name} {version} to {environment}`,
  author: { name: 'portolan', email: 'portolan@users.noreply.github.com' },
  credential: `publish-${place}`,
});

/** What the registry has enters dev by itself; prod takes what dev verified, when a person asks and another one approves. */
const stages: readonly Stage[] = [
  {
    name: 'dev',
    environment: 'dev',
    application: name,
    intake: { from: 'supply', supplies: ['cats'] },
    triggers: [{ on: 'artifactPublished', artifact: name, by: 'poll' }],
    gate: { kind: 'none' },
    write: write('dev'),
    engine,
    // A look of kpack, a build, and a look at the registry.
    waitMinutes: 40,
  },
  {
    name: 'prod',
    environment: 'prod',
    application: name,
    intake: { from: 'stages', stages: ['dev'] },
    triggers: [{ on: 'manual' }],
    gate: reviewed,
    write: write('prod'),
    engine,
  },
];

/** Where kpack's own objects lie. Who writes them says what is in an image, so they are read as prod is. */
const toolchain: Toolchain = {
  name: build,
  cluster,
  namespace: builds,
  credentials: [reading(build)],
  gate: reviewed,
  write: { ...write(build), message: 'What builds in {environment}' },
  engine,
};

/**
 * Base images and buildpacks, each by the digest that somebody tried: `crane digest paketobuildpacks/run-jammy-base:latest` says today's. Those that stand
 * here stand for them, and name no image: `standIns` below says so to the checks.
 */
const pinned = (image: string, digit: string): string => `${image}@sha256:${digit.repeat(64)}`;

/** Keys that the workflows of a repository use, each in the GitHub environment of the job that needs it. */
const inActions = (
  credential: string,
  { purpose, holder, keys }: Pick<Credential, 'purpose' | 'holder'> & { readonly keys: readonly string[] },
  repository: string,
  environment: string,
  scope: string,
): Credential => ({
  name: credential,
  purpose,
  holder,
  store: { kind: 'githubActions', repository, environment, keys },
  scope,
});

/** A Secret that kpack reads, beside what it builds. */
const inBuilds = (secretName: string, purpose: 'registryPush' | 'gitRead', key: string, scope: string): Credential => ({
  name: secretName,
  purpose,
  holder: 'kpack',
  store: { kind: 'kubernetes', namespace: builds, secretName, keys: [key] },
  scope,
});

const app = (holder: string, prefix: string) => ({ holder, keys: [`${prefix}_APP_ID`, `${prefix}_PRIVATE_KEY`] });
const writer = { purpose: 'gitPush', ...app('portolan-promoter', 'PROMOTER') } as const;
const copier = { purpose: 'gitPush', ...app('cat-copier', 'COPIER') } as const;
const reader = { purpose: 'gitRead', ...app('portolan-reader', 'READER') } as const;

/** Take this away, and `npm run check` names each digest that is not yours yet; it refuses this as soon as all are. */
const standIns: readonly CheckException[] = ['ClusterStack', 'ClusterStore'].map((kind) => ({
  check: 'image-versions',
  object: `${kind}/${builds}.cats`,
  environment: build,
  reason: 'the digests of this example stand for those of images that somebody tries',
}));

const release: Release = {
  images: { [name]: { repository: `${registry}/${name}`, tag: 'b9.20210710.200537' } },
};

/** The whole delivery, for the settings of the stack files. */
export default function project(settings: Settings): Delivery {
  const { opsRepository, github } = settings.platform;
  const onGitHub = (repository: string): string => `https://github.com/${github.owner}/${repository}.git`;
  const written = `contents and pull requests: write on ${name}-ops`;
  return {
    name,
    // Argo CD calls them as it does today.
    followedAs: '{environment}-{delivery}',
    repositories: [
      {
        name,
        holds: ['source'],
        url: onGitHub(name),
        management: 'adopt',
        protection: { approvals: 1, checks: [] },
      },
      {
        name: copy,
        holds: ['releaseCopy'],
        url: onGitHub(copy),
        defaultBranch: 'release',
        protection: { approvals: 1, checks: [], bypass: ['cat-copier'] },
      },
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
      { name: 'cat-copier', kind: 'app' },
    ],
    artifacts: [
      {
        name,
        kind: 'image',
        repository: `${registry}/${name}`,
        // The number of a build begins again where somebody makes kpack's Image anew; the time does not.
        scheme: {
          kind: 'numeric',
          pattern: '^b(?<build>\\d+)\\.(?<date>\\d{8})\\.(?<time>\\d{6})$',
          by: ['date', 'time', 'build'],
        },
      },
    ],
    supplies: [
      {
        name: 'cats',
        artifacts: [name],
        source: name,
        toolchain: build,
        builder: {
          kind: 'kpack',
          stack: {
            id: 'io.buildpacks.stacks.jammy',
            build: pinned('paketobuildpacks/build-jammy-base', 'b'),
            run: pinned('paketobuildpacks/run-jammy-base', 'c'),
          },
          store: [pinned('paketobuildpacks/java', 'd')],
          order: ['paketo-buildpacks/java'],
          builderRepository: `${registry}/booternetes-builder`,
          pushesWith: 'kpack-push',
          readsWith: 'kpack-read',
          env: { BP_JVM_VERSION: '11', BP_OCI_TITLE: name },
          cache: { size: '2Gi' },
          pollMinutes: 1,
        },
        // The workflow of the source that runs `mvn clean verify`.
        checks: ['verify'],
        triggers: [{ on: 'push', repository: name, branches: ['main'] }],
        copiesTo: { repository: copy, branch: 'release' },
        discovery: { kind: 'registryPoll', intervalMinutes: 5 },
      },
    ],
    environments: places.map((place) => environment(place, settings.environments[place]?.generations ?? {})),
    stages,
    toolchains: [toolchain],
    credentials: [
      inBuilds('kpack-push', 'registryPush', '.dockerconfigjson', `push to ${registry}`),
      inBuilds('kpack-read', 'gitRead', 'ssh-privatekey', `contents: read on ${copy}`),
      inActions('copy', copier, name, 'copy', `contents and workflows: write on ${copy}`),
      inActions('promote-dev', writer, name, 'dev', written),
      ...[...places, build].map((place) => inActions(`publish-${place}`, writer, `${name}-delivery`, place, written)),
      inActions('review-program', reader, `${name}-delivery`, 'review', `contents: read on ${name}-ops`),
      inActions('verify-ops', reader, `${name}-ops`, 'review', `contents: read on ${name}-delivery`),
    ],
    initialReleases: Object.fromEntries(places.map((place) => [place, release])),
    exceptions: standIns,
  };
}
