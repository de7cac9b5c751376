import { describe, expect, test } from '@jest/globals';
import type { Graph, NodeKind } from '../../../src/review/graph/graph.ts';
import { nameStart, pillMargin, pillWidth } from '../../../src/review/graph/node-shape.ts';
import { boldWidths, plainWidths } from '../../../src/review/graph/character-widths.ts';
import { placeGraph } from '../../../src/review/graph/picture.ts';
import { textWidth, wrapText } from '../../../src/review/graph/text-width.ts';
import fc from '../../support/properties.ts';

/** Advance widths in thousandths of the font size, as the fonts' own tables have them: Helvetica (as Arial) and DejaVu Sans. */
const samples: readonly (readonly [character: string, plain: number, bold: number])[] = [
  [' ', 318, 348],
  ['%', 951, 1002],
  ['@', 1015, 1000],
  ['C', 722, 734],
  ['m', 974, 1042],
  ['w', 818, 924],
  ['7', 636, 696],
  ['é', 615, 678],
];

describe('the width of a text', () => {
  test.each(samples)('holds %s in common fonts, plain and bold', (character, plain, bold) => {
    expect(textWidth(character, 1000)).toBeGreaterThanOrEqual(plain);
    expect(textWidth(character, 1000, true)).toBeGreaterThanOrEqual(bold);
    expect(textWidth(character, 1000)).toBeLessThanOrEqual(plain * 1.15);
  });

  test.each([
    ['plain', plainWidths],
    ['bold', boldWidths],
  ])('is known for every character of the ranges that were measured, %s', (_weight, runs) => {
    expect(runs.map(({ from, widths }) => [from, from + widths.length - 1])).toEqual([
      [0x20, 0x7e],
      [0xa0, 0x17f],
      [0x2010, 0x2027],
      [0x2190, 0x2193],
    ]);
  });

  test('holds signs that are wider than letters', () => {
    expect(textWidth('🚀', 1000)).toBeGreaterThanOrEqual(1250);
    expect(textWidth('漢', 1000)).toBeGreaterThanOrEqual(1000);
  });

  test('grows with every character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 }), (text, more) => {
        expect(textWidth(text + more, 13)).toBeGreaterThan(textWidth(text, 13));
      }),
    );
  });

  test('is what lines are broken at', () => {
    expect(wrapText('built by GitHub Actions', 66, 13)).toEqual(['built by', 'GitHub', 'Actions']);
    expect(wrapText('a-long-repository-name', 76, 13)).toEqual(['a-long-', 'repository-', 'name']);
    expect(wrapText('tag --force', 44, 13)).toEqual(['tag', '--force']);
    expect(wrapText('', 10, 13)).toEqual([]);
  });
});

const kinds: readonly NodeKind[] = ['service', 'foreign', 'database', 'claim', 'backup', 'outside', 'internet'];
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('m'.repeat(63), 'WWW-MMM-%%%', 'registry.example.com/team/image:1.2.3@sha256', 'ωμέγα', '設定 🚀'),
);

/** A graph whose every text is arbitrary. */
const graphs = fc
  .record({
    name: words,
    place: words,
    release: fc.option(words, { nil: undefined }),
    nodes: fc.array(
      fc.record({ kind: fc.constantFrom(...kinds), title: words, details: fc.array(words, { maxLength: 3 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    label: words,
    artifacts: fc.array(words, { maxLength: 2 }),
    gate: words,
  })
  .map(({ name, place, release, nodes, label, artifacts, gate }): Graph => ({
    title: name,
    sources: [{ id: 's', name, repository: place, artifacts, builder: label }],
    harbours: [
      {
        id: 'h',
        name,
        place,
        ...(release === undefined ? {} : { release }),
        nodes: nodes.map((node, i) => ({ ...node, id: `n${i}` })),
        edges: nodes.slice(1).map((_, i) => ({ from: 'n0', to: `n${i + 1}`, kind: 'route', label })),
      },
    ],
    courses: [{ from: 's', to: 'h', triggers: [label], gate, rebuilds: false }],
  }));

describe('the text of a picture', () => {
  test('stays inside of its box, whatever it is: boxes grow with it', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const { sources, harbours, legend, width: whole } = await placeGraph(graph);

        for (const { lines, width } of [...sources, ...harbours.flatMap(({ shapes }) => shapes)])
          for (const { text, size, bold } of lines) expect(textWidth(text, size, bold) + 8).toBeLessThanOrEqual(width);
        for (const { head, name, release, width, lines } of harbours) {
          for (const { text, size, bold } of head) expect(textWidth(text, size, bold) + 24).toBeLessThanOrEqual(width);
          const taken = release === undefined ? 0 : pillWidth(release) + pillMargin;
          expect(nameStart + textWidth(name, 20, true) + taken).toBeLessThanOrEqual(width);
          for (const { label } of lines)
            if (label !== undefined) expect(textWidth(label.text, 13.5) + 6).toBeLessThanOrEqual(label.width);
        }
        for (const { text, x } of legend) expect(x + textWidth(text, 13.5)).toBeLessThanOrEqual(whole);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
