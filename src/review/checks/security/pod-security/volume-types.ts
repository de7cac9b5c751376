import { foundAt, type Check } from '../../../../objects/check.ts';
import { levelOfPods } from '../level-of-pods.ts';

const allowed = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
] as const;

/** Pod Security, volume types: only those that do not reach into the node, above all no host path, which alone "baseline" forbids. */
export const volumeTypes: Check = {
  name: 'volume-types',
  inPod(workload, report, around) {
    const { rendered, volumes } = workload;
    const onlyPaths = levelOfPods(workload, around) === 'baseline';
    for (const { fields, path } of volumes) {
      if (onlyPaths && (fields['hostPath'] ?? undefined) === undefined) continue;
      if (allowed.some((type) => fields[type] !== undefined && fields[type] !== null)) continue;
      const types = Object.keys(fields).filter((key) => key !== 'name');
      report(
        foundAt(
          rendered,
          path,
          `volume "${String(fields['name'])}" has a type that is not allowed; write one of: ${allowed.join(', ')}, got ${types.join(', ') || 'none'}`,
        ),
      );
    }
  },
};
