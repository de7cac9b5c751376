import type { Check } from '../../check.ts';
import { placesOf } from '../../objects/fields.ts';
import { inEachPod } from './control.ts';

const allowed = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'] as const;

/** Pod Security, volume types: only those that do not reach into the node, above all no host path. */
export const volumeTypes: Check = {
  name: 'volume-types',
  find: (input) =>
    inEachPod(input, ({ pod, specPath }) =>
      placesOf(pod['volumes'], `${specPath}.volumes`)
        .filter(({ fields }) => !allowed.some((type) => fields[type] !== undefined && fields[type] !== null))
        .map(({ fields, path }) => {
          const types = Object.keys(fields).filter((key) => key !== 'name');
          return { field: path, message: `volume "${String(fields['name'])}" has a type that is not allowed; write one of: ${allowed.join(', ')}, got ${types.join(', ') || 'none'}` };
        }),
    ),
};
