import { describe, expect, test } from '@jest/globals';
import { graphOf } from '../../src/review/graph/graph-of.ts';
import { renderMermaid } from '../../src/review/graph/render-mermaid.ts';
import { renderSvg } from '../../src/review/graph/render-svg.ts';
import { everyRefusedWord } from '../model/every-word.ts';
import { expectApproved } from './approved.ts';
import { everyDelivery } from './every-delivery.ts';

const deliveries = [...everyDelivery, ['refused-words', everyRefusedWord] as const];

describe.each(deliveries)('the picture of "%s" is the one that was approved', (name, delivery) => {
  const graph = graphOf(delivery);

  test('leads every line from a box to a box', () => {
    const boxes = new Set([
      ...graph.sources.map(({ id }) => id),
      ...graph.harbours.flatMap(({ id, nodes }) => [id, ...nodes.map((node) => node.id)]),
    ]);
    const ends = [...graph.courses, ...graph.harbours.flatMap(({ edges }) => edges)].flatMap(({ from, to }) => [
      from,
      to,
    ]);

    expect(ends.filter((end) => !boxes.has(end))).toEqual([]);
  });

  test('drawn, with every box and line where it was', async () => {
    const svg = await renderSvg(graph);

    expect(svg.length).toBeGreaterThan(5000);
    expectApproved(`picture-${name}.svg`, svg.trimEnd().replaceAll('><', '>\n<').split('\n'));
  });

  test('as Mermaid', () => {
    expectApproved(`picture-${name}.mermaid.txt`, renderMermaid(graph).trimEnd().split('\n'));
  });
});
