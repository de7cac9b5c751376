import { imageReference, isImageTag } from '../../model/formats/image-reference.ts';
import type { ImageVersion, Release } from '../../model/release.ts';
import type { MovableField } from '../../objects/files/movable-field.ts';
import { partsOf, type FieldValue } from '../release/field-values.ts';
import { isSameImage } from './same-image.ts';

/** Fields that others than this program move, by file. */
type Fields = Readonly<Record<string, readonly MovableField[]>>;

/**
 * What applications run by the movable fields of their files. A field is believed as far as it says a version, and an artifact's version only
 * where all its fields say the same: what one of them alone says is somebody's edit. Where the version of an artifact changed, what else was known
 * of the release is not known of this one: neither its commit nor its tag.
 *
 * @param before - what ran before
 * @param texts - of the files that have such fields; one that is gone is absent
 */
export function movedRelease(
  before: Readonly<Record<string, Release>>,
  fields: Fields,
  texts: ReadonlyMap<string, string>,
): Readonly<Record<string, Release>> {
  const values = new Map<string, FieldValue[]>();
  const unknown = new Set<string>();
  for (const [path, all] of Object.entries(fields)) {
    const parts = partsOf(texts.get(path) ?? '', all);
    for (const { artifact } of parts.missing) unknown.add(artifact);
    for (const value of parts.values)
      values.set(value.field.artifact, [...(values.get(value.field.artifact) ?? []), value]);
  }
  return Object.fromEntries(
    Object.entries(before).map(([application, release]) => {
      const moved = Object.entries(release.images).flatMap(([artifact, image]): [string, ImageVersion][] => {
        const said = values.get(artifact) ?? [];
        const version = unknown.has(artifact) || said.length === 0 ? undefined : versionSaid(image, said);
        return version === undefined || isSameImage(version, image) ? [] : [[artifact, version]];
      });
      return [
        application,
        moved.length === 0 ? release : { images: { ...release.images, ...Object.fromEntries(moved) } },
      ];
    }),
  );
}

/** The one version that all fields of an artifact say together; nothing where they disagree, or one says none. */
export function versionSaid(before: ImageVersion, values: readonly FieldValue[]): ImageVersion | undefined {
  const tags = new Set<string>();
  const digests = new Set<string | undefined>();
  for (const { field, value } of values) {
    const carries = field.kind === 'image' ? 'reference' : field.carries;
    if (carries === 'tag') {
      if (!isImageTag(value)) return undefined;
      tags.add(value);
      continue;
    }
    const reference = imageReference(carries === 'digest' ? `${before.repository}@${value}` : value);
    const { repository, tag, digest } = reference ?? {};
    if (repository !== before.repository || (digest !== undefined && !DIGEST.test(digest))) return undefined;
    digests.add(digest);
    if (carries === 'reference') {
      if (tag === undefined) return undefined;
      tags.add(tag);
    }
  }
  if (tags.size > 1 || digests.size > 1) return undefined;
  const [tag = before.tag] = tags;
  // Who says a tag alone says nothing of the digest, unless the tag is what it was.
  const [digest] = digests.size === 0 && tag === before.tag ? [before.digest] : digests;
  return { repository: before.repository, tag, ...(digest === undefined ? {} : { digest }) };
}

/** As `release.yaml` has it. */
const DIGEST = /^sha256:[0-9a-f]{64}$/;
