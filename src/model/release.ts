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
  /**
   * Where the artifacts were built from, where they come from several repositories: a commit by each repository's name. Then it has no `source`.
   *
   * @default - they come from one, or it is not known
   */
  readonly sources?: Readonly<Record<string, string>>;
  /** The tag that made it a release. @default - none */
  readonly gitTag?: string;
}

/** What stands for the id of a release without any artifact. */
const PROGRAM_ALONE = 'program';

/** The commits that a release was built from, by the name of the repository. */
export const sourcesIn = ({ source, sources }: Release): Readonly<Record<string, string>> =>
  sources ?? (source === undefined ? {} : { [source.repository]: source.commit });

/** Commits by repository, as a release says them: one is its source. */
export function asSources(commits: Readonly<Record<string, string>>): Pick<Release, 'source' | 'sources'> {
  const [first, ...others] = Object.entries(commits).sort(([a], [b]) => (a < b ? -1 : 1));
  if (first === undefined) return {};
  const [repository, commit] = first;
  return others.length === 0 ? { source: { repository, commit } } : { sources: Object.fromEntries([first, ...others]) };
}

/**
 * A release's id: its git tag, else the first twelve digits of its source commit, of several sources each in the order of their names, else the
 * tags of its images; `program` where it has none.
 */
export function releaseId(release: Release): string {
  if (release.gitTag !== undefined) return release.gitTag;
  const commits = Object.entries(sourcesIn(release)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (commits.length > 0) return commits.map(([, commit]) => commit.slice(0, 12)).join('+');
  const tags = [...new Set(Object.values(release.images).map((image) => image.tag))].sort();
  return tags.length === 0 ? PROGRAM_ALONE : tags.join('+');
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
