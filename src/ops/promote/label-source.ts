import { sourceRepositoryOf, type Delivery } from '../../model/delivery.ts';
import { sourcesIn, writeImageReference, type Release } from '../../model/release.ts';
import { RegistryError } from '../registry/registry-error.ts';

/** The commit of the source that an image says it was built from; nothing where it says none. @throws RegistryError */
export type RevisionOf = (reference: string) => Promise<string | undefined>;

/**
 * A release with the commit that all its images say they were built from, where it is not on record: somebody else than this program moved them.
 * Where one of them says none, or another, it stays unknown.
 */
export async function withSource(
  { supplies }: Delivery,
  release: Release,
  revisionOf: RevisionOf | undefined,
): Promise<Release> {
  if (Object.keys(sourcesIn(release)).length > 0 || revisionOf === undefined) return release;
  const said = await Promise.all(
    Object.values(release.images).map(async (image) => {
      try {
        return await revisionOf(writeImageReference(image));
      } catch (error) {
        if (error instanceof RegistryError) return undefined;
        throw error;
      }
    }),
  );
  const [commit, ...others] = new Set(said);
  const sources = Object.keys(release.images).map((artifact) => sourceRepositoryOf({ supplies }, artifact));
  const [repository, ...further] = new Set(sources);
  return commit === undefined || repository === undefined || others.length + further.length > 0
    ? release
    : { ...release, source: { repository, commit } };
}
