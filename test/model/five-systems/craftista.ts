import type { Application } from '../../../src/model/application.ts';
import type { Container } from '../../../src/model/container.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Environment } from '../../../src/model/environment.ts';
import { connectsTo, type Connection, type ServicePort } from '../../../src/model/service.ts';
import type { Stage } from '../../../src/model/stage.ts';
import type { Supply } from '../../../src/model/supply.ts';

const config = 'microservice-helmcharts';
const places = ['dev', 'staging', 'prod'] as const;
const colours = { dev: 'green', staging: 'blue', prod: 'orange' } as const;

interface Microservice {
  readonly name: string;
  readonly listens: number;
  readonly port: ServicePort;
  readonly cpu: string;
  readonly version: string;
  readonly connects: readonly Connection[];
}

const to = (service: string, port: string, application = service): Connection => ({
  kind: 'service',
  to: service,
  port,
  application,
});

const microservices: readonly Microservice[] = [
  {
    name: 'frontend',
    listens: 3000,
    port: { name: '30080', port: 30080, targetPort: 3000 },
    cpu: '100m',
    version: '1.0.11',
    connects: [to('catalogue', '5000'), to('recco', '8080', 'recommendation'), to('voting', '8080')],
  },
  {
    name: 'catalogue',
    listens: 5000,
    port: { name: '5000', port: 5000 },
    cpu: '200m',
    version: '1.0.1',
    connects: [to('catalogue-db', 'postgres')],
  },
  {
    name: 'recommendation',
    listens: 8080,
    port: { name: '8080', port: 8080 },
    cpu: '100m',
    version: '1.0.2',
    connects: [],
  },
  {
    name: 'voting',
    listens: 8080,
    port: { name: '8081', port: 8081, targetPort: 8080 },
    cpu: '200m',
    version: '1.0.1',
    connects: [],
  },
];

const imageOf = (name: string): string => `nitheesh86/microservice-${name}`;

const applicationOf = ({ name, listens, port, cpu, connects }: Microservice): Application => ({
  name,
  services: [
    {
      name,
      names: { service: name },
      replicas: 2,
      containers: [
        {
          name,
          image: { artifact: name },
          ports: [{ name: 'http', port: listens }],
          resources: { requests: { cpu, memory: '128Mi' }, limits: { memory: '512Mi' } },
        },
      ],
      ports: [port],
      serviceType: name === 'frontend' ? 'NodePort' : 'ClusterIP',
      connects,
    },
  ],
});

/** The database is a release of its own, named after its environment, with a password in its values. */
const database = (environment: string): Application => ({
  name: 'catalogue-db',
  services: [
    {
      name: `catalogue-db-${environment}`,
      names: { service: `catalogue-db-${environment}` },
      containers: [
        {
          name: 'postgres',
          image: 'postgres:16.2-alpine3.19',
          env: { POSTGRES_USER: 'devops', POSTGRES_PASSWORD: 'devops', POSTGRES_DB: 'catalogue' },
          ports: [{ name: 'postgres', port: 5432 }],
          resources: { requests: { cpu: '0', memory: '0' } },
        },
      ],
      ports: [{ name: 'postgres', port: 5432 }],
    },
  ],
});

const environment = (name: (typeof places)[number]): Environment => ({
  name,
  cluster: { name: 'minikube', kubernetes: { oldest: '1.28', newest: '1.33' }, capacity: { cpu: '2', memory: '4Gi' } },
  namespace: name,
  namePrefix: '',
  credentials: [],
  applications: [...microservices.map(applicationOf), database(name)],
  labels: { colour: colours[name] },
});

const supply = ({ name }: Microservice): Supply => ({
  name,
  artifacts: [name],
  source: `craftista-${name}`,
  builder: { kind: 'githubActions', images: [{ artifact: name, context: '.' }] },
  checks: [],
  triggers: [
    { on: 'push', repository: `craftista-${name}`, branches: ['main'] },
    // The workflow of the frontend was left in the repository of the configuration.
    ...(name === 'frontend' ? [{ on: 'push', repository: config, branches: ['main'] } as const] : []),
  ],
  discovery: { kind: 'registryPoll', intervalMinutes: 1440 },
});

const stage = (service: string, place: string, upstream: string | undefined): Stage => ({
  name: `${service}-${place}`,
  environment: place,
  application: service,
  ...(upstream === undefined
    ? {
        intake: { from: 'supply', supplies: [service] },
        triggers: [{ on: 'artifactPublished', artifact: service, by: 'poll', intervalMinutes: 1440 }],
      }
    : {
        intake: { from: 'stages', stages: [`${service}-${upstream}`] },
        triggers: [{ on: 'upstreamHealthy', stages: [`${service}-${upstream}`], by: 'poll' }],
      }),
  gate: { kind: 'none' },
  write: {
    repository: config,
    branch: 'main',
    locator: { kind: 'helmValue', file: `env/${place}/${service}/${service}-values.yaml`, key: 'image.tag' },
    message: `Updated ./out/env/${place}/${service}/${service}-values.yaml`,
    author: { name: 'Kargo', email: 'no-reply@kargo.io' },
    credential: 'kargo-push',
  },
  promoter: { kind: 'kargo' },
  engine: {
    kind: 'argocd',
    source: 'helm',
    prune: true,
    selfHeal: true,
    paths: [`service-charts/${service}`, `env/${place}/${service}`],
  },
});

const release = {
  images: Object.fromEntries(
    microservices.map(({ name, version }) => [name, { repository: imageOf(name), tag: version }]),
  ),
};

/** The shop as it is: Kargo promotes one service at a time, through every environment, without a person. */
export const asItIs: Delivery = {
  name: 'craftista',
  repositories: [
    ...microservices.map(
      ({ name }) =>
        ({
          name: `craftista-${name}`,
          holds: ['source'],
          url: `https://github.com/nitheeshp-irl/craftista-${name}.git`,
          management: 'external',
        }) as const,
    ),
    {
      name: config,
      holds: ['config', 'charts'],
      url: `https://github.com/nitheeshp-irl/${config}.git`,
      visibility: 'public',
      management: 'external',
    },
  ],
  actors: [
    { name: 'nitheeshp-irl', kind: 'user' },
    { name: 'kargo', kind: 'app' },
  ],
  artifacts: microservices.map(({ name }) => ({
    name,
    kind: 'image',
    repository: imageOf(name),
    scheme: { kind: 'semver' },
  })),
  supplies: microservices.map(supply),
  environments: places.map(environment),
  stages: places.flatMap((place, i) => microservices.map(({ name }) => stage(name, place, places[i - 1]))),
  credentials: [
    {
      name: 'kargo-push',
      purpose: 'gitPush',
      holder: 'Kargo',
      store: {
        kind: 'kubernetes',
        secretName: 'kargo-git',
        keys: ['repoURL', 'username', 'password'],
        namespace: 'craftista',
      },
      scope: `write on ${config}`,
    },
    ...microservices.map(
      ({ name }) =>
        ({
          name: `registry-${name}`,
          purpose: 'registryPush',
          holder: 'docker-ci',
          store: {
            kind: 'githubActions',
            repository: `craftista-${name}`,
            keys: ['DOCKER_HUB_USERNAME', 'DOCKER_HUB_TOKEN'],
          },
          scope: `push ${imageOf(name)}`,
        }) as const,
    ),
  ],
  initialReleases: { dev: release, staging: release, prod: release },
};

const probed = (container: Container): Container => ({
  ...container,
  readiness: { action: { kind: 'tcp', port: container.name === 'postgres' ? 'postgres' : 'http' } },
});

/** The database is delivered with the service that it belongs to, instead of by hand. */
const withDatabase = (applications: readonly Application[]): readonly Application[] => {
  const databases = applications.filter(({ name }) => name === 'catalogue-db').flatMap(({ services }) => services);
  return applications.flatMap((app) => {
    if (app.name === 'catalogue-db') return [];
    return [app.name === 'catalogue' ? { ...app, services: [...app.services, ...databases] } : app];
  });
};

/** The same delivery without what the model refuses. */
export const corrected: Delivery = {
  ...asItIs,
  // Kargo alone commits without review.
  repositories: asItIs.repositories.map((it) =>
    it.name === config ? { ...it, protection: { approvals: 1, checks: ['lint'], bypass: ['kargo'] } } : it,
  ),
  // Each workflow is where its source is.
  supplies: asItIs.supplies.map((it) => ({ ...it, triggers: it.triggers.slice(0, 1) })),
  // A cluster with room, probes, and hosts under the names that the services have.
  environments: asItIs.environments.map((it) => ({
    ...it,
    cluster: { ...it.cluster, capacity: { cpu: '4', memory: '8Gi' } },
    applications: withDatabase(it.applications).map((app) => ({
      ...app,
      services: app.services.map((service) => ({
        ...service,
        containers: service.containers.map(probed),
        connects: (service.connects ?? []).map((connection) => {
          if (connection.kind !== 'service') return connection;
          if (connection.to === 'voting') return to('voting', '8081');
          if (connection.to === 'catalogue-db') return connectsTo(`catalogue-db-${it.name}`, 'postgres');
          return { ...connection, to: connection.to === 'recco' ? 'recommendation' : connection.to };
        }),
      })),
    })),
  })),
  // What was in dev for ten minutes enters staging, and the last step is a person's.
  stages: asItIs.stages.map((it) =>
    it.environment === 'prod'
      ? { ...it, gate: { kind: 'pullRequest', approvals: 1, approvers: ['nitheeshp-irl'], checks: ['lint'] } }
      : it.environment === 'staging'
        ? { ...it, promoter: { kind: 'kargo', soakMinutes: 10 } }
        : it,
  ),
};
