/**
 * What is delivered: Craftista, a shop of origami, in dev, staging and prod.
 *
 * Five applications that move apart: four services, each from a repository of its own, and the database of one of them. Everything below is
 * typed data; hosts and contexts come from `Pulumi.<stack>.yaml` as `settings`.
 */
import {
  applicationBranch,
  connectsTo,
  fromDatabase,
  host,
  k3sDns,
  port,
  text,
  type Application,
  type Connection,
  type Credential,
  type Database,
  type Delivery,
  type Engine,
  type Environment,
  type EnvironmentSettings,
  type EnvValue,
  type Gate,
  type PodPeer,
  type Probe,
  type Release,
  type Service,
  type Settings,
  type Stage,
  type Toolchain,
} from '@portolan-delivery/portolan';

const name = 'craftista';
const registry = 'nitheesh86';

/** The environments, in the order in which a release passes them. */
const places: readonly string[] = ['dev', 'staging', 'prod'];

/** A service that is built, and what differs between one and another. */
interface Microservice {
  readonly name: string;
  /** The version that runs in every environment today. */
  readonly version: string;
  /** What its program listens on. */
  readonly listens: number;
  /** What others ask its Service for. */
  readonly port: number;
  readonly cpu: string;
  readonly connects: readonly Connection[];
}

/** An application has one service, which is called as it is, and one port, which is called `http`. */
const to = (service: string): Connection => connectsTo(service, 'http', service);
const addressOf = (service: string) => [host(service, service), port(service, 'http', service)] as const;

const microservices: readonly Microservice[] = [
  {
    name: 'frontend',
    version: '1.0.11',
    listens: 3000,
    port: 3000,
    cpu: '100m',
    connects: [to('catalogue'), to('recommendation'), to('voting')],
  },
  {
    name: 'catalogue',
    version: '1.0.1',
    listens: 5000,
    port: 5000,
    cpu: '200m',
    connects: [connectsTo('catalogue-db', 'postgres', 'catalogue-db')],
  },
  { name: 'recommendation', version: '1.0.2', listens: 8080, port: 8080, cpu: '100m', connects: [] },
  // The one whose Service has another number than its program: nobody may write it by hand.
  { name: 'voting', version: '1.0.1', listens: 8080, port: 8081, cpu: '200m', connects: [to('catalogue')] },
];

/** Whose versions a release brings. */
const released: readonly string[] = microservices.map((service) => service.name);

/** Ready: the page is served. Alive: the port is open. A JVM may need two minutes. */
const page: Probe = { action: { kind: 'http', path: '/', port: 'http' }, timeoutSeconds: 5 };
const open: Probe = { action: { kind: 'tcp', port: 'http' }, failureThreshold: 6 };
const started: Probe = { ...open, periodSeconds: 5, failureThreshold: 24 };

/** Every service: as the charts had it, with probes and limits. */
function base({ name, listens, port: asked, cpu, connects }: Microservice, settings: EnvironmentSettings): Service {
  return {
    name,
    names: { service: name },
    replicas: settings.replicas[name] ?? 2,
    containers: [
      {
        name,
        image: { artifact: name },
        ports: [{ name: 'http', port: listens }],
        startup: started,
        readiness: page,
        liveness: open,
        resources: { requests: { cpu, memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
      },
    ],
    ports: [{ name: 'http', port: asked, targetPort: 'http' }],
    connects,
  };
}

const withEnv = (service: Service, env: Readonly<Record<string, EnvValue>>): Service => ({
  ...service,
  containers: service.containers.map((container) => ({ ...container, env })),
});

/** The file that a program reads beside itself, in place of the one in its image. */
const configFile = '/app/config.json';

/** Reads whom it asks from a file: `recco` and port 8080 of voting, as its image says, are nobody here. */
function frontend(service: Service): Service {
  const [catalogue, recommendation, voting] = [
    addressOf('catalogue'),
    addressOf('recommendation'),
    addressOf('voting'),
  ];
  return {
    ...service,
    containers: service.containers.map((container) => ({
      ...container,
      // Without npm in front of it, it hears when it is to stop.
      command: ['node', 'app.js'],
      mounts: [{ volume: 'config', path: configFile, subPath: 'config.json', readOnly: true }],
    })),
    configs: [
      {
        name: 'frontend-config',
        data: {
          'config.json': text`{
  "version": "1.0.0",
  "productsApiBaseUri": "http://${catalogue[0]}:${catalogue[1]}",
  "recommendationBaseUri": "http://${recommendation[0]}:${recommendation[1]}",
  "votingBaseUri": "http://${voting[0]}:${voting[1]}"
}
`,
        },
      },
    ],
    volumes: [{ name: 'config', kind: 'config', config: 'frontend-config' }],
    routes: [{ path: '/', port: 'http' }],
  };
}

/** Writes the file of the catalogue, with the password that no file of a repository may hold. */
const writeConfig = `import json, os
names = ("db_host", "db_name", "db_user", "db_password")
config = {"app_version": "1.0.0", "data_source": os.environ["DATA_SOURCE"]}
config.update((name, os.environ[name.upper()]) for name in names)
with open("/config/config.json", "w") as file:
    json.dump(config, file)
`;

/** Reads its database, password and all, from a file, which is written before it starts. */
function catalogue(service: Service): Service {
  const of = (property: 'host' | 'name' | 'user' | 'password'): EnvValue =>
    fromDatabase('catalogue-db', property, 'catalogue-db');
  return {
    ...service,
    initContainers: [
      {
        name: 'config',
        image: { artifact: 'catalogue' },
        command: ['python3', '-c', writeConfig],
        env: {
          // The products that are in the image, as today: the rows of the database look otherwise than what the frontend reads.
          DATA_SOURCE: 'json',
          DB_HOST: of('host'),
          DB_NAME: of('name'),
          DB_USER: of('user'),
          DB_PASSWORD: of('password'),
        },
        mounts: [{ volume: 'config', path: '/config' }],
        resources: { requests: { cpu: '50m', memory: '32Mi' }, limits: { cpu: '500m', memory: '64Mi' } },
      },
    ],
    containers: service.containers.map((container) => ({
      ...container,
      mounts: [{ volume: 'config', path: configFile, subPath: 'config.json', readOnly: true }],
    })),
    volumes: [{ name: 'config', kind: 'emptyDir', sizeLimit: '1Mi' }],
  };
}

/** Asks the catalogue once a minute what can be voted for; Spring reads `catalogue.service-url` from this name. */
function voting(service: Service): Service {
  const [products, productsPort] = addressOf('catalogue');
  return withEnv(service, { CATALOGUE_SERVICEURL: text`http://${products}:${productsPort}/api/products` });
}

function serviceOf(microservice: Microservice, settings: EnvironmentSettings): Service {
  const service = base(microservice, settings);
  switch (microservice.name) {
    case 'frontend':
      return frontend(service);
    case 'catalogue':
      return catalogue(service);
    case 'voting':
      return voting(service);
    default:
      return service;
  }
}

/** What ran without a volume, as `devops` with the password `devops`. Its host is the one that the program always meant. */
const postgres: Database = {
  name: 'catalogue-db',
  kind: 'postgresql',
  version: '16.2',
  codename: 'bookworm',
  database: 'catalogue',
  user: 'devops',
  credential: 'catalogue-db',
  names: { service: 'catalogue-db' },
  storage: { size: '1Gi', storageClass: 'standard' },
  portName: 'postgres',
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
};

/** The five applications of an environment, each with a branch of its own. */
const applications = (settings: EnvironmentSettings): readonly Application[] => [
  ...microservices.map((microservice) => ({
    name: microservice.name,
    services: [serviceOf(microservice, settings)],
  })),
  { name: 'catalogue-db', services: [], databases: [postgres] },
];

/** What Argo CD reads the branches of a place with. */
const reading = (place: string, generation = 1): Credential => ({
  name: 'ops-read',
  purpose: 'gitRead',
  holder: 'Argo CD',
  store: { kind: 'kubernetes', namespace: 'argocd', secretName: `${name}-${place}-ops`, keys: ['sshPrivateKey'] },
  scope: `contents: read on ${name}-ops`,
  generation,
});

/** What must exist in the cluster beside what is rendered. `pulumi up` makes it; a person may, too. */
const credentials = (place: string, generations: Readonly<Record<string, number>>): readonly Credential[] => [
  {
    name: 'catalogue-db',
    purpose: 'database',
    holder: 'catalogue-db and what connects to it',
    store: { kind: 'kubernetes', secretName: 'catalogue-db', keys: ['POSTGRES_PASSWORD'] },
    scope: 'owner of the database catalogue',
    origin: 'generated',
    generation: generations['catalogue-db'] ?? 1,
  },
  reading(place, generations['ops-read']),
];

/** Traefik as its chart installs it. */
const traefik: PodPeer = { namespace: 'traefik', podLabels: { 'app.kubernetes.io/name': 'traefik' } };

/** The three environments request 3.75 CPUs and 3.4 GiB: the two CPUs of the original's cluster are refused. */
const cluster: Environment['cluster'] = {
  name: 'craftista',
  kubernetes: { oldest: '1.30', newest: '1.36' },
  capacity: { cpu: '4', memory: '8Gi' },
};

const environment = (place: string, settings: EnvironmentSettings): Environment => ({
  name: place,
  cluster,
  namespace: place,
  namePrefix: '',
  ...(settings.host === undefined ? {} : { host: settings.host }),
  ingress: { entryPoints: ['web'], controller: traefik },
  dns: k3sDns,
  credentials: credentials(place, settings.generations),
  applications: applications(settings),
});

const engine: Engine = { kind: 'argocd', source: 'plain', prune: true, selfHeal: true };

/** What reaches customers is read by somebody first. */
const gateOf = (place: string): Gate =>
  place === 'prod'
    ? { kind: 'pullRequest', approvals: 1, approvers: ['maintainers'], checks: ['verify'] }
    : { kind: 'none' };

const write = (place: string, application: string, credential: string): Stage['write'] => ({
  repository: `${name}-ops`,
  branch: applicationBranch(place, application),
  locator: { kind: 'tree' },
  message: `${application} {version} to ${place}`,
  author: { name: 'portolan', email: 'portolan@users.noreply.github.com' },
  credential,
});

/** Kargo in the cluster moves the services: from the namespace of this name, which is its project. */
const tools = 'tools';

/** What Kargo finds in the registry enters dev; staging takes by itself what was healthy in dev for ten minutes, prod what a person asks for. */
const stage = (service: string, place: string, before: string | undefined): Stage => ({
  name: `${service}-${place}`,
  environment: place,
  application: service,
  ...(before === undefined
    ? {
        intake: { from: 'supply', supplies: [service] },
        triggers: [{ on: 'artifactPublished', artifact: service, by: 'poll' }],
      }
    : {
        intake: { from: 'stages', stages: [`${service}-${before}`] },
        triggers:
          gateOf(place).kind === 'none'
            ? [{ on: 'upstreamHealthy', stages: [`${service}-${before}`], by: 'poll' }]
            : [{ on: 'manual' }],
      }),
  gate: gateOf(place),
  write: { ...write(place, service, 'kargo'), author: { name: 'Kargo', email: 'kargo@users.noreply.github.com' } },
  promoter: place === 'staging' ? { kind: 'kargo', soakMinutes: 10 } : { kind: 'kargo' },
  toolchain: tools,
  engine,
});

/** Where Kargo's own objects lie. Who writes them could move prod, so they are held as it is. */
const toolchain: Toolchain = {
  name: tools,
  cluster,
  namespace: name,
  credentials: [reading(tools)],
  gate: gateOf('prod'),
  write: { ...write(tools, tools, `publish-${tools}`), branch: `env/${tools}`, message: 'What moves {environment}' },
  engine,
};

/** The database has no build: what this program says of it is published. */
const databaseStage = (place: string): Stage => ({
  name: `catalogue-db-${place}`,
  environment: place,
  application: 'catalogue-db',
  intake: { from: 'program' },
  triggers: [],
  gate: gateOf(place),
  write: write(place, 'catalogue-db', `publish-${place}`),
  engine,
});

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
const dockerHub = {
  purpose: 'registryPush',
  holder: 'the build',
  keys: ['DOCKERHUB_USERNAME', 'DOCKERHUB_TOKEN'],
} as const;

const release: Release = {
  images: Object.fromEntries(
    microservices.map((service) => [
      service.name,
      { repository: `${registry}/microservice-${service.name}`, tag: service.version },
    ]),
  ),
};

/** The whole delivery, for the settings of the stack files. */
export default function project(settings: Settings): Delivery {
  const { opsRepository, github } = settings.platform;
  const onGitHub = (repository: string): string => `https://github.com/${github.owner}/${repository}.git`;
  const written = `contents and pull requests: write on ${name}-ops`;
  return {
    name,
    // Argo CD calls them as it does today.
    followedAs: '{application}-{environment}',
    repositories: [
      ...released.map((service) => ({
        name: `${name}-${service}`,
        holds: ['source'] as const,
        url: onGitHub(`${name}-${service}`),
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
    artifacts: released.map((service) => ({
      name: service,
      kind: 'image',
      repository: `${registry}/microservice-${service}`,
      scheme: { kind: 'semver', range: '>=1.0.0' },
      allowTagOnly: true,
    })),
    supplies: released.map((service) => ({
      name: service,
      artifacts: [service],
      source: `${name}-${service}`,
      builder: { kind: 'githubActions', images: [{ artifact: service, context: '.' }] },
      checks: ['lint', 'test'],
      triggers: [{ on: 'push', repository: `${name}-${service}`, branches: ['main'] }],
      discovery: { kind: 'registryPoll' },
    })),
    environments: places.map((place) =>
      environment(place, settings.environments[place] ?? { replicas: {}, generations: {}, adopt: false }),
    ),
    stages: places.flatMap((place, i) => [
      ...released.map((service) => stage(service, place, places[i - 1])),
      databaseStage(place),
    ]),
    toolchains: [toolchain],
    credentials: [
      {
        name: 'kargo',
        purpose: 'gitPush',
        holder: 'portolan-promoter',
        store: {
          kind: 'kubernetes',
          namespace: toolchain.namespace,
          secretName: 'kargo-ops',
          keys: ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey'],
        },
        scope: written,
      },
      ...[...places, tools].map((place) => inActions(`publish-${place}`, writer, `${name}-delivery`, place, written)),
      inActions('review-program', reader, `${name}-delivery`, 'review', `contents: read on ${name}-ops`),
      inActions('verify-ops', reader, `${name}-ops`, 'review', `contents: read on ${name}-delivery`),
      ...released.map((service) =>
        inActions(
          `registry-${service}`,
          dockerHub,
          `${name}-${service}`,
          'build',
          `push to ${registry}/microservice-${service}`,
        ),
      ),
    ],
    initialReleases: Object.fromEntries(places.map((place) => [place, release])),
  };
}
