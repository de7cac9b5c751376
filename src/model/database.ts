import type { Resources } from './container.ts';

/** Disk space that a claim asks for. */
export interface Storage {
  /** Kubernetes quantity, e.g. `1Gi`. */
  readonly size: string;

  /** Name of the StorageClass. */
  readonly storageClass: string;
}

/** A regular dump of a database onto a volume of its own. */
export interface Backup {
  /** Cron expression, five fields, in UTC. */
  readonly schedule: string;
  /** Days a dump is kept; the newest one always stays. */
  readonly keepDays: number;
  readonly storage: Storage;
  /** Seconds after which a dump that has not ended is killed. @default 600 */
  readonly deadlineSeconds?: number;
  /** Object names without the environment's prefix. @default - `<database>-backup` and `<database>-backup-data` */
  readonly names?: {
    /** Name of the CronJob that dumps. @default - `<database>-backup` */
    readonly job?: string;
    /** Name of the claim for the dumps. @default - `<database>-backup-data` */
    readonly claim?: string;
  };
  /** Name of the container that dumps. @default - the job's name */
  readonly containerName?: string;
  readonly resources: Resources;
  /** Proves on a schedule that the newest dump restores. */
  readonly restoreDrill: {
    /** Cron expression, five fields, in UTC. */
    readonly schedule: string;
    /** The newest dump may be this old, in hours. */
    readonly maxAgeHours: number;
    /** Tables of the database that must be there after the restore. */
    readonly expectTables: readonly string[];
    readonly resources: Resources;
  };
}

/** A PostgreSQL server with one database, its disk and its first contents. */
export interface Database {
  /** Unique among the services and databases of its application. Pods carry `app: <name>`. */
  readonly name: string;
  /** The program that keeps the data. */
  readonly kind: 'postgresql';
  /** Exact minor version, e.g. `18.1`; server and client programs are the same image. */
  readonly version: string;
  /** Debian code name of the image; another C library corrupts text indexes. */
  readonly codename: string;
  /** Name of the database. */
  readonly database: string;

  /** Role that owns the database. */
  readonly user: string;
  /** Credential that holds the password, under the key `passwordKey`. */
  readonly credential: string;
  /** Key of the credential that holds the password. @default 'POSTGRES_PASSWORD' */
  readonly passwordKey?: string;
  /** Object names without the environment's prefix. @default - derived from `name` */
  readonly names?: {
    /** Name of the StatefulSet. @default - `<name>` */
    readonly workload?: string;
    /** Name of the Service. @default - `<name>-svc` */
    readonly service?: string;
    /** Name of the ConfigMap with its settings. @default - `<name>-config` */
    readonly config?: string;
    /** Name of the ConfigMap with its init SQL. @default - `<name>-init-script` */
    readonly initScript?: string;
    /** Name of the claim template, which gets no prefix. @default - `<name>-disk` */
    readonly claimTemplate?: string;
  };
  readonly storage: Storage;
  /** Where the volume is mounted: a folder of its own, absolute. @default '/data' */
  readonly mountPath?: string;
  /**
   * Where the server keeps its data: strictly below `mountPath`, absolute. Changed after publishing, the server would start
   * empty, so that the check `database-data` refuses it. @default '<mountPath>/pgdata'
   */
  readonly dataDirectory?: string;
  /** Name of the port 5432. @default 'postgresql' */
  readonly portName?: string;
  /** Memory that its processes share, at `/dev/shm`, as a quantity; it counts as the container's. @default - 64Mi, as container runtimes give */
  readonly sharedMemory?: string;
  /** Settings of the server by name, as `postgresql.conf` takes them, e.g. `{ max_connections: '200' }`. @default - the server's own */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Arguments of `initdb`, for a new data folder. @default '--encoding=UTF-8' */
  readonly initdbArgs?: string;
  /** SQL that runs once, in the new database, when the data folder is empty. It must be safe to run again. @default - none */
  readonly initSql?: string;
  readonly resources: Resources;
  /** @default - not backed up */
  readonly backup?: Backup;
  /** Set to the old major version while data is moved from it; else a change of major is refused. @default - none */
  readonly upgradesFrom?: string;
}

/** A database that runs outside of the environment: a managed one, or one on the premises. A service connects to it as to any other. */
export interface ExternalDatabase {
  /** Unique among the services and databases of its application. */
  readonly name: string;
  /** Host name or address that programs ask for. */
  readonly host: string;
  /** Number of the port that it answers on. */
  readonly port: number;
  /** Name of the port, as connections and texts name it. @default 'postgresql' */
  readonly portName?: string;
  /** Blocks of addresses that it answers from, e.g. `10.20.0.0/16`, or public ones. */
  readonly addresses: readonly string[] | 'internet';
  /** Name of the database. */
  readonly database: string;
  /** Role that programs log in as. */
  readonly user: string;
  /** Credential that holds the password, under the key `passwordKey`. */
  readonly credential: string;
  /** Key of the credential that holds the password. @default 'POSTGRES_PASSWORD' */
  readonly passwordKey?: string;
}
