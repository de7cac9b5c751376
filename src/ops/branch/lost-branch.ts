import { load } from 'js-yaml';
import type { Delivery } from '../../model/delivery.ts';
import type { Unit } from '../../model/derived/units.ts';
import type { KubernetesObject } from '../../model/application.ts';
import { lastChanges } from '../git/last-changes.ts';
import { readFiles } from '../git/read-blobs.ts';
import { readTree, type Tree } from '../git/read-tree.ts';
import { INDEX_FILE, type BranchIndex, type IndexedObject } from '../release/branch-index.ts';
import { fileDigest } from '../release/file-digest.ts';
import { RELEASE_FILE } from '../release/release-record.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import { NothingWhole, readBranch, type BranchState } from './branch-state.ts';
import type { Edit } from '../written/edit.ts';

/** A branch of ours of which no commit says what it holds, for a writer that is told to discard what was edited. */
export interface LostBranch {
  readonly kind: 'lost';
  readonly tip: string;
  readonly tree: Tree;
  /** What the files look like: each single object where ours lie counts as ours, so that what holds data is still guarded. */
  readonly index: BranchIndex;
  /** The two files that say what a branch is, and who touched them last. */
  readonly edits: readonly Edit[];
  /** Release that release.yaml names, which nobody can vouch for. @default - none that can be read */
  readonly claims?: string;
}

/** Where objects of ours lie, one in a file. */
const OUR_FOLDERS = /^(?:manifests|bootstrap)\/.*\.yaml$/;

/**
 * Reads a branch to write to it. Where nothing on it can be believed, and edits are discarded, it is taken for what it looks like.
 *
 * @throws OpsError as {@link readBranch}
 */
export async function readToWrite(
  repository: OpsRepository,
  delivery: Delivery,
  unit: Unit,
  tip: string | undefined,
  { discardEdits = false }: { readonly discardEdits?: boolean },
): Promise<BranchState | LostBranch> {
  try {
    return await readBranch(repository, delivery, unit, tip);
  } catch (error) {
    if (!discardEdits || tip === undefined || !(error instanceof NothingWhole)) throw error;
    return lostBranch(repository.gitDir, delivery.name, unit, tip, error.claims);
  }
}

async function lostBranch(
  gitDir: string,
  project: string,
  { environment }: Unit,
  tip: string,
  claims: string | undefined,
): Promise<LostBranch> {
  const tree = await readTree(gitDir, tip);
  const paths = [...tree.keys()];
  const texts = await readFiles(
    gitDir,
    tree,
    paths.filter((path) => OUR_FOLDERS.test(path)),
  );
  const objects = [...texts].flatMap(([path, text]): readonly (readonly [string, IndexedObject])[] => {
    const object = singleObject(text);
    return object === undefined ? [] : [[path, object]];
  });
  const authors = await lastChanges(gitDir, tip, [INDEX_FILE, RELEASE_FILE]);
  return {
    kind: 'lost',
    tip,
    tree,
    index: {
      project,
      environment,
      objects: Object.fromEntries(objects),
      files: tree.has('README.md') ? { 'README.md': '' } : {},
      secrets: {},
    },
    edits: [INDEX_FILE, RELEASE_FILE].map((path): Edit => {
      const by = authors.get(path);
      return { path, what: tree.has(path) ? 'changed' : 'deleted', ...(by === undefined ? {} : { by }) };
    }),
    ...(claims === undefined ? {} : { claims }),
  };
}

/** The object of a file that may be ours; what holds several, or none, never was. */
function singleObject(text: string): IndexedObject | undefined {
  let object: Partial<KubernetesObject> | null | undefined;
  try {
    object = load(text) as Partial<KubernetesObject> | null | undefined;
  } catch {
    return undefined;
  }
  const { apiVersion, kind, metadata } = object ?? {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof metadata?.name !== 'string')
    return undefined;
  return {
    apiVersion,
    kind,
    ...(typeof metadata.namespace === 'string' ? { namespace: metadata.namespace } : {}),
    name: metadata.name,
    construct: '',
    digest: fileDigest(text),
  };
}
