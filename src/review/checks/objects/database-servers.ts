import { imageParts } from './image-reference.ts';
import type { ObjectIndex } from './object-index.ts';
import { runningContainers, type PodContainer, type Workload } from './workload.ts';

/** Images of database servers that keep their data in files, by the last part of the repository. */
const servers = /^(?:postgres|postgresql|postgis|timescaledb|mysql|mariadb|percona|mongo|mongodb|cockroach|couchdb|influxdb|mssql)$/;

/** A database server that runs until somebody stops it. */
export interface DatabaseServer {
  readonly workload: Workload;
  readonly container: PodContainer;
}

/** The database servers among the pods, known by their images. */
export const databaseServers = (objects: ObjectIndex): readonly DatabaseServer[] =>
  objects.workloads.flatMap((workload) =>
    workload.lasting
      ? runningContainers(workload).flatMap((container) => (servers.test(imageParts(container.image ?? '').repository.split('/').pop() ?? '') ? [{ workload, container }] : []))
      : [],
  );
