import type { Release } from '../../model/release.ts';

/** Adds a tag to an image that is in its registry. @throws RegistryError */
export type AddTag = (repository: string, digest: string, tag: string) => Promise<void>;

/**
 * Gives images their tag in the registry.
 *
 * @returns a sentence about those without a digest: nobody knows which bits to tag
 */
export async function addTags({ images }: Release, addTag: AddTag): Promise<readonly string[]> {
  const untagged: string[] = [];
  await Promise.all(
    Object.values(images).map(async ({ repository, tag, digest }) =>
      digest === undefined ? untagged.push(`${repository}:${tag}`) : addTag(repository, digest, tag),
    ),
  );
  return untagged.length === 0
    ? []
    : [`${untagged.sort().join(', ')} got no tag: without a digest nobody knows which bits`];
}
