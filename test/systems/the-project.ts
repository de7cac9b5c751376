import type { Container, Resources } from '../../src/model/container.ts';
import type { Database } from '../../src/model/database.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { host, port, text } from '../../src/model/formats/text.ts';
import { connectsTo, type Service } from '../../src/model/service.ts';
import { corrected } from '../model/five-systems/the-project.ts';
import { kept, withContainers, withServices } from './change-services.ts';
import type { System } from './system.ts';

const natsUrl = text`nats://${host('nats')}:${port('nats', 'client')}`;
const dumping: Resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } };

/** Each environment has its own, where the other reads and writes no subject. */
const nats: Service = {
  name: 'nats',
  containers: [
    {
      name: 'nats',
      image: 'nats:2.10-alpine',
      args: ['-js', '-m', '8222'],
      ports: [
        { name: 'client', port: 4222 },
        { name: 'monitor', port: 8222 },
      ],
      readiness: { action: { kind: 'http', path: '/healthz', port: 'monitor' } },
      resources: { requests: { cpu: '50m', memory: '64Mi' } },
    },
  ],
  ports: [{ name: 'client', port: 4222 }],
};

const limited = ({ backup, ...database }: Database): Database =>
  backup === undefined
    ? database
    : {
        ...database,
        backup: { ...backup, resources: dumping, restoreDrill: { ...backup.restoreDrill, resources: dumping } },
      };

const withNats: Delivery = {
  ...corrected,
  environments: corrected.environments.map((environment) => ({
    ...environment,
    applications: environment.applications.map((application) => ({
      ...application,
      services: [...application.services, nats],
      databases: (application.databases ?? []).map(limited),
    })),
  })),
};

/** Its own NATS in the place of the shared one. */
const connected = withServices(withNats, (service) =>
  service.name === 'todo-backend' || service.name === 'broadcaster'
    ? {
        ...service,
        configs: (service.configs ?? []).map((config) => ({ ...config, data: { ...config.data, NATS_URL: natsUrl } })),
        connects: [...(service.connects ?? []), connectsTo('nats', 'client')],
      }
    : service,
);

/** Ready where NATS answers, in the place of where a shell can say ok. */
const asked = ({ env, ...container }: Container): Container => ({
  ...container,
  env: { ...env, NATS_URL: natsUrl },
  readiness: {
    action: {
      kind: 'exec',
      command: [
        'python3',
        '-c',
        text`import socket; socket.create_connection(("${host('nats')}", ${port('nats', 'client')}), 3)`,
      ],
    },
    timeoutSeconds: 5,
  },
});

/** Without what the checks find. */
const mended = withContainers(connected, (container) =>
  kept(container.name === 'broadcaster' ? asked(container) : container),
);

const built = 'a1'.padEnd(40, '0');

/** A push goes to staging, and a tag moves what staging verified to production. */
export const theProject: System = {
  corrected,
  mended,
  found: [
    // Q31: ready is what a shell says.
    'Deployment/production-broadcaster-dep containers (verified-health, also staging)',
    // Q19: one NATS for both environments.
    'Deployment/production-broadcaster-dep containers[0].env[2].value (cluster-hosts)',
    'Deployment/production-broadcaster-dep containers[0].readinessProbe.exec.command (empty-probes, also staging)',
    ...['backup', 'backup-restore-drill', 'backup-restore'].map(
      (job) => `CronJob/production-postgres-${job} spec.jobTemplate.containers[0].resources.limits (resources)`,
    ),
    // Q30: nothing starts a pod again that hangs.
    'Deployment/production-todo-app-dep containers[0].livenessProbe (probes, also staging)',
    'ConfigMap/production-todo-backend-config data.NATS_URL (cluster-hosts, also staging)',
    'Deployment/production-todo-backend-dep containers[0].livenessProbe (probes, also staging)',
    'Deployment/staging-broadcaster-dep containers[0].env[1].value (cluster-hosts)',
  ],
  course: {
    builds: { staging: { 'todo-app': built, 'todo-backend': built, broadcaster: built } },
    gitTags: { production: 'v4.9.10' },
  },
  published: ['staging: created 7d86f4a78bdf787896a2dfe2ebe3507c9ca012dd', 'production: created v4.9.9'],
  promoted: ['staging: updated a10000000000', 'production: updated v4.9.10'],
  told: ['staging: a10000000000 by publish, promote', 'production: v4.9.10 by publish, promote'],
};
