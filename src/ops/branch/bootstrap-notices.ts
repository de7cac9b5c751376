import { readStrictYaml } from '../../model/formats/strict-yaml.ts';
import { readBlobs } from '../git/read-blobs.ts';
import type { BranchIndex } from '../release/branch-index.ts';
import type { OpsRepository } from '../repository/ops-repository.ts';
import type { BranchDifference } from './branch-difference.ts';
import type { BranchFiles } from './branch-files.ts';
import type { BranchState } from './branch-state.ts';

/** A state of a branch that becomes another. */
export interface BranchTransition {
  readonly environment: string;
  readonly state: BranchState;
  readonly next: BranchFiles;
  readonly difference: BranchDifference;
  /** Whether the files are those of an earlier state, which Pulumi would not make. */
  readonly isRestored: boolean;
}

/** What must be done outside the ops repository before Argo CD can apply a commit, as sentences. */
export async function bootstrapNotices(
  repository: OpsRepository,
  { environment, state, next, difference, isRestored }: BranchTransition,
): Promise<readonly string[]> {
  const touched = [...difference.added, ...difference.changed, ...difference.removed].filter((path) =>
    path.startsWith('bootstrap/'),
  );
  const secrets = newSecrets(state, next);
  if (touched.length === 0 && secrets.length === 0) return [];
  const kinds = state.kind === 'ours' ? await newKinds(repository, state, next) : [];
  const first = isRestored
    ? 'bootstrap/ is that of the earlier state, and Argo CD does not apply it: "kubectl apply -f bootstrap/" from this commit does'
    : state.kind === 'ours'
      ? `bootstrap/ changed: run "pulumi up --stack ${environment}" first`
      : `bootstrap/ is new: run "pulumi up --stack ${environment}" first, or "kubectl apply -f bootstrap/"`;
  return [
    ...(touched.length === 0 ? [] : [first]),
    ...kinds.map((kind) => `the AppProject must allow ${kind} before Argo CD applies one`),
    ...secrets.map(
      ([name, keys]) =>
        `the Secret ${name} must exist with ${keys.length === 1 ? 'the key' : 'the keys'} ${keys.join(', ')}; README.md on the branch has the line`,
    ),
  ];
}

function newSecrets(state: BranchState, next: BranchFiles): readonly (readonly [string, readonly string[]])[] {
  const before = state.kind === 'ours' ? state.index.secrets : {};
  return Object.entries(next.index.secrets).filter(
    ([name, keys]) => JSON.stringify(before[name]) !== JSON.stringify(keys),
  );
}

async function newKinds(
  repository: OpsRepository,
  state: Extract<BranchState, { readonly kind: 'ours' }>,
  next: BranchFiles,
): Promise<readonly string[]> {
  const projects = ({ objects }: BranchIndex): readonly string[] =>
    Object.keys(objects).filter((path) => objects[path]?.kind === 'AppProject');
  const texts = await readBlobs(
    repository.gitDir,
    projects(state.index).map((path) => `${state.tip}:${path}`),
  );
  const known = new Set([...texts.values()].flatMap(allowedKinds));
  const wanted = projects(next.index).flatMap((path) => allowedKinds(next.files.get(path) ?? ''));
  return [...new Set(wanted)].filter((kind) => !known.has(kind)).sort();
}

/** Kinds that an AppProject lets its Applications apply, as `Kind` or `Kind.group`. */
function allowedKinds(project: string): readonly string[] {
  const spec = field(readStrictYaml('AppProject', project), 'spec');
  return ['namespaceResourceWhitelist', 'clusterResourceWhitelist'].flatMap((list) => {
    const entries = field(spec, list);
    return Array.isArray(entries)
      ? entries.map((entry) =>
          [field(entry, 'kind'), field(entry, 'group')]
            .filter((part) => typeof part === 'string' && part !== '')
            .join('.'),
        )
      : [];
  });
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
