import { layout, type Layout, type LayoutRequest, type Point } from './elk-layout.ts';
import type { EdgeKind, Graph, Harbour, NodeKind } from '../graph.ts';
import { fontSizes, lineHeight, nodeShape, type NodeShape } from '../node-shape.ts';
import { straighten } from './straighten.ts';
import { streetLayout } from './street-layout.ts';
import { textWidth } from '../text-width.ts';

/** A box at its place. */
export interface PlacedShape extends NodeShape, Point {
  readonly kind: NodeKind | 'source';
  /** @default false */
  readonly marked?: boolean;
  /** Id of the part that shows what is folded in it. @default - it is no group */
  readonly part?: string;
}

/** A line at its place. */
export interface PlacedLine {
  readonly kind: EdgeKind;
  readonly points: readonly Point[];
  /** Centre of the label and its text. @default - no label */
  readonly label?: Point & { readonly text: string; readonly width: number };
}

/** What is in a harbour, at its place from the upper left corner on. */
export interface Inside {
  readonly layout: Layout;
  readonly shapes: readonly PlacedShape[];
  readonly lines: readonly PlacedLine[];
}

export const emptyInside: Inside = {
  layout: { width: 0, height: 0, boxes: new Map(), lines: new Map(), labels: new Map() },
  shapes: [],
  lines: [],
};

/** Kinds that are drawn with their label; the others would only be fuller. */
const labelled: ReadonlySet<EdgeKind> = new Set(['route']);

/**
 * How many boxes and lines the layout that avoids crossings may have, in one harbour and in all of them: its time grows with
 * the square and faster, and so do the crossings that are left.
 */
const most = { inOne: 120, inAll: 600 } as const;
const few = 40;

/** Which harbours of a graph are drawn in rows and columns, for their size or for that of the whole. */
export function isTown({ harbours }: Graph): (harbour: Harbour) => boolean {
  const size = ({ nodes, edges }: Harbour): number => nodes.length + edges.length;
  const limit = harbours.reduce((sum, harbour) => sum + size(harbour), 0) > most.inAll ? few : most.inOne;
  return (harbour) => size(harbour) > limit;
}

/** Places what is in a harbour. */
export async function placeInside({ nodes, edges }: Harbour, town: boolean): Promise<Inside> {
  // Groups hold the like of each other: in steps their boxes are as wide, so that they are placed alike, and once.
  const step = nodes.some(({ kind }) => kind === 'group') ? 24 : 1;
  const shapes = nodes.map((node) => {
    const shape = nodeShape(node);
    return { node, shape: { ...shape, width: Math.ceil(shape.width / step) * step } };
  });
  const height = lineHeight(fontSizes.label);
  const labelOf = (text: string): { readonly width: number; readonly height: number } => ({
    width: Math.ceil(textWidth(text, fontSizes.label)) + 10,
    height: height + 4,
  });
  const lines = edges.map(({ from, to, kind, label }, i) => ({
    id: String(i),
    from,
    to,
    ...(label !== undefined && labelled.has(kind) ? { label: labelOf(label) } : {}),
  }));
  const boxes = shapes.map(({ node, shape: { width, height: tall } }) => ({
    id: node.id,
    width,
    height: tall,
    ...(node.kind === 'outside' ? { options: { 'layered.layering.layerConstraint': 'FIRST' } } : {}),
  }));
  const placed = town ? streetLayout({ boxes, lines }) : await layout(rowsOfThree(boxes, lines));
  return {
    layout: placed,
    shapes: shapes.map(({ node, shape }) => ({
      ...shape,
      ...(placed.boxes.get(node.id) ?? { x: 0, y: 0 }),
      kind: node.kind,
      ...(node.marked === true ? { marked: true } : {}),
      ...(node.part === undefined ? {} : { part: node.part }),
    })),
    lines: edges.map(({ kind, label }, i): PlacedLine => {
      const place = placed.labels.get(String(i));
      const size = label === undefined ? undefined : labelOf(label);
      return {
        kind,
        points: town ? (placed.lines.get(String(i)) ?? []) : straighten(placed.lines.get(String(i)) ?? []),
        ...(place === undefined || label === undefined || size === undefined
          ? {}
          : { label: { x: place.x + size.width / 2, y: place.y + size.height / 2, text: label, width: size.width } }),
      };
    }),
  };
}

/** A README is narrow and long, so a row holds three boxes. */
const rowsOfThree = (boxes: LayoutRequest['boxes'], lines: LayoutRequest['lines']): LayoutRequest => ({
  direction: 'DOWN',
  options: {
    padding: '[top=0,left=0,bottom=0,right=0]',
    edgeRouting: 'ORTHOGONAL',
    'spacing.nodeNode': '10',
    'spacing.edgeNode': '8',
    'spacing.edgeEdge': '8',
    'layered.spacing.nodeNodeBetweenLayers': '34',
    'layered.spacing.edgeNodeBetweenLayers': '14',
    'layered.layering.strategy': 'COFFMAN_GRAHAM',
    'layered.layering.coffmanGraham.layerBound': '3',
    'layered.nodePlacement.strategy': 'LINEAR_SEGMENTS',
    // Harbours that hold the same look the same. What was named last, and hangs from others, is placed first.
    'layered.considerModelOrder.strategy': 'PREFER_NODES',
  },
  boxes: boxes.toReversed(),
  lines,
});
