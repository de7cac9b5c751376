import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import type { Claim } from '../model/application.ts';
import { objectName } from '../model/names.ts';
import type { Place } from './place.ts';

/** A claim and the place it belongs to. */
export interface VolumeClaimProps {
  readonly place: Place;
  readonly claim: Claim;
}

/**
 * Disk space that services of an application mount. The engine neither prunes nor deletes it.
 *
 * Defines: a PersistentVolumeClaim, and for a folder of a node the PersistentVolume that it is bound to. Does not define:
 * the folder, which must exist, and a StorageClass.
 */
export class VolumeClaim extends Construct {
  constructor(scope: Construct, id: string, { place, claim }: VolumeClaimProps) {
    super(scope, id);
    const { environment, marks } = place;
    const { size, storageClass, local } = claim;
    const volume = local && objectName(environment, local.volume);

    if (local !== undefined && volume !== undefined) {
      new k8s.KubePersistentVolume(this, 'volume', {
        metadata: { name: volume, annotations: { ...marks.kept, ...marks.keptByOthers } },
        spec: {
          capacity: { storage: k8s.Quantity.fromString(size) },
          volumeMode: 'Filesystem',
          accessModes: [claim.accessMode],
          storageClassName: storageClass,
          local: { path: local.path },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [local.node] }] },
              ],
            },
          },
        },
      });
    }

    new k8s.KubePersistentVolumeClaim(this, 'claim', {
      metadata: {
        name: objectName(environment, claim.name),
        namespace: environment.namespace,
        annotations: { ...marks.kept, ...marks.keptByOthers },
      },
      spec: {
        accessModes: [claim.accessMode],
        storageClassName: storageClass,
        resources: { requests: { storage: k8s.Quantity.fromString(size) } },
        ...(volume === undefined ? {} : { volumeName: volume }),
      },
    });
  }
}
