import type { KubernetesObject } from '../../../model/application.ts';
import { databaseNames } from '../../../model/names.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { placesOf, textOf, valueAt } from '../../../objects/fields.ts';

/** A database keeps the major version and the C library of its published data, unless the model declares an upgrade. */
export const databaseMajor: Check = {
  name: 'database-major',
  find({ environment, objects, published }, report) {
    if (published === undefined) return;
    for (const application of environment.applications) {
      for (const database of application.databases ?? []) {
        const { workload } = databaseNames(environment, database);
        const before = published.find('StatefulSet', workload);
        const after = objects.find('StatefulSet', workload);
        if (before === undefined || after === undefined) continue;
        for (const { path, image, old } of changedImages(before.object, after.object)) {
          const from = majorOf(old);
          const to = majorOf(image);
          if (from !== to) {
            if (from !== undefined && database.upgradesFrom === from) continue;
            const allow =
              from === undefined
                ? 'keep the version'
                : `keep ${from}, or set upgradesFrom: "${from}" once the data is moved`;
            report(
              foundAt(
                after,
                path,
                `major version ${to ?? 'unknown'} cannot read the data of ${from ?? 'an unknown one'}; ${allow}, got ${image}`,
              ),
            );
          } else if (codenameOf(old) !== codenameOf(image)) {
            report(
              foundAt(
                after,
                path,
                `another C library (${codenameOf(image)}) orders text differently and breaks the indexes made with ${codenameOf(old)}; keep the code name, got ${image}`,
              ),
            );
          }
        }
      }
    }
  },
};

const containersOf = (object: KubernetesObject) =>
  placesOf(valueAt(object, 'spec', 'template', 'spec', 'containers'), 'spec.template.spec.containers').map(
    ({ fields, path }) => ({
      name: textOf(fields['name']),
      image: textOf(fields['image']) ?? '',
      path: `${path}.image`,
    }),
  );

function changedImages(before: KubernetesObject, after: KubernetesObject) {
  const old = new Map(containersOf(before).map(({ name, image }) => [name, image]));
  return containersOf(after).flatMap(({ name, image, path }) => {
    const was = old.get(name);
    return was === undefined || was === image ? [] : [{ path, image, old: was }];
  });
}

/** The digits in front of an image's tag. */
const majorOf = (image: string): string | undefined => /:(\d+)[^/]*$/.exec(image.replace(/@.*$/, ''))?.[1];

/** What follows the version in an image's tag, e.g. `trixie`. */
const codenameOf = (image: string): string =>
  /:[\d.]+-([^/]+)$/.exec(image.replace(/@.*$/, ''))?.[1] ?? 'an unnamed one';
