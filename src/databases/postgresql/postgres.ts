import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import type { Database } from '../../model/database.ts';
import { databaseNames, selectorOf } from '../../model/names.ts';
import { configChecksum, credentialGeneration } from '../../constructs/annotations.ts';
import { defaultDatabasePortName, defaultPasswordKey, postgresPort } from '../../constructs/neighbour.ts';
import type { Place } from '../../constructs/place.ts';
import { checksumOf } from '../../constructs/pod/config-checksum.ts';
import { fromSecret } from '../../constructs/pod/environment-variable.ts';
import { resourceRequirements } from '../../constructs/pod/resources.ts';
import { containerSecurityContext, podSecurityContext } from '../../constructs/pod/security-context.ts';
import { emptyFolder, memoryFolder, temporaryVolume } from '../../constructs/pod/volume.ts';
import { initSql } from './scripts/init-sql.ts';
import { probeCommands } from './scripts/probe-commands.ts';
import { postgresImage, postgresUser } from './postgres-image.ts';

/** A database and the place it runs in. */
export interface PostgresProps {
  readonly place: Place;
  readonly database: Database;
}

/**
 * A PostgreSQL server with its disk.
 *
 * Defines: a StatefulSet of one pod, its headless Service, a ConfigMap, and one more with the SQL of its first contents. Does
 * not define: the Secret with the password; the claim, which the StatefulSet makes and which outlives it; backups.
 *
 * @see https://hub.docker.com/_/postgres for the image's variables and its init folder
 */
export class Postgres extends Construct {
  constructor(scope: Construct, id: string, { place, database }: PostgresProps) {
    super(scope, id);
    const { namespace } = place.environment;
    const names = databaseNames(place.environment, database);
    const labels = { ...selectorOf(database) };
    const mountPath = database.mountPath ?? '/data';
    const config = {
      PGDATA: database.dataDirectory ?? `${mountPath}/pgdata`,
      POSTGRES_DB: database.database,
      POSTGRES_INITDB_ARGS: database.initdbArgs ?? '--encoding=UTF-8',
      POSTGRES_USER: database.user,
    };
    const credential = place.credential(database.credential, `${place.pathOf(database.name)}.credential`);

    new k8s.KubeConfigMap(this, 'config', { metadata: { name: names.config, namespace, labels }, data: config });
    if (database.initSql !== undefined) {
      new k8s.KubeConfigMap(this, 'init-script', {
        metadata: { name: names.initScript, namespace },
        data: { 'init.sql': initSql({ database: database.database, statements: database.initSql }) },
      });
    }

    new k8s.KubeService(this, 'service', {
      metadata: { name: names.service, namespace, labels },
      spec: {
        clusterIp: 'None',
        selector: labels,
        ports: [{ name: database.portName ?? defaultDatabasePortName, port: postgresPort, protocol: 'TCP' }],
      },
    });

    new k8s.KubeStatefulSet(this, 'workload', {
      metadata: { name: names.workload, namespace },
      spec: {
        replicas: 1,
        serviceName: names.service,
        selector: { matchLabels: labels },
        template: {
          metadata: {
            labels,
            annotations: {
              // Not the init SQL: it runs in an empty folder only, so a change of it is no reason to stop a database.
              [configChecksum]: checksumOf({ [names.config]: config }),
              [credentialGeneration(credential.name)]: String(credential.generation),
            },
          },
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: podSecurityContext(postgresUser, true),
            terminationGracePeriodSeconds: 60,
            containers: [
              {
                name: database.name,
                image: postgresImage(database),
                ...parametersOf(database),
                env: [
                  fromSecret('POSTGRES_PASSWORD', credential.secretName, database.passwordKey ?? defaultPasswordKey),
                ],
                envFrom: [{ configMapRef: { name: names.config } }],
                ports: [
                  { name: database.portName ?? defaultDatabasePortName, containerPort: postgresPort, protocol: 'TCP' },
                ],
                volumeMounts: [
                  { name: names.claimTemplate, mountPath },
                  ...(database.initSql === undefined
                    ? []
                    : [{ name: 'init-script', mountPath: '/docker-entrypoint-initdb.d', readOnly: true }]),
                  { name: 'run', mountPath: '/var/run/postgresql' },
                  { name: temporaryVolume, mountPath: '/tmp' },
                  ...(database.sharedMemory === undefined ? [] : [{ name: 'shared-memory', mountPath: '/dev/shm' }]),
                ],
                ...probes(database),
                resources: resourceRequirements(database.resources),
                securityContext: containerSecurityContext(),
              },
            ],
            volumes: [
              ...(database.initSql === undefined
                ? []
                : [{ name: 'init-script', configMap: { name: names.initScript } }]),
              emptyFolder('run'),
              emptyFolder(temporaryVolume),
              ...(database.sharedMemory === undefined ? [] : [memoryFolder('shared-memory', database.sharedMemory)]),
            ],
          },
        },
        // Nothing more than this: the API server refuses any change of a template.
        volumeClaimTemplates: [
          {
            metadata: { name: names.claimTemplate },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: database.storage.storageClass,
              resources: { requests: { storage: k8s.Quantity.fromString(database.storage.size) } },
            },
          },
        ],
      },
    });
  }
}

/** Settings as arguments: the image hands on to the server what begins with a dash. */
function parametersOf({ parameters = {} }: Database): Pick<k8s.Container, 'args'> {
  const args = Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return args.length === 0 ? {} : { args };
}

function probes({
  user,
  database,
}: Database): Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const commands = probeCommands({ user, database });
  const timeoutSeconds = 5;
  return {
    // Five minutes: replaying the log after a crash takes its time, and killing it makes it begin again.
    startupProbe: { exec: { command: [...commands.startup] }, periodSeconds: 5, timeoutSeconds, failureThreshold: 60 },
    readinessProbe: { exec: { command: [...commands.readiness] }, periodSeconds: 10, timeoutSeconds },
    livenessProbe: {
      exec: { command: [...commands.liveness] },
      periodSeconds: 10,
      timeoutSeconds,
      failureThreshold: 6,
    },
  };
}
