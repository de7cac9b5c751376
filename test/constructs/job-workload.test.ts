import { describe, expect, test } from '@jest/globals';
import { JobWorkload } from '../../src/constructs/job-workload.ts';
import type { Environment } from '../../src/model/environment.ts';
import type { ServiceJob, Service } from '../../src/model/service.ts';
import { everyJob, everyService } from './every-field.ts';
import { objectsOf, only, placeWith } from './synthesize.ts';

const objectFor = (service: Service, job: ServiceJob, changes: Partial<Environment> = {}) => {
  const own = { ...service, jobs: [job] };
  const place = placeWith({ services: [own, ...placeWith().application.services] }, changes);
  const made = objectsOf((scope) => new JobWorkload(scope, job.name, { place, service: own, job }));
  return only(made, job.when.kind === 'schedule' ? 'CronJob' : 'Job');
};

const service: Service = {
  name: 'api',
  containers: [
    {
      name: 'api',
      image: { artifact: 'orders' },
      env: { LOG_LEVEL: 'INFO', MODE: 'serve' },
      envFrom: ['api-config'],
      ports: [{ name: 'http', port: 8080 }],
      mounts: [
        { volume: 'uploads', path: '/uploads' },
        { volume: 'files', path: '/etc/api' },
      ],
      readiness: { action: { kind: 'http', path: '/', port: 'http' } },
      resources: { requests: { cpu: '10m', memory: '16Mi' } },
    },
  ],
  configs: [
    { name: 'api-config', data: { PAGE: '1' } },
    { name: 'api-files', data: { 'a.conf': 'x' } },
  ],
  volumes: [
    { name: 'uploads', kind: 'claim', claim: 'uploads' },
    { name: 'files', kind: 'config', config: 'api-files' },
  ],
  serviceAccount: { kind: 'own' },
};

const migrate: ServiceJob = {
  name: 'migrate',
  when: { kind: 'beforeRelease' },
  command: ['api', 'migrate'],
  env: { MODE: 'migrate' },
  deadlineSeconds: 300,
};

describe('a job before a release', () => {
  test("is the service's container with another command: its image, variables, files and account, and no port, probe or claim", () => {
    expect(objectFor(service, migrate)).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'dev-migrate',
        namespace: 'dev',
        annotations: {
          'argocd.argoproj.io/hook': 'Sync',
          'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
          'argocd.argoproj.io/sync-wave': '-1',
        },
      },
      spec: {
        activeDeadlineSeconds: 300,
        backoffLimit: 0,
        podReplacementPolicy: 'Failed',
        template: {
          metadata: {
            labels: { app: 'migrate' },
            annotations: { 'portolan/config-checksum': expect.stringMatching(/^[0-9a-f]{16}$/) },
          },
          spec: expect.objectContaining({
            restartPolicy: 'Never',
            serviceAccountName: 'dev-api',
            automountServiceAccountToken: false,
            containers: [
              expect.objectContaining({
                name: 'migrate',
                image: expect.stringMatching(/^acme.orders:/),
                command: ['api', 'migrate'],
                env: [
                  { name: 'LOG_LEVEL', value: 'INFO' },
                  { name: 'MODE', value: 'migrate' },
                ],
                envFrom: [{ configMapRef: { name: 'dev-api-config' } }],
                volumeMounts: [
                  { name: 'files', mountPath: '/etc/api' },
                  { name: 'tmp', mountPath: '/tmp' },
                ],
              }),
            ],
            volumes: [
              { name: 'files', configMap: { name: 'dev-api-files' } },
              { name: 'tmp', emptyDir: {} },
            ],
          }),
        },
      },
    });
  });

  test('does not name what its line of Kubernetes has not', () => {
    const old = { cluster: { name: 'local', kubernetes: { oldest: '1.28', newest: '1.30' } } } as const;

    expect(objectFor(service, migrate, old)['spec']).not.toHaveProperty('podReplacementPolicy');
  });
});

describe('a job on a schedule', () => {
  test('never runs beside its last run, is in UTC, and says nothing about the health of the application', () => {
    const { command, ...rest } = migrate;
    const job = objectFor(service, { ...rest, command: command!, when: { kind: 'schedule', cron: '0 2 * * *' } });

    expect(job).toMatchObject({
      metadata: { annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
      spec: {
        schedule: '0 2 * * *',
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 300,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
      },
    });
  });

  test('says everything that a job can say', () => {
    const job = objectFor(everyService, everyJob);

    expect(job['spec']).toMatchObject({
      schedule: '30 3 * * *',
      timeZone: 'Europe/Berlin',
      suspend: true,
      concurrencyPolicy: 'Replace',
      startingDeadlineSeconds: 60,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 2,
      jobTemplate: {
        spec: {
          activeDeadlineSeconds: 1800,
          backoffLimit: 2,
          template: {
            spec: {
              containers: [
                { command: ['reindex'], args: ['--all'], resources: { requests: { cpu: '1', memory: '1Gi' } } },
              ],
            },
          },
        },
      },
    });
  });
});
