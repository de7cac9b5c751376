import type { Database } from '../../src/model/database.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { corrected } from '../model/five-systems/craftista.ts';
import { kept, withContainers, withServices } from './change-services.ts';
import type { System } from './system.ts';

const database = (environment: string): Database => ({
  name: `catalogue-db-${environment}`,
  kind: 'postgresql',
  version: '16.2',
  codename: 'bookworm',
  database: 'catalogue',
  user: 'devops',
  credential: 'catalogue-db-password',
  names: { service: `catalogue-db-${environment}` },
  storage: { size: '1Gi', storageClass: 'standard' },
  portName: 'postgres',
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
});

/** The database keeps its data, and its password is in no file. */
const withDatabases: Delivery = {
  ...corrected,
  environments: corrected.environments.map((environment) => ({
    ...environment,
    credentials: [
      {
        name: 'catalogue-db-password',
        purpose: 'database',
        holder: 'catalogue-db',
        store: { kind: 'kubernetes', secretName: 'catalogue-db', keys: ['POSTGRES_PASSWORD'] },
        scope: 'owner of the database catalogue',
        origin: 'generated',
      },
    ],
    applications: environment.applications.map((application) =>
      application.name === 'catalogue' ? { ...application, databases: [database(environment.name)] } : application,
    ),
  })),
};

/** Without what the checks find. */
const mended = withContainers(
  withServices(withDatabases, (service, { name }) => {
    if (service.name === `catalogue-db-${name}`) return undefined;
    // 30080 was never the node's port.
    return service.name === 'frontend' ? { ...service, ports: [{ name: 'http', port: 3000 }] } : service;
  }),
  kept,
);

const services = ['catalogue', 'frontend', 'recommendation', 'voting'] as const;

/** Id of a release of which so many sources have been built from the commit of these tests. */
const builtFrom = (sources: number): string => Array.from({ length: sources }, () => 'a10000000000').join('+');

/** Four builds, each of its own source, move to dev one by one, and together through staging, and by a pull request to production. */
export const craftista: System = {
  corrected,
  mended,
  found: [
    'Deployment/catalogue-db-dev containers[0].env[1].value (secret-literals, also prod and staging)',
    'Deployment/catalogue-db-dev containers[0].livenessProbe (probes, also prod and staging)',
    'Deployment/catalogue-db-dev containers[0].resources.limits (resources, also prod and staging)',
    'Deployment/catalogue-db-dev volumes (ephemeral-databases, also prod and staging)',
    ...services.flatMap((name) => [
      ...(name === 'frontend' ? ['Service/frontend spec.ports[0].nodePort (node-ports, also prod and staging)'] : []),
      `Deployment/${name} containers[0].livenessProbe (probes, also prod and staging)`,
      `Deployment/${name} containers[0].resources.limits (resources, also prod and staging)`,
    ]),
  ],
  course: {
    builds: { dev: { frontend: '1.0.12', catalogue: '1.0.2', recommendation: '1.0.3', voting: '1.1.0' } },
  },
  published: [
    'dev: created 1.0.1+1.0.11+1.0.2',
    'staging: created 1.0.1+1.0.11+1.0.2',
    'gated prod: proposed 1.0.1+1.0.11+1.0.2',
  ],
  promoted: [
    ...services.map((_, i) => `dev: updated ${builtFrom(i + 1)}`),
    `staging: updated ${builtFrom(4)}`,
    `gated prod: proposed ${builtFrom(4)}`,
  ],
  told: [
    `dev: ${builtFrom(4)} by publish, promote, promote, promote, promote`,
    `staging: ${builtFrom(4)} by publish, promote`,
    `prod: ${builtFrom(4)} by publish, promote`,
  ],
};
