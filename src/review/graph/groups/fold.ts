import type { Graph, GraphEdge, GraphNode, Harbour, NodeKind } from '../graph.ts';
import { isTown } from '../layout/place-inside.ts';
import { groupsOf } from './groups-of.ts';

/** A group of an environment, unfolded: what is in it, and the other groups that it talks to. */
export interface Part {
  /** Unique in the picture; nothing but letters, digits and dashes. */
  readonly id: string;
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the group, e.g. `orders`. */
  readonly group: string;
  /** What it holds, e.g. `12 services`. */
  readonly holds: readonly string[];
  /** Ids of what is in it. */
  readonly members: readonly string[];
  /** The environment with it alone, and a box for each group that it talks to. */
  readonly harbour: Harbour;
}

/** A graph that people can read whatever its size: what is large is folded into groups. */
export interface FoldedGraph {
  /** With a box for each group of its large environments. */
  readonly graph: Graph;
  /** What is folded. None where the graph is small. */
  readonly parts: readonly Part[];
}

/** Folds the environments of a graph that are too large to be read. */
export function folded(graph: Graph): FoldedGraph {
  const town = isTown(graph);
  const parts: Part[] = [];
  const harbours = graph.harbours.map((harbour, i) => {
    if (!town(harbour)) return harbour;
    const groups = partsOf(harbour, `part-${i}`);
    // One group says no more than the environment itself.
    if (groups.length < 2) return harbour;
    parts.push(...groups);
    return foldedHarbour(harbour, groups);
  });
  return { graph: { ...graph, harbours }, parts };
}

/** The parts of these groups alone, as a graph. */
export const unfolded = (graph: Graph, parts: readonly Part[]): Graph => ({
  title: graph.title,
  sources: [],
  courses: [],
  harbours: parts.map(({ harbour }) => harbour),
});

const groupId = (part: string): string => `group ${part}`;

const boxOf = ({ id, group, holds }: Pick<Part, 'id' | 'group' | 'holds'>): GraphNode => ({
  id: groupId(id),
  kind: 'group',
  title: group,
  details: holds,
  part: id,
});

function foldedHarbour(harbour: Harbour, parts: readonly Part[]): Harbour {
  const { nodes, edges } = harbour;
  const members = new Map(parts.flatMap(({ id, members: own }) => own.map((node) => [node, groupId(id)] as const)));
  const outside = nodes.filter(({ id }) => !members.has(id));
  const ends = (id: string): string => members.get(id) ?? id;
  return { ...harbour, nodes: [...outside, ...parts.map(boxOf)], edges: merged(edges, ends) };
}

function partsOf(harbour: Harbour, id: string): readonly Part[] {
  const { name, nodes, edges } = harbour;
  const groups = groupsOf(harbour);
  const byGroup = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const group = groups.get(node.id);
    if (group === undefined) continue;
    const own = byGroup.get(group);
    if (own === undefined) byGroup.set(group, [node]);
    else own.push(node);
  }
  const heads = new Map(
    [...byGroup].map(([group, own], i) => [group, { id: `${id}-${i}`, group, holds: countWords(own) }]),
  );
  const outside = new Map(nodes.filter((node) => !groups.has(node.id)).map((node) => [node.id, node]));
  const edgesOf = new Map<string, GraphEdge[]>([...byGroup.keys()].map((group) => [group, []]));
  for (const edge of edges)
    for (const group of new Set([groups.get(edge.from), groups.get(edge.to)]))
      if (group !== undefined) edgesOf.get(group)?.push(edge);
  return [...byGroup].map(([group, own]): Part => {
    const head = heads.get(group) ?? { id, group, holds: [] };
    const ends = (end: string): string => {
      const other = groups.get(end);
      return other === undefined || other === group ? end : groupId(heads.get(other)?.id ?? '');
    };
    const touching = edgesOf.get(group) ?? [];
    const met = new Set(touching.flatMap(({ from, to }) => [groups.get(from), groups.get(to)]));
    return {
      ...head,
      environment: name,
      members: own.map((node) => node.id),
      harbour: {
        ...harbour,
        id: `${harbour.id} ${group}`,
        name: `${name}: ${group}`,
        nodes: [
          ...[...new Set(touching.map(({ from }) => from))].flatMap((from) => outside.get(from) ?? []),
          ...own,
          ...[...heads.values()]
            .filter((it) => it.group !== group && met.has(it.group))
            .map(({ holds: _, ...it }) => boxOf({ ...it, holds: [] })),
        ],
        edges: merged(touching, ends),
      },
    };
  });
}

/** Lines between other ends, each once; those that lead nowhere else are left out, and of several labels their number is said. */
function merged(edges: readonly GraphEdge[], ends: (id: string) => string): readonly GraphEdge[] {
  const lines = new Map<string, { readonly edge: GraphEdge; readonly labels: Set<string> }>();
  for (const edge of edges) {
    const [from, to] = [ends(edge.from), ends(edge.to)];
    if (from === to) continue;
    const kind = from === edge.from && to === edge.to ? edge.kind : edge.kind === 'route' ? 'route' : 'connection';
    const key = `${from}\0${to}\0${kind}`;
    const known = lines.get(key) ?? { edge: { from, to, kind }, labels: new Set() };
    if (edge.label !== undefined) known.labels.add(edge.label);
    lines.set(key, known);
  }
  return [...lines.values()].map(({ edge, labels }) => {
    const [first] = labels;
    if (first === undefined) return edge;
    return {
      ...edge,
      label: labels.size === 1 ? first : edge.kind === 'route' ? `${labels.size} ways in` : [...labels].join(', '),
    };
  });
}

const counted: readonly (readonly [readonly NodeKind[], string, string])[] = [
  [['service', 'foreign'], 'service', 'services'],
  [['database'], 'database', 'databases'],
  [['claim'], 'volume', 'volumes'],
];

const countWords = (nodes: readonly GraphNode[]): readonly string[] =>
  counted.flatMap(([kinds, one, several]) => {
    const count = nodes.filter(({ kind }) => kinds.includes(kind)).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  });
