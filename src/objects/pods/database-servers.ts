import { imageParts } from './image-reference.ts';
import type { ObjectIndex } from '../object-index.ts';
import { once } from '../once.ts';
import type { PodContainer, Workload } from './workload.ts';

/** Images of database servers that keep their data in files, by the last part of the repository. */
const servers =
  /^(?:postgres|postgresql|postgis|timescaledb|mysql|mariadb|percona|mongo|mongodb|cockroach|couchdb|influxdb|mssql)$/;

/** A database server that runs until somebody stops it. */
export interface DatabaseServer {
  readonly workload: Workload;
  readonly container: PodContainer;
}

/** The database servers among the pods, known by their images. */
export const databaseServers = once((objects: ObjectIndex): readonly DatabaseServer[] => {
  const found: DatabaseServer[] = [];
  for (const workload of objects.workloads) {
    if (!workload.lasting) continue;
    for (const container of workload.running) if (isServer(container.image ?? '')) found.push({ workload, container });
  }
  return found;
});

function isServer(image: string): boolean {
  const { repository } = imageParts(image);
  return servers.test(repository.slice(repository.lastIndexOf('/') + 1));
}
