import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { linePath } from '../../../src/review/graph/draw-line.ts';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import type { Graph } from '../../../src/review/graph/graph.ts';
import { placeGraph, type Picture } from '../../../src/review/graph/picture.ts';
import { renderSvg } from '../../../src/review/graph/render-svg.ts';
import { straighten } from '../../../src/review/graph/layout/straighten.ts';
import { textWidth } from '../../../src/review/graph/text-width.ts';
import { sourceFilesUnder, withoutComments } from '../../structure/source-file.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import fc from '../../support/properties.ts';

/** A delivery with many places: two supplies, five environments, one of which takes from two. */
function manyPlaces(): Delivery {
  const delivery = validDelivery();
  const [dev, prod] = delivery.environments;
  const [first, last] = delivery.stages;
  if (dev === undefined || prod === undefined || first === undefined || last === undefined)
    throw new Error('the valid delivery has two stages');
  const upstream: Readonly<Record<string, readonly string[]>> = {
    uat: ['dev', 'dev-test'],
    stg: ['uat'],
    prod: ['stg'],
  };
  return {
    ...delivery,
    supplies: [...delivery.supplies, { ...delivery.supplies[0]!, name: 'chart', artifacts: ['shop-chart'] }],
    environments: ['dev', 'dev-test', 'uat', 'stg', 'prod'].map((name) => ({
      ...(name === 'prod' ? prod : dev),
      name,
      namespace: name,
    })),
    stages: [
      { ...first, name: 'dev', environment: 'dev' },
      { ...first, name: 'dev-test', environment: 'dev-test', intake: { from: 'supply', supplies: ['chart'] } },
      ...Object.entries(upstream).map(([name, stages]) => ({
        ...last,
        name,
        environment: name,
        intake: { from: 'stages' as const, stages },
      })),
    ],
  };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a: Box, b: Box): boolean =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

/** Pairs of boxes that lie on each other. */
const collisions = (boxes: readonly Box[]): number =>
  boxes.reduce((count, box, i) => count + boxes.slice(i + 1).filter((other) => overlap(box, other)).length, 0);

/** Parts of lines that lead through a box. */
function crossings({ harbours }: Picture): number {
  return harbours.reduce((sum, { shapes, lines }) => {
    const through = lines.flatMap(({ points }) =>
      points.slice(1).flatMap((to, i) => {
        const from = points[i] ?? to;
        const part = {
          x: Math.min(from.x, to.x),
          y: Math.min(from.y, to.y),
          width: Math.abs(to.x - from.x),
          height: Math.abs(to.y - from.y),
        };
        return shapes.filter(({ x, y, width, height }) =>
          overlap(
            { ...part, width: part.width || 0.1, height: part.height || 0.1 },
            { x: x + 1, y: y + 1, width: width - 2, height: height - 2 },
          ),
        );
      }),
    );
    return sum + through.length;
  }, 0);
}

const graphs: readonly (readonly [string, Graph])[] = [
  ['a small delivery', graphOf(validDelivery())],
  ['a delivery of many places', graphOf(manyPlaces())],
  ['a delivery without anything', { title: 'empty', sources: [], harbours: [], courses: [] }],
  [
    'an environment without anything',
    {
      title: 'empty',
      sources: [],
      courses: [],
      harbours: [{ id: 'a', name: 'a', place: 'cluster c', nodes: [], edges: [] }],
    },
  ],
];

describe('the picture of a graph', () => {
  test.each(graphs)('of %s has no box on another and no line through one', async (_, graph) => {
    const picture = await placeGraph(graph);

    expect(collisions([...picture.sources, ...picture.harbours])).toBe(0);
    for (const harbour of picture.harbours) {
      expect(collisions(harbour.shapes)).toBe(0);
      expect(harbour.shapes.filter((shape) => !inside(shape, harbour))).toEqual([]);
      expect(inside(harbour, { x: 0, y: 0, width: picture.width, height: picture.height })).toBe(true);
    }
    expect(crossings(picture)).toBe(0);
  });

  test.each(graphs)('of %s has all text inside of its box', async (_, graph) => {
    const { harbours, sources } = await placeGraph(graph);

    for (const { lines, width } of [...sources, ...harbours.flatMap(({ shapes }) => shapes)]) {
      for (const { text, size, bold } of lines) expect(textWidth(text, size, bold)).toBeLessThanOrEqual(width);
    }
    for (const { head, width } of harbours)
      for (const { text, size } of head) expect(textWidth(text, size)).toBeLessThanOrEqual(width);
  });

  test('is the same bytes every time', async () => {
    const first = await renderSvg(graphOf(manyPlaces()));
    await renderSvg(graphOf(validDelivery()));

    expect(await renderSvg(graphOf(manyPlaces()))).toBe(first);
  });

  test('follows the reader’s scheme, and tells people who do not see it what it shows', async () => {
    const svg = await renderSvg(graphOf(validDelivery()));

    expect(svg).toContain('@media (prefers-color-scheme:dark)');
    expect(svg).toContain('role="img" aria-labelledby="title desc"');
    expect(svg).toContain('<title id="title">How shop is delivered</title>');
    expect(svg).toContain(
      '<desc id="desc">dev runs 4f2a9c1d7be0: orders, payments, orders-db, uploads. prod runs v1.0.0: orders, payments, orders-db, backup, uploads. From images to dev on a push to main. From dev to prod on a tag v*, after a pull request with 1 approval by releasers and the check verify.</desc>',
    );
  });

  test('needs nothing else: no script, no link, no font to load', async () => {
    const svg = await renderSvg(graphOf(manyPlaces()));

    expect(svg).not.toMatch(/<script|href|url\(|@import|<image|<foreignObject|on\w+=/);
    expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
  });

  test('is well-formed whatever the names are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('</text><script>', '"&\'<', '\u0000\ud800', 'a-b c')),
        async (name) => {
          const svg = await renderSvg({
            title: name,
            sources: [],
            courses: [],
            harbours: [
              {
                id: 'h',
                name,
                place: name,
                release: name,
                nodes: [{ id: 'n', kind: 'service', title: name, details: [name] }],
                edges: [],
              },
            ],
          });

          const texts = svg.split(/<[^<>]*>/);
          expect(svg).not.toMatch(/[^\P{Cc}\n]|[\ufffe\uffff]/u);
          expect(texts.join('')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;|#39;)/);
          expect(svg.match(/<text /g)?.length).toBe(svg.match(/<\/text>/g)?.length);
        },
      ),
      { numRuns: 20 },
    );
  }, 60_000);

  test('loads the layout library only when it draws', () => {
    const eager = sourceFilesUnder('src/review/graph').filter(({ text }) =>
      /^import (?!type)[^;]*elkjs/m.test(withoutComments(text)),
    );

    expect(eager.map(({ path }) => path)).toEqual([]);
  });
});

describe('a line of the picture', () => {
  test('has round corners', () => {
    expect(
      linePath(
        [
          { x: 0, y: 0 },
          { x: 0, y: 20 },
          { x: 30, y: 20 },
        ],
        6,
      ),
    ).toBe('M0,0L0,13Q0,20 7,20L24,20');
  });

  test('takes no small step aside at its ends', () => {
    const down = (...xs: readonly number[]) =>
      xs.flatMap((x, i) => [
        { x, y: i * 20 },
        { x, y: (i + 1) * 20 },
      ]);

    expect(straighten(down(5, 8))).toEqual([
      { x: 8, y: 0 },
      { x: 8, y: 40 },
    ]);
    expect(straighten(down(5, 50, 52))).toEqual([
      { x: 5, y: 0 },
      { x: 5, y: 20 },
      { x: 50, y: 20 },
      { x: 50, y: 60 },
    ]);
    expect(straighten(down(5, 50))).toEqual(down(5, 50));
  });
});
