import { k8s } from 'cdk8s-plus-28';
import { objectName } from '../../model/names.ts';
import type { FileItem, ProjectedSource, Volume } from '../../model/pods/volume.ts';
import type { Place } from '../place.ts';
import { present } from '../present.ts';

/** Name of the empty folder that a container with a read-only file system gets at `/tmp`. */
export const temporaryVolume = 'tmp';

/** A volume that a pod template says; a claim of each replica is the StatefulSet's. */
export type PodVolume = Exclude<Volume, { readonly kind: 'claimPerReplica' }>;

/** Whether a volume is one that a pod template says. */
export const isPodVolume = (volume: Volume): volume is PodVolume => volume.kind !== 'claimPerReplica';

/** A volume of a pod. */
export function podVolume(place: Place, volume: PodVolume, path: string): k8s.Volume {
  const { name } = volume;
  switch (volume.kind) {
    case 'claim':
      return {
        name,
        persistentVolumeClaim: { claimName: objectName(place.environment, place.claim(volume.claim, path).name) },
      };
    case 'config':
      return {
        name,
        configMap: present({
          name: objectName(place.environment, volume.config),
          items: volume.items?.map(keyToPath),
          defaultMode: modeOf(volume.defaultMode),
        }),
      };
    case 'secret':
      return {
        name,
        secret: present({
          secretName: place.credential(volume.credential, path).secretName,
          items: volume.items?.map(keyToPath),
          defaultMode: modeOf(volume.defaultMode) ?? ownersOnly,
        }),
      };
    case 'projected':
      return {
        name,
        projected: {
          sources: volume.sources.map((source) => projection(place, source, path)),
          defaultMode: modeOf(volume.defaultMode) ?? ownersOnly,
        },
      };
    case 'ephemeral':
      return {
        name,
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: volume.storageClass,
              resources: { requests: { storage: k8s.Quantity.fromString(volume.size) } },
            },
          },
        },
      };
    case 'node':
      return { name, hostPath: { path: volume.path, type: volume.type ?? 'Directory' } };
    case 'emptyDir':
      return emptyFolder(name, volume.sizeLimit, volume.medium);
  }
}

/** 0440: the pod's user and group, which fsGroup sets, and nobody else. */
const ownersOnly = 0o440;

/** A mode as Kubernetes wants it, a number; the model has it as people write it, in octal. */
const modeOf = (mode: string | undefined): number | undefined => (mode === undefined ? undefined : parseInt(mode, 8));

const keyToPath = ({ key, path, mode }: FileItem): k8s.KeyToPath => present({ key, path, mode: modeOf(mode) });

function projection(place: Place, source: ProjectedSource, path: string): k8s.VolumeProjection {
  switch (source.kind) {
    case 'config':
      return {
        configMap: present({
          name: objectName(place.environment, source.config),
          items: source.items?.map(keyToPath),
        }),
      };
    case 'secret':
      return {
        secret: present({
          name: place.credential(source.credential, path).secretName,
          items: source.items?.map(keyToPath),
        }),
      };
    case 'downwardAPI':
      return {
        downwardApi: { items: source.items.map((item) => ({ path: item.path, fieldRef: { fieldPath: item.field } })) },
      };
    case 'serviceAccountToken':
      return {
        serviceAccountToken: present({
          audience: source.audience,
          path: source.path,
          expirationSeconds: source.expirationSeconds,
        }),
      };
  }
}

/** Whether a volume's files belong to the pod's group, so that the group must be said. */
export const needsGroup = (volume: Volume): boolean => {
  switch (volume.kind) {
    case 'claim':
    case 'claimPerReplica':
    case 'secret':
    case 'projected':
    case 'ephemeral':
      return true;
    case 'config':
      return volume.defaultMode !== undefined || (volume.items ?? []).some(({ mode }) => mode !== undefined);
    case 'node':
    case 'emptyDir':
      return false;
  }
};

/** Names of the configs whose keys are files of a volume. */
export const configsBehind = (volume: Volume): readonly string[] => {
  if (volume.kind === 'config') return [volume.config];
  if (volume.kind !== 'projected') return [];
  return volume.sources.flatMap((source) => (source.kind === 'config' ? [source.config] : []));
};

/** Names of the credentials whose keys are files of a volume. */
export const credentialsBehind = (volume: Volume): readonly string[] => {
  if (volume.kind === 'secret') return [volume.credential];
  if (volume.kind !== 'projected') return [];
  return volume.sources.flatMap((source) => (source.kind === 'secret' ? [source.credential] : []));
};

/** An empty folder that lives as long as its pod. */
export const emptyFolder = (name: string, sizeLimit?: string, medium?: string): k8s.Volume => ({
  name,
  emptyDir: present({ medium, sizeLimit: sizeLimit === undefined ? undefined : k8s.Quantity.fromString(sizeLimit) }),
});

/** An empty folder in memory, which counts as that of the containers that write to it. */
export const memoryFolder = (name: string, sizeLimit: string): k8s.Volume => ({
  name,
  emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString(sizeLimit) },
});
