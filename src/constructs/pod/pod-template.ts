import type { k8s } from 'cdk8s-plus-28';
import { envSourceOf, type Container } from '../../model/container.ts';
import { selectorOf, serviceAccountName } from '../../model/names.ts';
import type { Service } from '../../model/service.ts';
import { configChecksum, credentialGeneration } from '../annotations.ts';
import type { Place } from '../place.ts';
import { present } from '../present.ts';
import { checksumOf } from './config-checksum.ts';
import { containerSpec, needsTemporaryFolder } from './container.ts';
import { credentialBehind } from './environment-variable.ts';
import { schedulingOf } from './scheduling.ts';
import { defaultRunAs, podSecurityContext } from './security-context.ts';
import {
  configsBehind,
  credentialsBehind,
  emptyFolder,
  isPodVolume,
  needsGroup,
  podVolume,
  temporaryVolume,
} from './volume.ts';

/** Data of a service's ConfigMaps with all references filled in, by name without the environment's prefix. */
export type ResolvedConfigs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Data of a service's ConfigMaps with all references filled in. */
export const resolvedConfigs = (place: Place, service: Service): ResolvedConfigs =>
  Object.fromEntries(
    (service.configs ?? []).map((config) => [
      config.name,
      Object.fromEntries(
        Object.entries(config.data).map(([key, value]) => [
          key,
          place.resolve(value, `${place.pathOf(service.name)}.configs.${config.name}.data.${key}`),
        ]),
      ),
    ]),
  );

/** The pod template of a service: its containers, its volumes, and annotations that roll it when what it uses changes. */
export function podTemplate(place: Place, service: Service, configs: ResolvedConfigs): k8s.PodTemplateSpec {
  const path = place.pathOf(service.name);
  const specs = (group: 'containers' | 'initContainers', list: readonly Container[]): k8s.Container[] =>
    list.map((container) => containerSpec(place, container, `${path}.${group}.${container.name}`));
  const volumes = [
    ...(service.volumes ?? [])
      .filter(isPodVolume)
      .map((volume) => podVolume(place, volume, `${path}.volumes.${volume.name}`)),
    ...(allContainers(service).some(needsTemporaryFolder) ? [emptyFolder(temporaryVolume)] : []),
  ];
  if (volumes.filter(({ name }) => name === temporaryVolume).length > 1) {
    place.refuse(
      `${path}.volumes`,
      'must mount this volume at /tmp in every container, or give it another name',
      temporaryVolume,
    );
  }

  return {
    metadata: present({ labels: { ...selectorOf(service) }, annotations: annotations(place, service, configs, path) }),
    spec: present({
      serviceAccountName: serviceAccountName(place.environment, service),
      automountServiceAccountToken: service.serviceAccount?.mountToken ?? false,
      enableServiceLinks: false,
      imagePullSecrets:
        service.imagePullCredential === undefined
          ? undefined
          : [{ name: place.credential(service.imagePullCredential, path).secretName }],
      securityContext: podSecurityContext(service.runAs ?? defaultRunAs, (service.volumes ?? []).some(needsGroup)),
      ...schedulingOf(place, service),
      shareProcessNamespace: service.shareProcessNamespace,
      terminationGracePeriodSeconds: service.terminationGraceSeconds,
      initContainers: service.initContainers && specs('initContainers', service.initContainers),
      containers: specs('containers', service.containers),
      volumes: volumes.length === 0 ? undefined : volumes,
    }),
  };
}

/** Main, sidecar and init containers. */
export const allContainers = (service: Service): readonly Container[] => [
  ...(service.initContainers ?? []),
  ...service.containers,
];

function annotations(
  place: Place,
  service: Service,
  configs: ResolvedConfigs,
  path: string,
): Record<string, string> | undefined {
  const containers = allContainers(service);
  const sources = containers.flatMap((container) => (container.envFrom ?? []).map(envSourceOf));
  const used = new Set([
    ...sources.flatMap((source) => (source.kind === 'config' ? [source.config] : [])),
    ...(service.volumes ?? []).flatMap(configsBehind),
  ]);
  const usedConfigs = Object.fromEntries(Object.entries(configs).filter(([name]) => used.has(name)));
  const credentials = new Set([
    ...containers.flatMap((container) =>
      Object.values(container.env ?? {}).flatMap((value) => credentialBehind(place, value, path) ?? []),
    ),
    ...sources.flatMap((source) => (source.kind === 'secret' ? [source.credential] : [])),
    ...(service.volumes ?? []).flatMap(credentialsBehind),
  ]);

  const result = {
    ...(Object.keys(usedConfigs).length === 0 ? {} : { [configChecksum]: checksumOf(usedConfigs) }),
    ...Object.fromEntries(
      [...credentials].map((name) => [credentialGeneration(name), String(place.credential(name, path).generation)]),
    ),
  };
  return Object.keys(result).length === 0 ? undefined : result;
}
