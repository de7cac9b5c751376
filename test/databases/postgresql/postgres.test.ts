import { describe, expect, test } from '@jest/globals';
import { Postgres } from '../../../src/databases/postgresql/postgres.ts';
import type { Database } from '../../../src/model/database.ts';
import { identitiesOf, objectsOf, only, placeWith } from '../../constructs/synthesize.ts';
import { everyDatabase, smallDatabase } from './every-database.ts';

const objectsFor = (database: Database) =>
  objectsOf((scope) => new Postgres(scope, database.name, { place: placeWith({ databases: [database] }), database }));

const accepts = ['pg_isready', '--quiet', '--host=127.0.0.1', '--username=stock', '--dbname=stock', '--timeout=3'];

describe('Postgres', () => {
  test('is a server with its disk when a database says no more than it must', () => {
    expect(objectsFor(smallDatabase)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'dev-stock-config', namespace: 'dev', labels: { app: 'stock' } },
        data: {
          PGDATA: '/data/pgdata',
          POSTGRES_DB: 'stock',
          POSTGRES_INITDB_ARGS: '--encoding=UTF-8',
          POSTGRES_USER: 'stock',
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'dev-stock-svc', namespace: 'dev', labels: { app: 'stock' } },
        spec: {
          clusterIP: 'None',
          selector: { app: 'stock' },
          ports: [{ name: 'postgresql', port: 5432, protocol: 'TCP' }],
        },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: 'dev-stock', namespace: 'dev' },
        spec: {
          replicas: 1,
          serviceName: 'dev-stock-svc',
          selector: { matchLabels: { app: 'stock' } },
          template: {
            metadata: {
              labels: { app: 'stock' },
              annotations: {
                'portolan/config-checksum': expect.stringMatching(/^[0-9a-f]{16}$/),
                'portolan/credential.orders-db-password': '1',
              },
            },
            spec: {
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 999,
                runAsGroup: 999,
                fsGroup: 999,
                fsGroupChangePolicy: 'OnRootMismatch',
                seccompProfile: { type: 'RuntimeDefault' },
              },
              terminationGracePeriodSeconds: 60,
              containers: [
                {
                  name: 'stock',
                  image: 'postgres:18.1-trixie',
                  env: [
                    {
                      name: 'POSTGRES_PASSWORD',
                      valueFrom: { secretKeyRef: { name: 'dev-orders-db-secret', key: 'POSTGRES_PASSWORD' } },
                    },
                  ],
                  envFrom: [{ configMapRef: { name: 'dev-stock-config' } }],
                  ports: [{ name: 'postgresql', containerPort: 5432, protocol: 'TCP' }],
                  volumeMounts: [
                    { name: 'stock-disk', mountPath: '/data' },
                    { name: 'run', mountPath: '/var/run/postgresql' },
                    { name: 'tmp', mountPath: '/tmp' },
                  ],
                  startupProbe: {
                    exec: { command: accepts },
                    periodSeconds: 5,
                    timeoutSeconds: 5,
                    failureThreshold: 60,
                  },
                  readinessProbe: { exec: { command: accepts }, periodSeconds: 10, timeoutSeconds: 5 },
                  livenessProbe: {
                    exec: { command: ['sh', '-c', '"$@"; [ "$?" -le 1 ]', 'sh', ...accepts] },
                    periodSeconds: 10,
                    timeoutSeconds: 5,
                    failureThreshold: 6,
                  },
                  resources: { requests: { cpu: '50m', memory: '64Mi' } },
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ['ALL'] },
                    readOnlyRootFilesystem: true,
                  },
                },
              ],
              volumes: [
                { name: 'run', emptyDir: {} },
                { name: 'tmp', emptyDir: {} },
              ],
            },
          },
          volumeClaimTemplates: [
            {
              metadata: { name: 'stock-disk' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                storageClassName: 'fast',
                resources: { requests: { storage: '1Gi' } },
              },
            },
          ],
        },
      },
    ]);
  });

  test('says everything that a database can say', () => {
    const objects = objectsFor(everyDatabase);

    expect(identitiesOf(objects)).toEqual([
      'ConfigMap/dev-pg-env',
      'ConfigMap/dev-pg-first',
      'Service/dev-pg-front',
      'StatefulSet/dev-pg',
    ]);
    expect(objects).toMatchObject([
      {
        data: {
          PGDATA: '/srv/18',
          POSTGRES_DB: 'orders-dev',
          POSTGRES_INITDB_ARGS: '--data-checksums',
          POSTGRES_USER: 'clerk',
        },
      },
      { data: { 'init.sql': expect.stringContaining('CREATE TABLE orders (id SERIAL PRIMARY KEY);') } },
      { spec: { selector: { app: 'orders-db' }, ports: [{ name: 'pg', port: 5432 }] } },
      {
        spec: {
          serviceName: 'dev-pg-front',
          template: {
            spec: {
              containers: [
                {
                  name: 'orders-db',
                  env: [{ valueFrom: { secretKeyRef: { key: 'PASSWORD' } } }],
                  ports: [{ name: 'pg' }],
                  volumeMounts: [
                    { name: 'disk', mountPath: '/srv' },
                    { name: 'init-script', mountPath: '/docker-entrypoint-initdb.d', readOnly: true },
                    { name: 'run' },
                    { name: 'tmp' },
                    { name: 'shared-memory', mountPath: '/dev/shm' },
                  ],
                  args: ['-c', 'max_connections=200'],
                },
              ],
              volumes: [
                { name: 'init-script', configMap: { name: 'dev-pg-first' } },
                { name: 'run' },
                { name: 'tmp' },
                { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } },
              ],
            },
          },
          volumeClaimTemplates: [{ metadata: { name: 'disk' } }],
        },
      },
    ]);
  });

  test('is stopped for another configuration, and not for other first contents', () => {
    const annotationsOf = (changes: Partial<Database>) =>
      (
        only(objectsFor({ ...everyDatabase, ...changes }), 'StatefulSet')['spec'] as {
          template: { metadata: { annotations: unknown } };
        }
      ).template.metadata.annotations;

    expect(annotationsOf({ initSql: 'CREATE TABLE orders (id INTEGER);' })).toEqual(annotationsOf({}));
    expect(annotationsOf({ user: 'other' })).not.toEqual(annotationsOf({}));
  });

  test('fails for a password that is nowhere', () => {
    expect(() => objectsFor({ ...smallDatabase, credential: 'nothing' })).toThrow(
      'environments.dev.applications.shop.databases.stock.credential: must name a credential of the environment that is kept in a Kubernetes Secret, got "nothing"',
    );
  });
});
