import { fromDatabase } from '../../src/model/container.ts';
import type { Database } from '../../src/model/database.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { corrected } from '../model/five-systems/cat-service.ts';
import { kept, withContainers, withServices } from './change-services.ts';
import type { System } from './system.ts';

/** The database with a disk of its own and a password that nobody reads in Git, in the place of a pod that forgets. */
const database: Database = {
  name: 'cat-postgres',
  kind: 'postgresql',
  version: '13.3',
  codename: 'bullseye',
  database: 'bk',
  user: 'bk',
  credential: 'cat-postgres-password',
  names: { service: 'cat-postgres' },
  storage: { size: '5Gi', storageClass: 'standard' },
  portName: 'postgres',
  resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
};

const withDatabase: Delivery = {
  ...corrected,
  environments: corrected.environments.map((environment) => ({
    ...environment,
    credentials: [
      {
        name: 'cat-postgres-password',
        purpose: 'database',
        holder: 'cat-postgres',
        store: {
          kind: 'kubernetes',
          secretName: `${environment.name}-cat-postgres-secret`,
          keys: ['POSTGRES_PASSWORD'],
        },
        scope: 'owner of the database bk',
        origin: 'generated',
      },
    ],
    applications: environment.applications.map((application) => ({ ...application, databases: [database] })),
  })),
};

/** Without what the checks find. */
const mended = withContainers(
  withServices(withDatabase, (service) => (service.name === 'cat-postgres' ? undefined : service)),
  (container) => {
    const password = { SPRING_DATASOURCE_PASSWORD: fromDatabase('cat-postgres', 'password') };
    return { ...kept(container), env: { ...container.env, ...password } };
  },
);

/** What kpack built is promoted by a person, and goes on by a pull request. */
export const catService: System = {
  corrected,
  mended,
  found: [
    'Service/dev-cat-postgres spec.type (exposed-databases, also prod)',
    // A password in Git, a pod that is never started again, and data that is gone with it.
    'Deployment/dev-cat-postgres containers[0].env[2].value (secret-literals, also prod)',
    'Deployment/dev-cat-postgres containers[0].livenessProbe (probes, also prod)',
    'Deployment/dev-cat-postgres containers[0].resources.limits (resources, also prod)',
    'Deployment/dev-cat-postgres volumes (ephemeral-databases, also prod)',
    'Deployment/dev-cat-service containers[0].resources.limits (resources, also prod)',
  ],
  course: { builds: { dev: { 'cat-service': 'b10.20210711.080000' } } },
  published: ['dev: created b9.20210710.200537', 'gated prod: proposed b9.20210710.200537'],
  promoted: ['dev: updated a10000000000', 'gated prod: proposed a10000000000'],
  told: ['dev: a10000000000 by publish, promote', 'prod: a10000000000 by publish, promote'],
};
