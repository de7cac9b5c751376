import type { KubernetesObject } from '../../../model/application.ts';
import { groupBy } from '../../group-by.ts';
import { ownerOf } from '../owner.ts';
import type { TreeObject } from '../tree-object.ts';

/** An object that left under one name and came back under another. */
export interface Rename {
  readonly before: TreeObject;
  readonly after: TreeObject;
}

/** How much of two objects must be the same. */
const nearly = 0.85;
/** Fewer common leaves than this say nothing about two objects that are not the same throughout. */
const fewest = 4;
/** A leaf that this many objects share tells none of them apart. */
const common = 40;

/**
 * Finds among removed and created objects those of one kind whose content is nearly the same apart from their name. Linear in
 * the size of the objects.
 */
export function findRenames(removed: readonly TreeObject[], created: readonly TreeObject[]): readonly Rename[] {
  const byKind = groupBy(created, ({ object }) => object.kind);
  return [...groupBy(removed, ({ object }) => object.kind)].flatMap(([kind, gone]) =>
    pairs(gone, byKind.get(kind) ?? []),
  );
}

interface Candidate {
  readonly item: TreeObject;
  readonly leaves: ReadonlySet<string>;
}

function pairs(removed: readonly TreeObject[], created: readonly TreeObject[]): readonly Rename[] {
  if (created.length === 0) return [];
  const [gone, come] = [removed, created].map((list) =>
    list.map((item): Candidate => ({ item, leaves: leavesOf(item) })).filter(({ leaves }) => leaves.size > 0),
  ) as [Candidate[], Candidate[]];
  const exact = samePairs(gone, come);
  const taken = new Set(exact.flatMap(({ before, after }) => [before, after]));
  const open = (list: readonly Candidate[]): readonly Candidate[] => list.filter(({ item }) => !taken.has(item));
  return [...exact, ...nearPairs(open(gone), open(come))];
}

function samePairs(gone: readonly Candidate[], come: readonly Candidate[]): readonly Rename[] {
  const textOf = ({ leaves }: Candidate): string => [...leaves].sort().join('\n');
  const byText = groupBy(come, textOf);
  return gone.flatMap((candidate) => {
    const match = byText.get(textOf(candidate))?.shift();
    return match === undefined ? [] : [{ before: candidate.item, after: match.item }];
  });
}

function nearPairs(gone: readonly Candidate[], come: readonly Candidate[]): readonly Rename[] {
  const byLeaf = new Map<string, number[]>();
  come.forEach(({ leaves }, i) => {
    for (const leaf of leaves) {
      const list = byLeaf.get(leaf);
      if (list === undefined) byLeaf.set(leaf, [i]);
      else list.push(i);
    }
  });
  const scored = gone.flatMap((candidate) => {
    const votes = new Map<number, number>();
    for (const leaf of candidate.leaves) {
      const list = byLeaf.get(leaf) ?? [];
      if (list.length <= common) for (const i of list) votes.set(i, (votes.get(i) ?? 0) + 1);
    }
    return [...votes]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 5)
      .flatMap(([i]) => {
        const match = come[i];
        const score = match === undefined ? 0 : likeness(candidate.leaves, match.leaves);
        return match === undefined || score < nearly ? [] : [{ before: candidate.item, after: match.item, score }];
      });
  });
  const taken = new Set<TreeObject>();
  return scored
    .sort((a, b) => b.score - a.score)
    .flatMap(({ before, after }) => {
      if (taken.has(before) || taken.has(after)) return [];
      taken.add(before).add(after);
      return [{ before, after }];
    });
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const leaf of a) if (b.has(leaf)) both++;
  return both < fewest ? 0 : both / Math.max(a.size, b.size);
}

/** Everything that an object says but its identity, one text for each value; its own name and its owner's are blank. */
function leavesOf(item: TreeObject): ReadonlySet<string> {
  const { object } = item;
  const names = [...new Set([object.metadata.name, ownerOf(item)])]
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length);
  const leaves = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry, `${path}[]`);
    else if (typeof value === 'object' && value !== null)
      for (const [key, field] of Object.entries(value)) visit(field, `${path}.${key}`);
    else
      leaves.add(
        `${path}=${typeof value === 'string' ? names.reduce((text, name) => text.replaceAll(name, '\0'), value) : String(value)}`,
      );
  };
  for (const [key, field] of Object.entries(content(object))) visit(field, key);
  return leaves;
}

function content({ apiVersion: _, kind: __, metadata, ...rest }: KubernetesObject): Readonly<Record<string, unknown>> {
  return { ...rest, labels: metadata.labels, annotations: metadata.annotations };
}
