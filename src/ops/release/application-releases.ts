import { artifactsOf } from '../../model/derived/object-images.ts';
import { applicationsOf, type UnitName } from '../../model/derived/units.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import type { Release } from '../../model/release.ts';

/** What a unit's applications get of a release: each the images it runs; an environment's single one gets them all. */
export function splitRelease(
  environment: Environment,
  unit: UnitName,
  release: Release,
): Readonly<Record<string, Release>> {
  const [first, ...others] = environment.applications;
  if (first === undefined) return {};
  if (others.length === 0) return { [first.name]: release };
  return Object.fromEntries(
    applicationsOf(environment, unit).map(({ name }) => {
      const used = artifactsOf(environment, name);
      return [
        name,
        {
          ...release,
          images: Object.fromEntries(Object.entries(release.images).filter(([artifact]) => used.has(artifact))),
        },
      ];
    }),
  );
}

/** What a unit's applications run by its record; artifacts that the program got after it have the version of its first release. */
export function withFirstVersions(
  { initialReleases }: Delivery,
  environment: Environment,
  unit: UnitName,
  recorded: Readonly<Record<string, Release>>,
): Readonly<Record<string, Release>> {
  const first = initialReleases[environment.name]?.images ?? {};
  const known = new Set(Object.values(recorded).flatMap(({ images }) => Object.keys(images)));
  const completed = applicationsOf(environment, unit).flatMap(({ name }) => {
    const release = recorded[name] ?? { images: {} };
    const started = [...artifactsOf(environment, name)].flatMap((artifact) =>
      known.has(artifact) || first[artifact] === undefined ? [] : [[artifact, first[artifact]] as const],
    );
    return started.length === 0
      ? []
      : [[name, { ...release, images: { ...release.images, ...Object.fromEntries(started) } }] as const];
  });
  return { ...recorded, ...Object.fromEntries(completed) };
}
