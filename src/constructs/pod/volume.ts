import { k8s } from 'cdk8s-plus-28';
import { objectName } from '../../model/names.ts';
import type { Volume } from '../../model/service.ts';
import type { Place } from '../place.ts';

/** Name of the empty folder that a container with a read-only file system gets at `/tmp`. */
export const temporaryVolume = 'tmp';

/** A volume of a pod. */
export function podVolume(place: Place, volume: Volume, path: string): k8s.Volume {
  const { name } = volume;
  switch (volume.kind) {
    case 'claim':
      return {
        name,
        persistentVolumeClaim: { claimName: objectName(place.environment, place.claim(volume.claim, path).name) },
      };
    case 'config':
      return { name, configMap: { name: objectName(place.environment, volume.config) } };
    case 'secret':
      // 0440: the pod's user and group, which fsGroup sets, and nobody else.
      return { name, secret: { secretName: place.credential(volume.credential, path).secretName, defaultMode: 0o440 } };
    case 'emptyDir':
      return emptyFolder(name, volume.sizeLimit);
  }
}

/** An empty folder that lives as long as its pod. */
export const emptyFolder = (name: string, sizeLimit?: string): k8s.Volume => ({
  name,
  emptyDir: sizeLimit === undefined ? {} : { sizeLimit: k8s.Quantity.fromString(sizeLimit) },
});
