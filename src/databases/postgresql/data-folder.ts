import { postgresDefaultFolder, postgresImageVolume } from '../../model/formats/postgres-folders.ts';
import { itemsOf, valueAt } from '../../objects/fields.ts';
import type { DatabaseServer } from '../../objects/pods/database-servers.ts';
import { imageParts } from '../../objects/pods/image-reference.ts';
import { variableOf } from '../../objects/pods/variables.ts';
import type { DatabasePlugin } from '../database.ts';

/** Images that run it, by the last part of the repository. */
export const images: readonly string[] = ['postgres', 'postgresql', 'postgis', 'timescaledb'];

/** Those of the official image, or built on it, which keep data where it does. */
const official: ReadonlySet<string> = new Set(['postgres', 'postgis']);

/** The first number of the image's tag. */
const majorOf = ({ container }: DatabaseServer): number =>
  Number(/^\d+/.exec(imageParts(container.image ?? '').tag ?? '')?.[0] ?? NaN);

/** Where `PGDATA` says, else where the official image of that major version does. */
export const dataFolder: DatabasePlugin['dataFolder'] = (server, objects) => {
  const { workload, container, program } = server;
  if (!official.has(program)) return undefined;
  const isSet = container.variables.some(({ fields }) => fields['name'] === 'PGDATA');
  const given = variableOf(objects, workload, container, 'PGDATA');
  if (given !== undefined) return given.replace(/(?<=.)\/+$/, '');
  const readsSecret = itemsOf(container.fields['envFrom']).some((source) => valueAt(source, 'secretRef') !== undefined);
  const major = majorOf(server);
  return isSet || readsSecret || Number.isNaN(major) ? undefined : postgresDefaultFolder(major);
};

/** The volume of the official image. */
export const ownVolume: DatabasePlugin['ownVolume'] = (server) =>
  official.has(server.program) ? postgresImageVolume(majorOf(server)) : undefined;
