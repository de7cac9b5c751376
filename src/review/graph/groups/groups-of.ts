import { groupBy } from '../../group-by.ts';
import type { GraphNode, Harbour } from '../graph.ts';

/** How many boxes a group has at most: as many as fit on a screen with their names. */
const most = 24;

/** Kinds that belong to whom they hang from. */
const hanging: ReadonlySet<GraphNode['kind']> = new Set(['claim', 'backup', 'internet']);

/** How many ways in stand beside the groups: more belong to whom they lead to, as others that hang. */
const mostWaysIn = 6;

interface Group {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
}

/**
 * Which group each box of a large environment is in, by its id: its application where there are several; of an application that is too large for
 * one, those whose names begin alike, and of what is left, whoever talks to each other. Ways in are in none, where they are few. The same environment has the same groups.
 */
export function groupsOf({ nodes, edges }: Pick<Harbour, 'nodes' | 'edges'>): ReadonlyMap<string, string> {
  const near = neighbours(edges);
  const few = nodes.filter(({ kind }) => kind === 'outside').length <= mostWaysIn;
  const hangs = ({ kind }: GraphNode): boolean => hanging.has(kind) || (kind === 'outside' && !few);
  const named = nodes.filter((node) => node.kind !== 'outside' && !hangs(node));
  const applications = bucketsOf(named, ({ application = '' }) => application);
  const groups = applications.flatMap(({ name, nodes: own }) =>
    split(own, near).map((group): Group => ({
      ...group,
      name: [...(applications.length > 1 ? [name] : []), ...(group.name === '' ? [] : [group.name])].join(': '),
    })),
  );
  const found = new Map(groups.flatMap(({ name, nodes: own }) => own.map(({ id }) => [id, name] as const)));
  // A backup hangs from a database, which is in a group by now.
  for (const node of nodes) {
    const owner = (near.get(node.id) ?? []).map((it) => found.get(it)).find((it) => it !== undefined);
    if (hangs(node)) found.set(node.id, owner ?? 'others');
  }
  return found;
}

function split(nodes: readonly GraphNode[], near: ReadonlyMap<string, readonly string[]>): readonly Group[] {
  if (nodes.length <= most) return [{ name: '', nodes }];
  const alike = bucketsOf(nodes, ({ title }) => title.split(/[-_.]/, 1)[0] ?? title).filter(
    (it) => it.nodes.length > 1,
  );
  const apart = alike.length > 1 ? alike : [];
  const rest = nodes.filter((node) => apart.every((it) => !it.nodes.includes(node)));
  return [
    ...apart.flatMap((it) => (it.nodes.length <= most ? [it] : around(it.nodes, near))),
    ...(rest.length === 0 ? [] : around(rest, near)),
  ];
}

/** Groups of who talks to each other, each called after the one that talks to the most. */
function around(nodes: readonly GraphNode[], near: ReadonlyMap<string, readonly string[]>): readonly Group[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const left = new Set(byId.keys());
  const degree = ({ id }: GraphNode): number => (near.get(id) ?? []).length;
  const groups: Group[] = [];
  const alone: GraphNode[] = [];
  for (const hub of [...nodes].sort((a, b) => degree(b) - degree(a))) {
    if (!left.has(hub.id)) continue;
    const own = [hub];
    left.delete(hub.id);
    for (let i = 0; i < own.length && own.length < most; i++)
      for (const id of near.get(own[i]?.id ?? '') ?? []) {
        const node = byId.get(id);
        if (node === undefined || own.length === most || !left.delete(id)) continue;
        own.push(node);
      }
    if (own.length < 3) alone.push(...own);
    else groups.push({ name: `around ${hub.title}`, nodes: own });
  }
  for (let i = 0; i < alone.length; i += most)
    groups.push({ name: i === 0 ? 'others' : `others ${i / most + 1}`, nodes: alone.slice(i, i + most) });
  return groups;
}

const bucketsOf = (nodes: readonly GraphNode[], nameOf: (node: GraphNode) => string): readonly Group[] =>
  [...groupBy(nodes, nameOf)].map(([name, own]) => ({ name, nodes: own }));

/** Who is connected with whom, by id, whichever way, each once. */
function neighbours(edges: Harbour['edges']): ReadonlyMap<string, readonly string[]> {
  const near = new Map<string, Set<string>>();
  const add = (a: string, b: string): void => {
    const known = near.get(a);
    if (known === undefined) near.set(a, new Set([b]));
    else known.add(b);
  };
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return new Map([...near].map(([id, others]) => [id, [...others]]));
}
