import type { KubernetesObject } from '../../../model/application.ts';
import { entryName, listRule, type ListKeyLookup } from './list-rule.ts';
import type { Path, PathStep } from '../../../objects/change/path.ts';
import { isSecretFlag } from '../redact.ts';
import { canonical, fieldOf, sameQuantity, sameValue } from './same-value.ts';

/** One difference, before anybody found words for it. */
export interface Difference {
  readonly path: Path;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What two states of one object have different. */
export interface Differences {
  readonly changes: readonly Difference[];
  /** Lists whose entries are the same in another order, where order means nothing to Kubernetes but makes new pods. */
  readonly reordered: readonly Path[];
}

/** Fields that a server fills in, from the object's root: never desired state. */
const serverFields: Readonly<Record<string, readonly string[]>> = {
  '': ['status'],
  metadata: ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'],
  'metadata/annotations': ['deployment.kubernetes.io/revision', 'kubectl.kubernetes.io/last-applied-configuration'],
};

/** Maps that appear and go entry by entry: a new limit is a change of that limit. */
const transparent: ReadonlySet<PathStep> = new Set([
  'annotations',
  'binaryData',
  'capacity',
  'data',
  'labels',
  'limits',
  'matchLabels',
  'metadata',
  'requests',
  'resources',
  'securityContext',
  'spec',
  'stringData',
]);

/** Compares two states of one object field by field, and lists by what tells their entries apart. */
export function compareObjects(before: KubernetesObject, after: KubernetesObject, lookup?: ListKeyLookup): Differences {
  const walk = new Walk(after, lookup);
  walk.maps(before, after);
  return { changes: walk.changes, reordered: walk.reordered };
}

type Fields = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys whose values are not the very same, sorted. */
function openKeys(before: Fields, after: Fields): readonly string[] {
  const keys = Object.keys(before).filter((key) => before[key] !== fieldOf(after, key));
  for (const key of Object.keys(after)) if (!Object.hasOwn(before, key)) keys.push(key);
  return keys.sort();
}

class Walk {
  readonly changes: Difference[] = [];
  readonly reordered: Path[] = [];
  readonly #path: PathStep[] = [];

  constructor(
    readonly object: KubernetesObject,
    readonly lookup: ListKeyLookup | undefined,
  ) {}

  maps(before: Fields, after: Fields): void {
    const ignored =
      this.#path.length < 3 ? serverFields[this.#path.filter((step) => typeof step === 'string').join('/')] : undefined;
    for (const key of openKeys(before, after)) {
      if (ignored?.includes(key) !== true) this.#at(key, fieldOf(before, key), fieldOf(after, key));
    }
  }

  #at(step: PathStep, before: unknown, after: unknown): void {
    if (before === after) return;
    this.#path.push(step);
    this.#values(before ?? undefined, after ?? undefined);
    this.#path.pop();
  }

  #values(before: unknown, after: unknown): void {
    if (before === after) return;
    const step = this.#path.at(-1);
    if (Array.isArray(before) && Array.isArray(after)) this.#lists(before, after);
    else if (isMap(before) && isMap(after)) this.maps(before, after);
    else if (this.#appears(before, after)) this.maps({}, after as Fields);
    else if (this.#appears(after, before)) this.maps(before as Fields, {});
    else if (this.#fills(before, after)) this.#lists([], after as readonly unknown[]);
    else if (this.#fills(after, before)) this.#lists(before as readonly unknown[], []);
    else if (!sameQuantity(this.#path.at(-2), step, before, after)) this.#report(before, after);
  }

  /** Whether a map stands where nothing was, and is one whose entries count, not itself. */
  #appears(nothing: unknown, map: unknown): boolean {
    return (
      nothing === undefined && isMap(map) && Object.keys(map).length > 0 && transparent.has(this.#path.at(-1) ?? '')
    );
  }

  /** Whether a list with entries of their own stands where nothing was. */
  #fills(nothing: unknown, list: unknown): boolean {
    return (
      nothing === undefined &&
      Array.isArray(list) &&
      list.length > 0 &&
      listRule(this.object, this.#path, [], list, this.lookup).by !== 'position'
    );
  }

  #report(before: unknown, after: unknown): void {
    this.changes.push({
      path: [...this.#path],
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    });
  }

  #lists(before: readonly unknown[], after: readonly unknown[]): void {
    if (sameValue(before, after)) return;
    const rule = listRule(this.object, this.#path, before, after, this.lookup);
    if (rule.by === 'keys') this.#keyed(before, after, rule.keys, rule.ordered);
    else if (rule.by === 'value') this.#unordered(before, after);
    else this.#positional(before, after);
  }

  #keyed(before: readonly unknown[], after: readonly unknown[], keys: readonly string[], ordered: boolean): void {
    const [left, right] = [before, after].map((list) => new Map(list.map((entry) => [entryName(entry, keys), entry])));
    if (left === undefined || right === undefined) return;
    const renamed = renamedEntries(left, right, keys);
    const comeAgain = new Set(renamed.values());
    for (const entry of new Set([...left.keys(), ...right.keys()])) {
      if (!comeAgain.has(entry)) this.#at({ entry }, left.get(entry), right.get(renamed.get(entry) ?? entry));
    }
    const kept = [...left.keys()].filter((entry) => right.has(entry));
    const moved = [...right.keys()].filter((entry) => left.has(entry));
    if (kept.join('\0') === moved.join('\0')) return;
    if (ordered) this.changes.push({ path: [...this.#path], before: kept, after: moved });
    else this.reordered.push([...this.#path]);
  }

  #unordered(before: readonly unknown[], after: readonly unknown[]): void {
    const [gone, come] = withoutCommon(before, after);
    if (gone.length === 0 && come.length === 0) this.reordered.push([...this.#path]);
    const scalars = [...gone, ...come].every(([, entry]) => typeof entry !== 'object' || entry === null);
    // As many gone as come: each was changed. Scalars are members of a set, so one goes and another comes.
    if (!scalars && gone.length === come.length)
      come.forEach(([i, entry], n) => {
        this.#at(i, gone[n]?.[1], entry);
      });
    else {
      for (const [i, entry] of gone) this.#at(scalars ? { entry: String(entry) } : i, entry, undefined);
      for (const [i, entry] of come) this.#at(scalars ? { entry: String(entry) } : i, undefined, entry);
    }
  }

  #positional(before: readonly unknown[], after: readonly unknown[]): void {
    // The argument before says what an argument is, so a list in which one is a secret is never taken apart.
    if (before.length === after.length && ![...before, ...after].some(isSecretFlag))
      before.forEach((entry, i) => {
        this.#at(i, entry, after[i]);
      });
    else this.#report(before, after);
  }
}

/** Entries that are the same but for what tells them apart: old name → new name. Members that have nothing else come and go. */
function renamedEntries(
  left: ReadonlyMap<string, unknown>,
  right: ReadonlyMap<string, unknown>,
  keys: readonly string[],
): ReadonlyMap<string, string> {
  const rest = (entry: unknown): string =>
    canonical(isMap(entry) ? Object.fromEntries(Object.entries(entry).filter(([key]) => !keys.includes(key))) : entry);
  const come = new Map([...right].flatMap(([name, entry]) => (left.has(name) ? [] : [[rest(entry), name] as const])));
  come.delete('{}');
  const renamed = new Map<string, string>();
  if (come.size === 0) return renamed;
  for (const [name, entry] of left) {
    const other = right.has(name) ? undefined : come.get(rest(entry));
    if (other === undefined) continue;
    renamed.set(name, other);
    come.delete(rest(entry));
  }
  return renamed;
}

type Placed = readonly [position: number, entry: unknown];

/** The entries of each list that the other does not have, counted. */
function withoutCommon(
  before: readonly unknown[],
  after: readonly unknown[],
): readonly [readonly Placed[], readonly Placed[]] {
  const counts = new Map<string, number>();
  for (const entry of after) counts.set(canonical(entry), (counts.get(canonical(entry)) ?? 0) + 1);
  const take = (entry: unknown): boolean => {
    const text = canonical(entry);
    const count = counts.get(text) ?? 0;
    counts.set(text, count - 1);
    return count > 0;
  };
  const gone = before.map((entry, i): Placed => [i, entry]).filter(([, entry]) => !take(entry));
  counts.clear();
  for (const entry of before) counts.set(canonical(entry), (counts.get(canonical(entry)) ?? 0) + 1);
  const come = after.map((entry, i): Placed => [i, entry]).filter(([, entry]) => !take(entry));
  return [gone, come];
}
