import { describe, expect, test } from '@jest/globals';
import type { Graph, GraphEdge, Harbour } from '../../../src/review/graph/graph.ts';
import { placeGraph } from '../../../src/review/graph/picture.ts';
import { renderSvg } from '../../../src/review/graph/render-svg.ts';
import { yard } from '../../support/yards.ts';

/** An environment of many services, each of which talks to two others and a third of which keep data. */
function harbour(name: string, services: number): Harbour {
  const id = (i: number): string => `${name} ${i % services}`;
  const edges = Array.from({ length: services }, (_, i): readonly GraphEdge[] => [
    { from: id(i), to: id(i * 7 + 3), kind: 'connection', label: 'http' },
    { from: id(i), to: id(i * 13 + 5), kind: 'connection', label: 'http' },
    ...(i % 3 === 0 ? [{ from: id(i), to: `${name} db`, kind: 'connection' } as const] : []),
    ...(i % 4 === 0 ? [{ from: `${name} outside`, to: id(i), kind: 'route', label: `/${name}/s${i}` } as const] : []),
  ]).flat();
  return {
    id: name,
    name,
    place: `cluster local, namespace ${name}`,
    nodes: [
      { id: `${name} outside`, kind: 'outside', title: 'any host', details: [] },
      ...Array.from({ length: services }, (_, i) => ({
        id: id(i),
        kind: 'service' as const,
        title: `service-${i}`,
        details: ['2 replicas'],
      })),
      { id: `${name} db`, kind: 'database', title: 'orders-db', details: ['PostgreSQL 18.1', '100Mi'] },
    ],
    edges,
  };
}

const names = ['dev', 'stage', 'prod'];
const graphOf = (services: number): Graph => ({
  title: 'large',
  sources: [],
  harbours: names.map((name) => harbour(name, services)),
  courses: [
    { from: 'dev', to: 'stage', triggers: ['by hand'], rebuilds: false },
    { from: 'stage', to: 'prod', triggers: ['by hand'], rebuilds: false },
  ],
});

describe('a picture of 200 services in each of 3 environments', () => {
  test('is drawn in little work, and says each environment that it draws', async () => {
    const steps: string[] = [];
    const before = process.cpuUsage();
    const svg = await renderSvg(graphOf(200), (title, work) => {
      steps.push(title);
      return work();
    });
    const { user, system } = process.cpuUsage(before);

    // Some six on an idle machine.
    expect((user + system) / 1000 / yard()).toBeLessThan(100);
    expect(steps).toEqual([...names.map((name) => `draw ${name}`), 'draw the courses between']);
    for (const name of names) expect(svg).toContain(`/${name}/s196`);
    expect(svg.match(/>service-199</g)).toHaveLength(3);
  }, 60_000);

  test('has no box or label on a box, no line through one, and every line from its start to its end', async () => {
    const graph = graphOf(200);
    const { harbours } = await placeGraph(graph);

    for (const [i, { shapes, lines, x, y, width, height }] of harbours.entries()) {
      const { nodes, edges } = graph.harbours[i]!;
      const boxOf = new Map(nodes.map(({ id }, at) => [id, shapes[at]!]));
      const boxes = shapes.map((shape) => ({
        left: shape.x,
        top: shape.y,
        right: shape.x + shape.width,
        bottom: shape.y + shape.height,
      }));
      const covers = (left: number, top: number, right: number, bottom: number): number =>
        boxes.filter((box) => left < box.right && box.left < right && top < box.bottom && box.top < bottom).length;
      for (const { left, top, right, bottom } of boxes) {
        expect(covers(left, top, right, bottom)).toBe(1);
        expect(left >= x && top >= y && right <= x + width && bottom <= y + height).toBe(true);
      }
      for (const [at, { points, label }] of lines.entries()) {
        const [from, to] = [boxOf.get(edges[at]!.from)!, boxOf.get(edges[at]!.to)!];
        expect(points[0]).toEqual({ x: from.x + from.width / 2, y: from.y + from.height });
        expect(points.at(-1)).toEqual({ x: to.x + to.width / 2, y: to.y });
        for (const [j, end] of points.slice(1).entries()) {
          const start = points[j]!;
          expect(start.x === end.x || start.y === end.y).toBe(true);
          expect(
            covers(
              Math.min(start.x, end.x) - 1,
              Math.min(start.y, end.y) + 0.5,
              Math.max(start.x, end.x) + 1,
              Math.max(start.y, end.y) - 0.5,
            ),
          ).toBe(0);
        }
        if (label !== undefined)
          expect(covers(label.x - label.width / 2, label.y - 9, label.x + label.width / 2, label.y + 9)).toBe(0);
      }
    }
  }, 60_000);

  test('costs about as much more as there is more of it', async () => {
    const work = async (services: number): Promise<number> => {
      const { user } = process.cpuUsage();
      await renderSvg(graphOf(services));
      return process.cpuUsage().user - user;
    };
    await work(100);

    expect(await work(800)).toBeLessThan(100 * Math.max(await work(100), 10_000));
  }, 60_000);
});
