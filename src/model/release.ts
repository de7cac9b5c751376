/** One image version of a release. */
export interface ImageVersion {
  /** Registry repository, e.g. `acme/orders`. */
  readonly repository: string;
  /** A tag that is in the registry, unless the digest is known, which then says alone what is run. */
  readonly tag: string;
  /** `sha256:` and 64 hexadecimal digits, taken when the image entered and never later. @default - not known */
  readonly digest?: string;
}

/** An immutable set of artifact versions that moves as one, with the commit it came from. Kargo calls it Freight. */
export interface Release {
  /** By artifact name. */
  readonly images: Readonly<Record<string, ImageVersion>>;
  /** Where the artifacts were built from. @default - not known */
  readonly source?: {
    /** Name of the repository. */
    readonly repository: string;
    /** Commit, forty hexadecimal digits. */
    readonly commit: string;
  };
  /** The tag that made it a release. @default - none */
  readonly gitTag?: string;
}

/** A release's id: its git tag, else the first twelve digits of its source commit, else the tags of its images. */
export function releaseId(release: Release): string {
  if (release.gitTag !== undefined) return release.gitTag;
  if (release.source !== undefined) return release.source.commit.slice(0, 12);
  return [...new Set(Object.values(release.images).map((image) => image.tag))].sort().join('+');
}

/**
 * The tag that a release's git tag gives its images: registries and runtimes take no `+`, which versions with build metadata
 * have, and Helm writes the same `_` in its place.
 */
export const imageTagOf = (gitTag: string): string => gitTag.replaceAll('+', '_');

/** The reference that a pod spec carries: `repository:tag`, with the digest when it is known. */
export function writeImageReference(image: ImageVersion): string {
  const reference = `${image.repository}:${image.tag}`;
  return image.digest === undefined ? reference : `${reference}@${image.digest}`;
}
