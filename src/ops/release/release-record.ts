import { releaseId, type ImageVersion, type Release } from '../../model/release.ts';

/** Name of the file that holds it, at the top of an environment's branch. */
export const RELEASE_FILE = 'release.yaml';

/** How a release came to an environment. */
export type Origin =
  /** Named in the program as the first one. */
  | { readonly kind: 'initial' }
  /** Came from a build. */
  | { readonly kind: 'build' }
  /** Was verified in these environments, at these commits of the ops repository. */
  | { readonly kind: 'promotion'; readonly from: readonly { readonly environment: string; readonly commit: string }[] }
  /** Was moved by somebody else than this program, as its author is called in that commit of the ops repository. */
  | { readonly kind: 'moved'; readonly by: string; readonly commit: string }
  /** Was brought back: the state of that commit of the ops repository. */
  | { readonly kind: 'rollback'; readonly to: StateReference };

/** One state of an environment's branch. */
export interface StateReference {
  /** Release id. */
  readonly release: string;
  /** Commit of the ops repository. */
  readonly commit: string;
}

/** The commit of the program that rendered the manifests. */
export interface ProgramRecord {
  /** @default - the program was not in a Git repository */
  readonly commit?: string;
  /** Whether the commit was not on the program's default branch. @default false */
  readonly unmerged?: boolean;
  /** Whether files differed from the commit. @default false */
  readonly uncommitted?: boolean;
}

/** Why automation keeps its hands off. */
export type Hold =
  /** Put by a person; stops every automatic promotion, and publish. */
  | { readonly kind: 'manual'; readonly reason: string; readonly by: string; readonly since: string }
  /** Put by a rollback; stops what was rolled back and everything not newer, and publish. */
  | {
      readonly kind: 'rollback';
      readonly reason: string;
      readonly by: string;
      readonly since: string;
      readonly of: RolledBack;
    };

/** What a rollback took away: enough to know it, and to tell whether something is newer. */
export interface RolledBack extends StateReference {
  /** By application. */
  readonly applications: Readonly<Record<string, Release>>;
  /** Commit of the program that had rendered it. @default - not known */
  readonly program?: string;
}

/** What this program does to a branch. */
export type WrittenChange = 'publish' | 'promote' | 'rollback' | 'hold' | 'unhold';

/** What the last commit of the branch did, and who asked. What others moved is nowhere written but in their commits. */
export interface Change {
  readonly kind: WrittenChange | 'moved';
  /** Application that was changed, where the environment has several. @default - the environment's only one, or what several share */
  readonly application?: string;
  /** Who asked, e.g. a user name. */
  readonly by: string;
  /** Whether no person decided it. @default false */
  readonly automatic?: boolean;
  /** URL of the run that did it. @default - not a run */
  readonly run?: string;
  /** When, in UTC: `2026-01-31T12:00:00Z`. */
  readonly at: string;
  /** The state before. @default - the first one */
  readonly follows?: StateReference;
  /** URL of the pull request that brought it. @default - the branch was written itself */
  readonly pullRequest?: string;
  /** Why it went past the gate. @default - it did not */
  readonly emergency?: string;
}

/** What runs in an environment, and how it came: the whole of `release.yaml`. */
export interface ReleaseRecord {
  readonly environment: string;
  /** By application. */
  readonly applications: Readonly<Record<string, Release>>;
  readonly program: ProgramRecord;
  readonly origin: Origin;
  readonly change: Change;
  readonly holds: readonly Hold[];
}

/** Id of the release that a record, or a state that a rollback took away, is of. */
export const recordedId = ({ applications }: Pick<ReleaseRecord, 'applications'>): string =>
  Object.keys(applications).length === 0 ? NO_RELEASE : releaseId(wholeRelease(applications));

/** What stands for the id of a release where a branch holds no application, but what several share. */
const NO_RELEASE = 'shared';

/** What several branches of an environment have on record, together; the first of them has the say, as an environment's own has until it moved. */
export const recordedApplications = (
  records: readonly Pick<ReleaseRecord, 'applications'>[],
): Readonly<Record<string, Release>> =>
  Object.fromEntries([...records].reverse().flatMap(({ applications }) => Object.entries(applications)));

/**
 * All applications of an environment as one release, as the renderer takes it. The source and the tag are there when all
 * applications agree on them.
 */
export function wholeRelease(applications: Readonly<Record<string, Release>>): Release {
  const parts = Object.values(applications);
  const images: Record<string, ImageVersion> = Object.assign({}, ...parts.map((part) => part.images)) as Record<
    string,
    ImageVersion
  >;
  const [first, ...rest] = parts;
  const agree = <Value>(of: (part: Release) => Value | undefined): Value | undefined => {
    const value = first === undefined ? undefined : of(first);
    return value !== undefined && rest.every((part) => JSON.stringify(of(part)) === JSON.stringify(value))
      ? value
      : undefined;
  };
  const source = agree((part) => part.source);
  const sources = agree((part) => part.sources);
  const gitTag = agree((part) => part.gitTag);
  return {
    images,
    ...(source === undefined ? {} : { source }),
    ...(sources === undefined ? {} : { sources }),
    ...(gitTag === undefined ? {} : { gitTag }),
  };
}
