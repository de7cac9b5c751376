import { isWithin } from '../model/formats/folder.ts';
import { itemsOf, placesOf, textOf, valueAt, type FieldPlace } from '../objects/fields.ts';
import type { ObjectIndex } from '../objects/object-index.ts';
import type { DatabaseServer } from '../objects/pods/database-servers.ts';
import type { Workload } from '../objects/pods/workload.ts';
import { otherServers } from './database-servers.ts';
import { everyDatabase } from './databases.ts';

/** Where a server writes its data. */
export interface DataLocation {
  /** In the container, e.g. `/data/pgdata`. */
  readonly folder: string;
  /** The claim that keeps it. @default - none: the data is gone with the pod */
  readonly kept?: KeptFolder;
}

/** A folder of a claim. */
export interface KeptFolder {
  readonly namespace: string;
  readonly claim: string;
  /** From the root of the volume, e.g. `pgdata`; empty for the root. */
  readonly folder: string;
}

/** Where a server keeps its data; nothing when its image or its volume is not known well enough to tell. */
export function dataLocation(objects: ObjectIndex, server: DatabaseServer): DataLocation | undefined {
  const { workload, container } = server;
  const folder = folderOf(objects, server);
  if (folder === undefined) return undefined;
  const mount = placesOf(container.fields['volumeMounts'], '')
    .filter(({ fields }) => isWithin(folder, mountPathOf(fields['mountPath'])))
    .sort((a, b) => mountPathOf(b.fields['mountPath']).length - mountPathOf(a.fields['mountPath']).length)[0];
  if (mount === undefined) return { folder };
  const mountPath = mountPathOf(mount.fields['mountPath']);
  const claim = claimOf(workload, textOf(mount.fields['name']) ?? '');
  if (claim === undefined) return isLasting(workload, mount) ? undefined : { folder };
  if (isHidden(server, folder, mountPath)) return { folder };
  const below = folder.slice(mountPath === '/' ? 1 : mountPath.length + 1);
  const subPath = textOf(mount.fields['subPath']) ?? textOf(mount.fields['subPathExpr']) ?? '';
  const parts = [...subPath.split('/'), ...below.split('/')].filter((part) => part !== '' && part !== '.');
  return { folder, kept: { namespace: workload.namespace, claim, folder: parts.join('/') } };
}

/** How messages name a folder of a claim. */
export const describeFolder = ({ folder, claim }: KeptFolder): string =>
  folder === '' ? `the claim "${claim}"` : `${folder} of the claim "${claim}"`;

const mountPathOf = (value: unknown): string => (textOf(value) ?? '').replace(/(?<=.)\/+$/, '');

const plugInOf = ({ program }: DatabaseServer) => everyDatabase.find(({ images }) => images.includes(program));

function folderOf(objects: ObjectIndex, server: DatabaseServer): string | undefined {
  const plugIn = plugInOf(server);
  if (plugIn !== undefined) return plugIn.dataFolder(server, objects);
  return Object.hasOwn(otherServers, server.program) ? otherServers[server.program] : undefined;
}

/** Whether the image's own volume, empty in each container, lies over this part of what is mounted. */
function isHidden(server: DatabaseServer, folder: string, mountPath: string): boolean {
  const volume = plugInOf(server)?.ownVolume(server);
  return volume !== undefined && !isWithin(mountPath, volume) && isWithin(folder, volume);
}

/** Whether the mounted volume may outlive the pod without a claim, e.g. a share. */
function isLasting({ volumes }: Workload, { fields }: FieldPlace): boolean {
  const volume = volumes.find((candidate) => candidate.fields['name'] === fields['name']);
  return volume !== undefined && volume.fields['emptyDir'] === undefined;
}

/** The claim behind a volume of a pod, also one that its StatefulSet makes; nothing for another volume. */
export function claimOf(workload: Workload, volume: string): string | undefined {
  const named = ({ fields }: FieldPlace): boolean => fields['name'] === volume;
  const claim = textOf(valueAt(workload.volumes.find(named)?.fields, 'persistentVolumeClaim', 'claimName'));
  if (claim !== undefined) return claim;
  const template = itemsOf(valueAt(workload.rendered.object, 'spec', 'volumeClaimTemplates')).find(
    (item) => textOf(valueAt(item, 'metadata', 'name')) === volume,
  );
  return workload.kind === 'StatefulSet' && template !== undefined ? `${volume}-${workload.name}-0` : undefined;
}
