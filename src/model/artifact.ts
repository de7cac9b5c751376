/** How versions look and which of two is newer. Orders are of the scheme, never of strings. */
export type VersionScheme =
  /** Forty hexadecimal digits; newer is the descendant in the source repository. */
  | { readonly kind: 'gitSha' }
  /**
   * Semantic versions; `prefix` stands before the number. `range` narrows what is accepted. A workflow that builds a commit decides its version
   * once, before, by the newest Git tag such as `v1.2.3` and by what the commits since say: `feat:`, `!:` or `BREAKING CHANGE:`.
   */
  | {
      readonly kind: 'semver';
      /** What stands before each version, e.g. `v`. @default - nothing */
      readonly prefix?: string;
      /** Versions that may be deployed, as npm writes ranges. @default - every one */
      readonly range?: string;
    }
  /**
   * A pattern whose named groups are compared as whole numbers, in the order of `by`,
   * e.g. `^b(?<build>\d+)\.(?<date>\d{8})\.(?<time>\d{6})$` by `['build']`.
   */
  | {
      readonly kind: 'numeric';
      /** Regular expression of the whole version, from `^` to `$`, with named groups. */
      readonly pattern: string;
      /** Groups that are compared as numbers, the most important first. */
      readonly by: readonly string[];
    };

/** One published output with a version scheme and its order. */
export interface Artifact {
  /** Unique name, by which supplies, containers and releases know it. */
  readonly name: string;

  /** What is published: an image, or a Helm chart. */
  readonly kind: 'image' | 'chart';
  /** Registry repository, or chart repository URL. */
  readonly repository: string;
  readonly scheme: VersionScheme;
  /** Whether a release may name it by tag when no digest can be had. @default false */
  readonly allowTagOnly?: boolean;
  /** An artifact whose version this one pins inside itself, e.g. a chart its image. @default - none */
  readonly pins?: string;
}
