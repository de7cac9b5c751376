import { blobId } from '../git/blob-id.ts';
import type { FileChange } from '../git/write-commit.ts';
import { INDEX_FILE } from '../release/branch-index.ts';
import { RELEASE_FILE } from '../release/release-record.ts';
import { saysTheSame } from '../release/field-values.ts';
import type { BranchState } from './branch-state.ts';
import type { LostBranch } from './lost-branch.ts';

/** How the files of a branch differ from those it should hold. `release.yaml` and `index.json` follow from the others. */
export interface BranchDifference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Ours, and no longer rendered. */
  readonly removed: readonly string[];
  /** Not ours: left alone. */
  readonly foreign: readonly string[];
  /** Not ours, where a file of ours should be. */
  readonly inTheWay: readonly string[];
  /** Not ours, and gone when ours is written: a file where our folder belongs, or what lies in a folder where our file does. */
  readonly replaced: readonly string[];
}

/** Paths that this program wrote to a branch. */
export function ownPaths(state: BranchState | LostBranch): ReadonlySet<string> {
  if (state.kind === 'absent') return new Set();
  // The README.md of a first commit is the host's placeholder.
  if (state.kind === 'first-commit') return new Set(['README.md']);
  return new Set([INDEX_FILE, RELEASE_FILE, ...Object.keys(state.index.objects), ...Object.keys(state.index.files)]);
}

/** Compares a branch with the files it should hold. */
export function differenceOf(state: BranchState | LostBranch, files: ReadonlyMap<string, string>): BranchDifference {
  const tree = state.kind === 'absent' ? new Map<string, { readonly mode: string; readonly id: string }>() : state.tree;
  const own = ownPaths(state);
  const wanted = [...files].filter(([path]) => path !== INDEX_FILE && path !== RELEASE_FILE);
  const strange = [...tree.keys()].filter((path) => !own.has(path) && !files.has(path));
  const folders = new Set(strange.flatMap(foldersAbove));
  const foreignFiles = new Set(strange);
  const ourFolders = new Set([...files.keys()].flatMap(foldersAbove));
  const isReplaced = (path: string): boolean =>
    ourFolders.has(path) || foldersAbove(path).some((folder) => files.has(folder));
  const isBlocked = (path: string): boolean =>
    (tree.has(path) && !own.has(path)) ||
    folders.has(path) ||
    foldersAbove(path).some((folder) => foreignFiles.has(folder));
  return {
    added: wanted.filter(([path]) => !tree.has(path)).map(([path]) => path),
    changed: wanted.filter(([path, text]) => differsThere(state, path, text)).map(([path]) => path),
    removed: [...tree.keys()].filter(
      (path) => own.has(path) && !files.has(path) && path !== INDEX_FILE && path !== RELEASE_FILE,
    ),
    foreign: strange.filter((path) => !isReplaced(path)),
    inTheWay: [...files.keys()].filter(isBlocked),
    replaced: [
      ...strange.filter(isReplaced),
      ...[...files.keys()].filter((path) => tree.has(path) && !own.has(path)),
    ].sort(),
  };
}

/** What a host puts into a repository's first commit; nobody strayed there. */
const HOST_FILES = new Set(['LICENSE', '.gitignore']);

/** Files on a branch of ours that this program never wrote. */
export function straysOf(state: Extract<BranchState, { readonly kind: 'ours' }>): readonly string[] {
  const own = ownPaths(state);
  return [...state.tree.keys()].filter((path) => !own.has(path) && !HOST_FILES.has(path)).sort();
}

/** Whether nothing but the record could change. */
export const isSame = ({ added, changed, removed }: BranchDifference): boolean =>
  added.length + changed.length + removed.length === 0;

/** The changes that make a branch hold exactly these files, apart from those that are not ours. */
export function changesTo(
  state: BranchState | LostBranch,
  files: ReadonlyMap<string, string>,
): ReadonlyMap<string, FileChange> {
  const changes = new Map<string, FileChange>();
  const tree = state.kind === 'absent' ? undefined : state.tree;
  for (const path of ownPaths(state))
    if (tree?.has(path) === true && !files.has(path)) changes.set(path, { kind: 'remove' });
  for (const [path, text] of files) {
    if (tree?.has(path) !== true || differsThere(state, path, text)) changes.set(path, { kind: 'write', text });
  }
  return changes;
}

/**
 * Whether a branch has another text of a file. Where others move fields of it, one that says the same is none, however they write it: it stays as
 * it is.
 */
export function differsThere(state: BranchState | LostBranch, path: string, text: string): boolean {
  if (state.kind === 'absent') return false;
  const isOther = differs(state.tree.get(path), text);
  if (!isOther || state.kind !== 'ours' || state.tree.get(path)?.mode !== '100644') return isOther;
  const [there, fields] = [state.fieldTexts?.get(path), state.index.fields?.[path]];
  return there === undefined || fields === undefined || !saysTheSame(there, text, fields);
}

const differs = (entry: { readonly mode: string; readonly id: string } | undefined, text: string): boolean =>
  entry !== undefined && (entry.mode !== '100644' || entry.id !== blobId(text, entry.id));

/** `a/b/c` has the folders `a` and `a/b` above it. */
const foldersAbove = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, i, parts) => parts.slice(0, i + 1).join('/'));
