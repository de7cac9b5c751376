import type { Delivery } from '../../model/delivery.ts';
import { typed, type Unit } from '../../model/derived/units.ts';
import { lastChanges } from '../git/last-changes.ts';
import { ProblemsError } from '../../model/problem.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { readTree, type Tree } from '../git/read-tree.ts';
import { git } from '../git/run-git.ts';
import { OpsError } from '../ops-error.ts';
import { INDEX_FILE, firstDifference, newerVersion, readVersions, writeBranchIndex } from '../release/branch-index.ts';
import { withMoves } from '../foreign/with-moves.ts';
import { readReleaseRecord } from '../release/read-release-record.ts';
import { RELEASE_FILE, recordedId } from '../release/release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import type { Edit } from '../written/edit.ts';
import {
  lostItsDigest,
  newestText,
  newestWhole,
  wholeState,
  type KnownCommit,
  type KnownState,
} from '../release/known-state.ts';

/** What was done by hand to `release.yaml` or `index.json`, so that neither is believed. */
export interface Damage {
  /** The files that are not as they were written. */
  readonly edits: readonly Edit[];
  /** The newest commit in which they were. */
  readonly known: string;
  /** First line in which `release.yaml` differs from it. @default - it is missing, or as it was */
  readonly line?: number;
  /** Why the files cannot be read, place by place. @default - they can */
  readonly reason?: string;
  /** Release that the edited file names. @default - none that can be read */
  readonly claims?: string;
}

/**
 * A branch that this program has written. Where somebody edited what it says of itself, it says what it last said whole. Where others move fields
 * of it, its record says what runs by these, and `recordText` what is on record.
 */
export interface OwnBranch extends KnownState {
  readonly kind: 'ours';
  readonly tip: string;
  readonly tree: Tree;
  /** Texts of the files that others move fields of. @default - nobody does */
  readonly fieldTexts?: ReadonlyMap<string, string>;
  /** @default - index and record are those of the tip */
  readonly damage?: Damage;
}

/** What a unit's branch is before a write. */
export type BranchState =
  | { readonly kind: 'absent' }
  /** Holds only the first commit that made the branch: no files but these usual ones. */
  | { readonly kind: 'first-commit'; readonly tip: string; readonly tree: Tree }
  | OwnBranch;

/** Files that a host puts into a repository's first commit. */
const FIRST_FILES = new Set(['README.md', 'LICENSE', '.gitignore']);

/** What was read of commits, which never change, for as long as a repository is open: a write looks at the same branch more than once. */
const statesRead = new WeakMap<
  OpsRepository,
  Map<string, { readonly delivery: Delivery; readonly state: BranchState }>
>();

/**
 * Reads what a unit's branch holds at a commit.
 *
 * @throws OpsError when the branch is not this project's, or its files cannot be read
 */
export async function readBranch(
  repository: OpsRepository,
  delivery: Delivery,
  unit: Unit,
  tip: string | undefined,
): Promise<BranchState> {
  if (tip === undefined) return { kind: 'absent' };
  const read = statesRead.get(repository) ?? new Map<string, { delivery: Delivery; state: BranchState }>();
  statesRead.set(repository, read);
  const key = [unit.environment, unit.application ?? '', unit.branch, tip].join(' ');
  const known = read.get(key);
  if (known?.delivery === delivery) return known.state;
  const state = await stateAt(repository.gitDir, delivery, unit, tip);
  read.set(key, { delivery, state });
  return state;
}

async function stateAt(gitDir: string, delivery: Delivery, unit: Unit, tip: string): Promise<BranchState> {
  const { branch } = unit;
  const tree = await readTree(gitDir, tip);
  const paths = { index: `${tip}:${INDEX_FILE}`, record: `${tip}:${RELEASE_FILE}` };
  const files = await readBlobs(gitDir, Object.values(paths));
  const [index, recordText] = [files.get(paths.index), files.get(paths.record)];
  refuseNewer(unit, index);
  if (index === undefined && (await isFirstCommit(gitDir, tip, tree))) return { kind: 'first-commit', tip, tree };
  let reason: ProblemsError | undefined;
  let sealed = false;
  try {
    const whole = wholeState(index, recordText);
    sealed = whole?.index.unsealed === true && (await lostItsDigest(gitDir, tip));
    if (whole !== undefined && !sealed) {
      checked(delivery, unit, whole);
      return await withMoves<OwnBranch>(gitDir, { kind: 'ours', tip, tree, ...whole });
    }
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    reason = error;
  }
  const known = await newestWhole(gitDir, tip, sealed);
  if (known === undefined) {
    const said = index ?? (await newestText(gitDir, tip, INDEX_FILE));
    if (said === undefined) throw notOurs(branch, `has files and no ${INDEX_FILE}, so it is somebody else's`);
    refuseOwner(delivery, unit, said);
    throw new NothingWhole(unit, tip, recordText === undefined ? undefined : claimedBy(recordText), reason);
  }
  checked(delivery, unit, known);
  return withMoves<OwnBranch>(gitDir, {
    kind: 'ours',
    tip,
    tree,
    index: known.index,
    record: known.record,
    recordText: known.recordText,
    damage: {
      ...(await damageOf(gitDir, tip, known, { index, recordText })),
      ...(reason === undefined ? {} : { reason: reason.message.replace(/^portolan: /, '') }),
    },
  });
}

/** Refuses what a newer package wrote: this one cannot tell what of it is an edit, and would undo what it does not know. */
function refuseNewer({ branch }: Unit, index = ''): void {
  const version = newerVersion(index);
  if (version === undefined) return;
  throw new OpsError(`${branch} was not touched`, [
    {
      code: 'older-package',
      what: `${INDEX_FILE} of ${branch} is ${version}, and this package of Portolan reads ${readVersions.join(', ')}: it is older than the branch`,
      next: 'install the Portolan that the newest commit of the program names ("npm ci" there), or a newer one',
    },
  ]);
}

/** Refuses what is another project's, environment's or application's. */
function checked({ name }: Delivery, { branch, environment, application }: Unit, { index, record }: KnownState): void {
  if (index.project !== name) throw notOurs(branch, `belongs to the project "${index.project}", this one is "${name}"`);
  for (const found of [index.environment, record.environment]) {
    if (found !== environment) throw notOurs(branch, `holds the environment "${found}"`);
  }
  const others = Object.keys(record.applications).filter((found) => found !== application);
  if (application !== undefined && others.length > 0)
    throw notOurs(branch, `holds the application "${others.join('", "')}"`);
}

/** Refuses a branch of another project or environment, as far as an index that nobody can believe still says so. */
function refuseOwner({ name }: Delivery, { branch, environment }: Unit, index: string): void {
  const said = (key: string): string | undefined => new RegExp(`^ *"${key}": "([^"\\n]*)"`, 'm').exec(index)?.[1];
  const [project = name, place = environment] = [said('project'), said('environment')];
  if (project !== name) throw notOurs(branch, `belongs to the project "${project}", this one is "${name}"`);
  if (place !== environment) throw notOurs(branch, `holds the environment "${place}"`);
}

/** A branch of ours of which no commit says what it holds. */
export class NothingWhole extends OpsError {
  constructor(
    unit: Unit,
    tip: string,
    /** Release that release.yaml names all the same. @default - none that can be read */
    readonly claims: string | undefined,
    reason: ProblemsError | undefined,
  ) {
    super(
      `${unit.branch} cannot be read at ${tip.slice(0, 12)}`,
      [
        {
          code: 'bad-file',
          what: `${reason?.message.replace(/^portolan: /, '') ?? `${RELEASE_FILE} is not the one that ${INDEX_FILE} names`}\nno commit of the branch has both as they were written`,
          next: [
            `npx portolan promote ${typed(unit)} … --discard-edits brings a release in`,
            `npx portolan publish ${typed(unit)} --discard-edits, or rollback with it to have it held, brings the first release that the program names`,
            'what is lost is which release ran, what held it, and which files are ours',
          ].join('\n'),
        },
      ],
      reason === undefined ? {} : { cause: reason },
    );
  }
}

async function damageOf(
  gitDir: string,
  tip: string,
  known: KnownCommit,
  { index, recordText }: { readonly index: string | undefined; readonly recordText: string | undefined },
): Promise<Damage> {
  const before = new Map([
    [RELEASE_FILE, known.recordText],
    [INDEX_FILE, writeBranchIndex(known.index)],
  ]);
  const now = new Map([
    [RELEASE_FILE, recordText],
    [INDEX_FILE, index],
  ]);
  const touched = [...before.keys()].filter((path) => now.get(path) !== before.get(path));
  const authors = await lastChanges(gitDir, tip, touched);
  const line = recordText === undefined ? undefined : firstDifference(recordText, known.recordText);
  const claims = recordText === undefined ? undefined : claimedBy(recordText);
  return {
    edits: touched.map((path) => {
      const by = authors.get(path);
      return {
        path,
        what: now.get(path) === undefined ? ('deleted' as const) : ('changed' as const),
        ...(by === undefined ? {} : { by }),
      };
    }),
    known: known.commit,
    ...(line === undefined ? {} : { line }),
    ...(claims === undefined ? {} : { claims }),
  };
}

function claimedBy(recordText: string): string | undefined {
  try {
    return recordedId(readReleaseRecord(recordText));
  } catch (error) {
    if (error instanceof ProblemsError) return undefined;
    throw error;
  }
}

const notOurs = (branch: string, why: string): OpsError =>
  new OpsError(`${branch} was not touched`, [
    {
      code: 'not-ours',
      what: `the branch ${branch} ${why}`,
      next: 'name another ops repository, or remove the branch if nothing runs from it',
    },
  ]);

async function isFirstCommit(gitDir: string, tip: string, tree: Tree): Promise<boolean> {
  if ([...tree.keys()].some((path) => !FIRST_FILES.has(path))) return false;
  const parents = (await git(['rev-list', '--parents', '--max-count=1', '--end-of-options', tip], { gitDir }))
    .toString('utf8')
    .trim();
  return !parents.includes(' ');
}
