import { nameOf, type Unit } from '../../model/derived/units.ts';
import type { Environment } from '../../model/environment.ts';
import { sourceRepositoryOf, type Delivery } from '../../model/delivery.ts';
import { asSources, releaseId, sourcesIn, type Release } from '../../model/release.ts';
import type { Stage } from '../../model/stage.ts';
import { OpsError } from '../ops-error.ts';
import { artifactsOf } from '../../model/derived/object-images.ts';

/**
 * What enters, and of what runs now the images that it does not bring. Where images come from several sources, each has the commit of its own: what
 * enters says that of its sources alone.
 *
 * @param used - names of the artifacts that run there
 */
export function merged(
  delivery: Pick<Delivery, 'supplies'>,
  incoming: Release,
  current: Release,
  used: ReadonlySet<string>,
): Release {
  const kept = Object.entries(current.images).filter(([artifact]) => used.has(artifact));
  const { source: _, sources: __, ...entering } = incoming;
  const images = { ...Object.fromEntries(kept), ...incoming.images };
  const repositoriesOf = (artifacts: Iterable<string>): ReadonlySet<string | undefined> =>
    new Set([...artifacts].map((artifact) => sourceRepositoryOf(delivery, artifact)));
  const all = repositoriesOf(used);
  if (all.size <= 1) return { ...incoming, images };
  const brought = repositoriesOf(Object.keys(incoming.images));
  const stays = Object.entries(sourcesIn(current)).filter(([name]) => all.has(name) && !brought.has(name));
  return { ...entering, images, ...asSources({ ...Object.fromEntries(stays), ...sourcesIn(incoming) }) };
}

/** What a commit's subject calls a release: its tag, else the tag that all its images have, else its id. */
export function versionShown(release: Release): string {
  const [tag, ...others] = new Set(Object.values(release.images).map((image) => image.tag));
  return release.gitTag ?? (others.length === 0 ? tag : undefined) ?? releaseId(release);
}

/** @throws OpsError for an image that neither enters nor runs */
export function refuseMissing(environment: Environment, unit: Unit, { application }: Stage, { images }: Release): void {
  const missing = [...artifactsOf(environment, application)]
    .filter((artifact) => images[artifact] === undefined)
    .sort();
  if (missing.length === 0) return;
  throw new OpsError(`${nameOf(unit)} was not promoted`, [
    {
      code: 'wrong-input',
      what: `the release has no image of ${missing.join(', ')}, and none runs yet`,
      next: `add ${missing.map((artifact) => `--image ${artifact}=REF`).join(' ')}`,
    },
  ]);
}
