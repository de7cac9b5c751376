import type { Database } from '../../database.ts';
import type { Delivery } from '../../delivery.ts';
import { isBelow, isFolder, isWithin } from '../../formats/folder.ts';
import { postgresImageVolume } from '../../formats/postgres-folders.ts';
import type { Problem } from '../../problem.ts';
import { databasesIn } from '../place.ts';

/** Folders of the server's pod that are made anew with each pod, or hold files of ours. */
const taken = ['/tmp', '/var/run/postgresql', '/run/postgresql', '/docker-entrypoint-initdb.d'];

/** Folders that the image needs as they are. */
const system = ['/bin', '/dev', '/etc', '/lib', '/proc', '/run', '/sbin', '/sys', '/usr', '/var', '/var/lib'];

/** The data of a database lies in its volume, strictly below the mount: outside of it, it is gone with the pod. */
export const dataFolders = (delivery: Delivery): readonly Problem[] =>
  databasesIn(delivery).flatMap(({ path, database }) => problemsOf(path, database));

function problemsOf(path: string, database: Database): readonly Problem[] {
  const mountPath = database.mountPath ?? '/data';
  const folder = database.dataDirectory ?? `${mountPath}/pgdata`;
  const mounted = mountProblem(mountPath);
  if (mounted !== undefined) return [{ path: `${path}.mountPath`, message: mounted, given: mountPath }];
  const kept = folderProblem(folder, mountPath, Number(/^\d+/.exec(database.version)?.[0] ?? NaN));
  if (kept === undefined) return [];
  return [{ path: `${path}.${database.dataDirectory === undefined ? 'mountPath' : 'dataDirectory'}`, ...kept }];
}

function mountProblem(mountPath: string): string | undefined {
  if (!isFolder(mountPath)) return 'must be an absolute path without a slash at its end, e.g. "/data"';
  if (taken.some((folder) => isWithin(mountPath, folder)) || system.includes(mountPath))
    return 'is a folder that the server needs for something else; write one of its own, e.g. "/data"';
  return undefined;
}

function folderProblem(folder: string, mountPath: string, major: number): Omit<Problem, 'path'> | undefined {
  const example = `e.g. "${mountPath}/pgdata"`;
  if (!isFolder(folder))
    return { message: `must be an absolute path without a slash at its end, ${example}`, given: folder };
  if (folder === mountPath)
    return {
      message: `is the mount itself, where a new disk has lost+found and initdb refuses to start; write a folder below it, ${example}`,
      given: folder,
    };
  if (!isBelow(folder, mountPath))
    return {
      message: `lies outside of the volume at ${mountPath}, and the data would be gone with the pod; write a folder below it, ${example}`,
      given: folder,
    };
  const lost = taken.find((other) => isWithin(folder, other));
  if (lost !== undefined)
    return {
      message: `lies in ${lost}, which is made anew with each pod, and the data would be gone with it; write another folder below ${mountPath}`,
      given: folder,
    };
  const volume = postgresImageVolume(major);
  if (isBelow(volume, mountPath) && isWithin(folder, volume))
    return {
      message: `lies in ${volume}, which the image declares as a volume of its own, so that each container gets an empty one there; mount the disk at ${volume}, or write another folder below ${mountPath}`,
      given: folder,
    };
  return undefined;
}
