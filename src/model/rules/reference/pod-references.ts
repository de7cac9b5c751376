import { envSourceOf } from '../../container.ts';
import type { Delivery } from '../../delivery.ts';
import { imagesOf } from '../../derived/object-images.ts';
import type { Problem } from '../../problem.ts';
import type { Volume } from '../../pods/volume.ts';
import { applicationsIn, containersOf, servicesOf, type ServicePlace } from '../place.ts';
import { checkName, namesOf } from './known-names.ts';

function volumeProblems(
  { path, service, environment }: ServicePlace,
  volume: Volume,
  claims: ReadonlySet<string>,
): readonly Problem[] {
  const at = `${path}.volumes.${volume.name}`;
  switch (volume.kind) {
    case 'claim':
      return checkName(at, 'claim of this application', volume.claim, claims);
    case 'config':
      return checkName(at, 'config of this service', volume.config, namesOf(service.configs ?? []));
    case 'secret':
      return checkName(at, `credential in ${environment.name}`, volume.credential, namesOf(environment.credentials));
    case 'projected':
      return volume.sources.flatMap((source, i) => {
        const within = `${at}.sources[${i}]`;
        if (source.kind === 'config')
          return checkName(within, 'config of this service', source.config, namesOf(service.configs ?? []));
        return source.kind === 'secret'
          ? checkName(within, `credential in ${environment.name}`, source.credential, namesOf(environment.credentials))
          : [];
      });
    case 'claimPerReplica':
    case 'ephemeral':
    case 'node':
    case 'emptyDir':
      return [];
  }
}

function problemsOfService(
  place: ServicePlace,
  artifacts: ReadonlySet<string>,
  claims: ReadonlySet<string>,
): readonly Problem[] {
  const { path, service } = place;
  const configs = namesOf(service.configs ?? []);
  const volumes = namesOf(service.volumes ?? []);
  return [
    ...(service.containers.length === 0
      ? [{ path: `${path}.containers`, message: 'must hold at least one container', given: [] }]
      : []),
    ...(service.volumes ?? []).flatMap((volume) => volumeProblems(place, volume, claims)),
    ...containersOf(place).flatMap(({ path: at, container }) => [
      ...(typeof container.image === 'string'
        ? []
        : checkName(`${at}.image`, 'artifact', container.image.artifact, artifacts)),
      ...(container.envFrom ?? []).flatMap((given, i) => {
        const source = envSourceOf(given);
        return source.kind === 'config'
          ? checkName(`${at}.envFrom[${i}]`, 'config of this service', source.config, configs)
          : checkName(
              `${at}.envFrom[${i}]`,
              `credential in ${place.environment.name}`,
              source.credential,
              namesOf(place.environment.credentials),
            );
      }),
      ...(container.mounts ?? []).flatMap((mount, i) =>
        checkName(`${at}.mounts[${i}]`, 'volume of this service', mount.volume, volumes),
      ),
    ]),
  ];
}

/** Configs, claims, volumes and images that a service's pods and written objects use are declared. */
export function podReferences(delivery: Delivery): readonly Problem[] {
  const artifacts = namesOf(delivery.artifacts);
  return applicationsIn(delivery).flatMap((place) => {
    const claims = namesOf(place.application.claims ?? []);
    return [
      ...servicesOf(place).flatMap((service) => problemsOfService(service, artifacts, claims)),
      ...(place.application.objects ?? []).flatMap((object, i) =>
        imagesOf(object).flatMap(({ path, artifact }) =>
          checkName(`${place.path}.objects[${i}].${path}`, 'artifact', artifact, artifacts),
        ),
      ),
    ];
  });
}
