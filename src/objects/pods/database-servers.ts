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
  /** Last part of the image's repository, e.g. `postgres`. */
  readonly program: string;
}

/** The database servers among the pods, known by their images. */
export const databaseServers = once((objects: ObjectIndex): readonly DatabaseServer[] => {
  const found: DatabaseServer[] = [];
  for (const workload of objects.workloads) {
    if (!workload.lasting) continue;
    for (const container of workload.running) {
      const program = programOf(container.image ?? '');
      if (servers.test(program)) found.push({ workload, container, program });
    }
  }
  return found;
});

function programOf(image: string): string {
  const { repository } = imageParts(image);
  return repository.slice(repository.lastIndexOf('/') + 1);
}

/** A server, and the one of what is published whose data it should go on with. */
export interface ServerChange {
  readonly before: DatabaseServer;
  readonly after: DatabaseServer;
}

/**
 * The servers that are published already. One whose object got another name or namespace is known by its container, as
 * long as no other server that left has one of this name.
 */
export function changedServers(published: ObjectIndex, objects: ObjectIndex): readonly ServerChange[] {
  const kept = new Set(objects.workloads.map(placeOf));
  const left = databaseServers(published).filter(({ workload }) => !kept.has(placeOf(workload)));
  return databaseServers(objects).flatMap((after) => {
    const sameObject = published.workload(after.workload.kind, after.workload.name, after.workload.namespace);
    const candidates =
      sameObject === undefined
        ? left.filter(({ container }) => container.name === after.container.name)
        : sharing(
            databaseServers(published).filter(({ workload }) => workload === sameObject),
            after,
          );
    const [before, ...others] = candidates;
    return before === undefined || others.length > 0 ? [] : [{ before, after }];
  });
}

/** The servers with the container's name; all of them when none has it, because a container may be renamed. */
function sharing(before: readonly DatabaseServer[], { container }: DatabaseServer): readonly DatabaseServer[] {
  const named = before.filter((server) => server.container.name === container.name);
  return named.length > 0 ? named : before;
}

const placeOf = ({ kind, namespace, name }: Workload): string => `${kind}/${namespace}/${name}`;
