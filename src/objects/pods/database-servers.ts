import { imageParts } from './image-reference.ts';
import type { ObjectIndex } from '../object-index.ts';
import type { PodContainer, Workload } from './workload.ts';

/** A database server that runs until somebody stops it. */
export interface DatabaseServer {
  readonly workload: Workload;
  readonly container: PodContainer;
  /** Last part of the image's repository, e.g. `mysql`. */
  readonly program: string;
}

/**
 * The database servers among the pods, known by their images.
 *
 * @param images - last parts of their repositories
 */
export function serversOf(objects: ObjectIndex, images: ReadonlySet<string>): readonly DatabaseServer[] {
  const found: DatabaseServer[] = [];
  for (const workload of objects.workloads) {
    if (!workload.lasting) continue;
    for (const container of workload.running) {
      const program = programOf(container.image ?? '');
      if (images.has(program)) found.push({ workload, container, program });
    }
  }
  return found;
}

function programOf(image: string): string {
  const { repository } = imageParts(image);
  return repository.slice(repository.lastIndexOf('/') + 1);
}

/** Objects, and the database servers among them. */
export interface ServedObjects {
  readonly objects: ObjectIndex;
  readonly servers: readonly DatabaseServer[];
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
export function changedServers(published: ServedObjects, now: ServedObjects): readonly ServerChange[] {
  const kept = new Set(now.objects.workloads.map(placeOf));
  const left = published.servers.filter(({ workload }) => !kept.has(placeOf(workload)));
  return now.servers.flatMap((after) => {
    const sameObject = published.objects.workload(after.workload.kind, after.workload.name, after.workload.namespace);
    const candidates =
      sameObject === undefined
        ? left.filter(({ container }) => container.name === after.container.name)
        : sharing(
            published.servers.filter(({ workload }) => workload === sameObject),
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
