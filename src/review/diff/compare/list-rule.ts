import type { KubernetesObject } from '../../../model/application.ts';
import type { ListKeys } from '../../../objects/change/list-keys.ts';
import { valueAt } from '../../../objects/fields.ts';
import type { Path } from '../../../objects/change/path.ts';

/** Looks up in the schemas how the entries of a list are told apart; positions are left out of the path. */
export type ListKeyLookup = (object: KubernetesObject, path: readonly string[]) => ListKeys;

/** How two lists are compared. */
export type ListRule =
  /** Entries are told apart by fields; `ordered` when their order means something. */
  | { readonly by: 'keys'; readonly keys: readonly string[]; readonly ordered: boolean }
  /** Entries are told apart by being different; their order means nothing. */
  | { readonly by: 'value' }
  /** Entries are told apart by their position. */
  | { readonly by: 'position' };

/** Sets of fields that tell entries apart, the first that fits both lists; a dot leads into an entry. */
type Candidates = readonly (readonly string[])[];

/** Lists of built-in and well-known kinds, by field. The order of their entries means nothing. */
const keyed: Readonly<Record<string, Candidates>> = {
  containers: [['name']],
  ephemeralContainers: [['name']],
  env: [['name']],
  volumes: [['name']],
  volumeMounts: [['mountPath']],
  volumeDevices: [['devicePath']],
  volumeClaimTemplates: [['metadata.name']],
  imagePullSecrets: [['name']],
  secrets: [['name']],
  hostAliases: [['ip']],
  topologySpreadConstraints: [['topologyKey', 'whenUnsatisfiable']],
  ports: [['name'], ['port', 'protocol'], ['containerPort', 'protocol']],
  items: [['key']],
  subjects: [['kind', 'name', 'namespace']],
  routes: [['match']],
  paths: [['path']],
  rules: [['host']],
  namespaceResourceWhitelist: [['group', 'kind']],
  namespaceResourceBlacklist: [['group', 'kind']],
  clusterResourceWhitelist: [['group', 'kind']],
  clusterResourceBlacklist: [['group', 'kind']],
};

/** Lists in which the entries are told apart by a field and run or apply one after the other. */
const sequences: Readonly<Record<string, Candidates>> = {
  initContainers: [['name']],
  middlewares: [['name', 'namespace']],
};

/** Lists whose entries are alternatives or members: only what is in them counts. */
const unordered: ReadonlySet<string> = new Set([
  'accessModes',
  'add',
  'apiGroups',
  'categories',
  'destinations',
  'drop',
  'egress',
  'entryPoints',
  'except',
  'finalizers',
  'from',
  'hosts',
  'ingress',
  'matchExpressions',
  'matchFields',
  'metrics',
  'mountOptions',
  'namespaces',
  'nodeSelectorTerms',
  'nonResourceURLs',
  'policyTypes',
  'preferredDuringSchedulingIgnoredDuringExecution',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'resourceNames',
  'resources',
  'rules',
  'services',
  'shortNames',
  'sourceNamespaces',
  'sourceRepos',
  'sources',
  'supplementalGroups',
  'syncOptions',
  'tls',
  'to',
  'tolerations',
  'verbs',
]);

/** Says how two lists at a place of an object are compared. */
export function listRule(
  object: KubernetesObject,
  path: Path,
  before: readonly unknown[],
  after: readonly unknown[],
  lookup?: ListKeyLookup,
): ListRule {
  const fields = path.filter((step) => typeof step === 'string');
  const field = fields.at(-1) ?? '';
  const known = fits(own(keyed, field), before, after);
  if (known !== undefined) return { by: 'keys', keys: known, ordered: false };
  const sequence = fits(own(sequences, field), before, after);
  if (sequence !== undefined) return { by: 'keys', keys: sequence, ordered: true };
  if (unordered.has(field) || Object.hasOwn(keyed, field)) return { by: 'value' };

  const schema = lookup?.(object, fields) ?? 'atomic';
  if (schema === 'set') return { by: 'value' };
  if (schema !== 'atomic' && fits([schema], before, after) !== undefined)
    return { by: 'keys', keys: schema, ordered: false };
  const named = fits([['name']], before, after);
  return named === undefined ? { by: 'position' } : { by: 'keys', keys: named, ordered: true };
}

const own = (table: Readonly<Record<string, Candidates>>, field: string): Candidates =>
  Object.hasOwn(table, field) ? (table[field] ?? []) : [];

const fits = (
  candidates: Candidates,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly string[] | undefined => candidates.find((keys) => tellsApart(keys, before) && tellsApart(keys, after));

function tellsApart(keys: readonly string[], list: readonly unknown[]): boolean {
  const seen = new Set<string>();
  for (const entry of list) {
    if (typeof entry !== 'object' || entry === null || keyValue(entry, keys[0] ?? '') === undefined) return false;
    seen.add(entryName(entry, keys));
  }
  return seen.size === list.length;
}

/** What tells an entry apart, e.g. `8080/TCP`. */
export const entryName = (entry: unknown, keys: readonly string[]): string =>
  keys
    .map((key) => keyValue(entry, key) ?? (key === 'protocol' ? 'TCP' : undefined))
    .filter((value) => value !== undefined)
    .join('/');

function keyValue(entry: unknown, key: string): string | undefined {
  const value = valueAt(entry, ...key.split('.'));
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
