import { foundAt, type Check } from '../../../objects/check.ts';
import { serversOf } from '../../../objects/pods/database-servers.ts';
import { fieldPath, placesOf, textMapOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import { variableOf } from '../../../objects/pods/variables.ts';
import type { PodContainer, Workload } from '../../../objects/pods/workload.ts';
import { images } from '../data-folder.ts';

const ownImages: ReadonlySet<string> = new Set(images);

/** Where the images of PostgreSQL look for SQL that runs once. */
const initFolder = '/docker-entrypoint-initdb.d';

/** A database that a line of SQL makes or goes to. */
const named = /^[ \t]*(?:\\c(?:onnect)?|create\s+database(?:\s+if\s+not\s+exists)?)\s+"?([\w-]+)"?/gim;

/** The SQL that runs once makes its tables in the database that the server is told to have, and no other. */
export const databaseNames: Check = {
  name: 'database-names',
  find({ objects }, report) {
    for (const { workload, container } of serversOf(objects, ownImages)) {
      const name = variableOf(objects, workload, container, 'POSTGRES_DB');
      if (name === undefined) continue;
      for (const map of initMaps(objects, workload, container)) {
        for (const [key, sql] of Object.entries(textMapOf(map.object['data']))) {
          const others = new Set(
            [...sql.matchAll(named)]
              .map(([, other = '']) => other)
              .filter((other) => other !== name && other !== 'postgres'),
          );
          for (const other of others)
            report(
              foundAt(
                map,
                fieldPath('data', key),
                `works in the database "${other}", and the server of ${workload.kind} "${workload.name}" has "${name}" (POSTGRES_DB); write one name in both`,
              ),
            );
        }
      }
    }
  },
};

function initMaps(objects: ObjectIndex, { pod, namespace }: Workload, { fields }: PodContainer) {
  const volumes = placesOf(fields['volumeMounts'], '').flatMap((mount) =>
    textOf(mount.fields['mountPath'])?.startsWith(initFolder) === true ? [mount.fields['name']] : [],
  );
  return placesOf(pod['volumes'], '')
    .filter((volume) => volumes.includes(volume.fields['name']))
    .flatMap(
      (volume) => objects.find('ConfigMap', textOf(valueAt(volume.fields, 'configMap', 'name')) ?? '', namespace) ?? [],
    );
}
