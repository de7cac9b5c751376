import { describe, expect, test } from '@jest/globals';
import type { Graph, GraphEdge, GraphNode, Harbour } from '../../../src/review/graph/graph.ts';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import { folded, unfolded } from '../../../src/review/graph/groups/fold.ts';
import { groupsOf } from '../../../src/review/graph/groups/groups-of.ts';
import { placeGraph } from '../../../src/review/graph/picture.ts';
import { renderMermaid } from '../../../src/review/graph/render-mermaid.ts';
import { renderSvg } from '../../../src/review/graph/render-svg.ts';
import { applications, severalApplications } from '../../support/several-applications.ts';
import fc from '../../support/properties.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const service = (title: string, rest: Partial<GraphNode> = {}): GraphNode => ({
  id: title,
  kind: 'service',
  title,
  details: [],
  ...rest,
});
const talks = (from: string, to: string, rest: Partial<GraphEdge> = {}): GraphEdge => ({
  from,
  to,
  kind: 'connection',
  ...rest,
});
const many = (count: number, named: (i: number) => string): readonly GraphNode[] =>
  Array.from({ length: count }, (_, i) => service(named(i)));

/** Names of the groups and how many boxes each has. */
const sizes = (nodes: readonly GraphNode[], edges: readonly GraphEdge[] = []): Readonly<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const group of groupsOf({ nodes, edges }).values()) found[group] = (found[group] ?? 0) + 1;
  return found;
};

describe('the groups of a large environment', () => {
  test('are its applications, where it has several', () => {
    const nodes = ['shop', 'mail'].flatMap((application) =>
      many(20, (i) => `${application}-${i}`).map((node) => ({ ...node, application })),
    );

    expect(sizes(nodes)).toEqual({ shop: 20, mail: 20 });
  });

  test('are those whose names begin alike, where one application is too large', () => {
    const nodes = ['orders', 'users', 'mail'].flatMap((word) => many(20, (i) => `${word}-${i}`));

    expect(sizes(nodes)).toEqual({ orders: 20, users: 20, mail: 20 });
  });

  test('are those who talk to each other, where the names say nothing, called after the one that talks most', () => {
    const nodes = [...many(12, (i) => `a${i}`), ...many(12, (i) => `b${i}`), ...many(3, (i) => `c${i}`)];
    const edges = ['a', 'b'].flatMap((word) =>
      Array.from({ length: 11 }, (_, i) => talks(`${word}0`, `${word}${i + 1}`)),
    );

    expect(sizes(nodes, edges)).toEqual({ 'around a0': 12, 'around b0': 12, others: 3 });
  });

  test('have at most 24 services each, whatever the names', () => {
    const largest = Math.max(...Object.values(sizes(many(100, (i) => `service-${i}`))));

    expect(largest).toBe(24);
  });

  test('have what hangs from a service or a database, and the ways in where these are many', () => {
    const nodes = [
      service('orders'),
      service('orders-db', { kind: 'database' }),
      service('kept', { kind: 'backup' }),
      service('internet :443', { kind: 'internet' }),
      ...many(24, (i) => `x${i}`),
    ];
    const edges = [talks('orders', 'orders-db'), talks('orders-db', 'kept'), talks('orders', 'internet :443')];
    const waysIn = (count: number) =>
      many(count, (i) => `host-${i}`).map((node) => ({ ...node, kind: 'outside' as const }));
    const groups = groupsOf({ nodes, edges });

    expect(groups.get('kept')).toBe(groups.get('orders-db'));
    expect(groups.get('internet :443')).toBe(groups.get('orders'));
    for (const [count, isIn] of [
      [6, false],
      [7, true],
    ] as const) {
      const ways = waysIn(count);
      const all = [...edges, ...ways.map(({ id }) => talks(id, 'orders', { kind: 'route' }))];
      expect(groupsOf({ nodes: [...nodes, ...ways], edges: all }).has('host-0')).toBe(isIn);
    }
  });

  test('are the same each time, and each box but a way in is in one', () => {
    const made = fc
      .tuple(
        fc.array(fc.constantFrom('a-1', 'a-2', 'b-1', 'c', 'd_e', 'f'), { maxLength: 60 }),
        fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 80 }),
      )
      .map(([names, pairs]) => ({
        nodes: names.map((name, i) => service(`${name}-${i}`)),
        edges: pairs
          .filter(([from, to]) => from < names.length && to < names.length)
          .map(([from, to]) => talks(`${names[from] ?? ''}-${from}`, `${names[to] ?? ''}-${to}`)),
      }));
    fc.assert(
      fc.property(made, (harbour) => {
        const groups = groupsOf(harbour);
        expect([...groups.keys()].sort()).toEqual(harbour.nodes.map(({ id }) => id).sort());
        expect(groupsOf(harbour)).toEqual(groups);
      }),
    );
  });
});

const words = ['orders', 'users', 'mail', 'stock', 'search', 'billing', 'reports', 'ship', 'feed', 'rules'];

/** 200 services, of which those that begin alike talk to each other, and the first of each to the first of the next. */
function harbour(name: string): Harbour {
  const id = (word: number, i: number): string => `${name} ${words[word] ?? ''}-${i}`;
  return {
    id: name,
    name,
    place: `cluster local, namespace ${name}`,
    nodes: [
      service('any host', { id: `${name} outside`, kind: 'outside' }),
      ...words.flatMap((word, w) =>
        Array.from({ length: 20 }, (_, i) => service(`${word}-${i}`, { id: id(w, i), details: ['2 replicas'] })),
      ),
    ],
    edges: words.flatMap((word, w) => [
      talks(`${name} outside`, id(w, 0), { kind: 'route', label: `/${word}` }),
      ...Array.from({ length: 19 }, (_, i) => talks(id(w, Math.floor(i / 3)), id(w, i + 1))),
      ...(w === 0 ? [] : [talks(id(w, 0), id(w - 1, 0))]),
    ]),
  };
}

const large: Graph = {
  title: 'large',
  sources: [],
  harbours: ['dev', 'stage', 'prod'].map(harbour),
  courses: [
    { from: 'dev', to: 'stage', triggers: ['by hand'], rebuilds: false },
    { from: 'stage', to: 'prod', triggers: ['by hand'], rebuilds: false },
  ],
};

describe('a picture of 200 services in each of 3 environments, folded', () => {
  const { graph, parts } = folded(large);

  test('has a box for each group, what is in it, and a line for each two that talk', () => {
    for (const { nodes, edges } of graph.harbours) {
      expect(nodes.map(({ title }) => title)).toEqual(['any host', ...words]);
      expect(nodes.slice(1).every(({ kind, details }) => kind === 'group' && details[0] === '20 services')).toBe(true);
      expect(edges).toHaveLength(words.length + words.length - 1);
    }
  });

  test('is small enough to be read on a screen, as is each of its parts', async () => {
    const { width, height } = await placeGraph(graph);
    expect(width).toBeLessThan(2_400);
    expect(height).toBeLessThan(1_600);
    for (const part of parts.slice(0, words.length)) {
      const drawn = await placeGraph(unfolded(large, [part]));
      expect(drawn.width).toBeLessThan(1_400);
      expect(drawn.height).toBeLessThan(1_600);
    }
  });

  test('loses nothing: each service is in one part of its environment, with its lines, and with the groups that it talks to', () => {
    expect(parts.flatMap(({ members }) => members).sort()).toEqual(
      large.harbours.flatMap(({ nodes }) => nodes.slice(1).map(({ id }) => id)).sort(),
    );
    const users = parts.find(({ harbour: { name } }) => name === 'stage: users');
    expect(users?.harbour.nodes.filter(({ kind }) => kind === 'group').map(({ title }) => title)).toEqual([
      'orders',
      'mail',
    ]);
    expect(users?.harbour.edges).toHaveLength(19 + 1 + 2);
  });

  test('leads from each box to its part on a page, and nowhere in a file of its own', async () => {
    const linked = await renderSvg(graph, undefined, { linked: true });
    const targets = [...linked.matchAll(/<a href="#([^"]*)">/g)].map(([, id]) => id);

    expect([...targets].sort()).toEqual(parts.map(({ id }) => id).sort());
    expect(await renderSvg(graph)).not.toContain('<a ');
    expect(await renderSvg(unfolded(large, parts.slice(0, 1)), undefined, { unstyled: true })).not.toContain('<style>');
  });

  test('is a flowchart that a README can show', () => {
    expect(renderMermaid(graph).split('\n').length).toBeLessThan(120);
  });

  test('says how many ways lead into a group', () => {
    const [first, ...others] = large.harbours;
    const more = talks('dev outside', 'dev orders-1', { kind: 'route', label: '/more' });
    const changed = { ...large, harbours: [{ ...first!, edges: [...first!.edges, more] }, ...others] };

    expect(folded(changed).graph.harbours[0]?.edges[0]).toMatchObject({ kind: 'route', label: '2 ways in' });
  });
});

test('a graph that can be read is left as it is', () => {
  for (const graph of [graphOf(validDelivery()), graphOf(severalApplications(applications))]) {
    expect(folded(graph)).toEqual({ graph, parts: [] });
    expect(folded(graph).graph.harbours[0]).toBe(graph.harbours[0]);
  }
});

test('a box says its application where there are several, and none where there is one', () => {
  const said = (graph: Graph) => new Set(graph.harbours[0]?.nodes.map(({ application }) => application));

  expect([...said(graphOf(severalApplications(applications)))]).toEqual(expect.arrayContaining([...applications]));
  expect([...said(graphOf(validDelivery()))]).toEqual([undefined]);
});
