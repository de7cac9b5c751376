import { layout, type Layout, type Point } from './elk-layout.ts';
import type { EdgeKind, Graph, Harbour, NodeKind, Source } from './graph.ts';
import { legendOf, type LegendItem } from './legend.ts';
import {
  fontSizes,
  harbourHead,
  heightOf,
  lineHeight,
  nodeShape,
  sourceShape,
  type Shape,
  type TextLine,
} from './node-shape.ts';
import { straighten } from './straighten.ts';
import { textWidth } from './text-width.ts';

/** A box at its place. */
export interface PlacedShape extends Shape, Point {
  readonly kind: NodeKind | 'source';
}

/** A line at its place. */
export interface PlacedLine {
  readonly kind: EdgeKind;
  readonly points: readonly Point[];
  /** Centre of the label and its text. @default - no label */
  readonly label?: Point & { readonly text: string; readonly width: number };
}

/** An environment at its place. */
export interface PlacedHarbour extends Point {
  readonly width: number;
  readonly height: number;
  readonly name: string;
  /** @default - not known */
  readonly release?: string;
  readonly head: readonly TextLine[];
  readonly shapes: readonly PlacedShape[];
  readonly lines: readonly PlacedLine[];
}

/** A course at its place. */
export interface PlacedCourse {
  readonly points: readonly Point[];
  readonly gated: boolean;
}

/** Everything that is drawn, at its place. */
export interface Picture {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly sources: readonly PlacedShape[];
  readonly harbours: readonly PlacedHarbour[];
  readonly courses: readonly PlacedCourse[];
  readonly legend: readonly LegendItem[];
}

/** Space around the whole, and inside of a harbour. */
const margin = 12;
const padding = 12;
/** From a harbour's top to where its courses arrive: the middle of its name. */
const quay = 30;
/** Height of a harbour's first line, which holds its name and release. */
const nameHeight = 50;
const leastWidth = 300;

/** Places everything that a graph holds. The same graph gives the same picture. */
export async function placeGraph(graph: Graph): Promise<Picture> {
  const insides = await Promise.all(graph.harbours.map((harbour) => placeInside(harbour)));
  const harbours = graph.harbours.map((harbour, i) =>
    sizedHarbour(harbour, entriesOf(graph, harbour), insides[i] ?? emptyInside),
  );
  const sources = graph.sources.map((source) => ({ source, shape: sourceShape(source) }));

  const whole = await layout({
    direction: 'RIGHT',
    options: {
      'layered.spacing.nodeNodeBetweenLayers': '56',
      'spacing.nodeNode': '40',
      'spacing.edgeNode': '20',
      padding: `[top=${margin},left=${margin},bottom=${margin},right=${margin}]`,
      edgeRouting: 'ORTHOGONAL',
      'layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    },
    boxes: [
      ...sources.map(({ source, shape: { width, height } }) => ({ id: source.id, width, height, portHeight: quay })),
      ...harbours.map(({ id, width, height }) => ({ id, width, height, portHeight: quay })),
    ],
    lines: graph.courses.map(({ from, to }, i) => ({ id: `course ${i}`, from, to })),
  });
  const legend = legendOf(graph, margin + 2, whole.height, whole.width - 2 * margin);
  const at = (id: string): Point => whole.boxes.get(id) ?? { x: margin, y: margin };
  return {
    title: graph.title,
    width: whole.width,
    height: whole.height + (legend.height === 0 ? 0 : Math.ceil(legend.height) + margin - 2),
    legend: legend.items,
    sources: sources.map(({ source, shape }) => ({ ...shape, ...at(source.id), kind: 'source' })),
    harbours: harbours.map(({ id, ...harbour }) => movedHarbour(harbour, at(id))),
    courses: graph.courses.map(({ gate }, i) => ({
      points: whole.lines.get(`course ${i}`) ?? [],
      gated: gate !== undefined,
    })),
  };
}

/** What a reader wants to know about the way into a harbour, one line for all courses that go alike. */
function entriesOf({ courses, sources, harbours }: Graph, { id }: Harbour): readonly string[] {
  const nameOf = (from: string): string =>
    [...sources, ...harbours].find((place: Source | Harbour) => place.id === from)?.name ?? '';
  const origins = new Map<string, string[]>();
  for (const course of courses.filter(({ to }) => to === id)) {
    const rest = `${course.triggers.join(' or ')}${course.gate === undefined ? '' : `, after ${course.gate}`}${course.rebuilds ? ', built again' : ''}`;
    origins.set(rest, [...(origins.get(rest) ?? []), nameOf(course.from)]);
  }
  return [...origins].map(([rest, names]) => `from ${names.join(' and ')} ${rest}`);
}

interface Inside {
  readonly layout: Layout;
  readonly shapes: readonly PlacedShape[];
  readonly lines: readonly PlacedLine[];
}

const emptyInside: Inside = {
  layout: { width: 0, height: 0, boxes: new Map(), lines: new Map(), labels: new Map() },
  shapes: [],
  lines: [],
};

/** Kinds that are drawn with their label; the others would only be fuller. */
const labelled: ReadonlySet<EdgeKind> = new Set(['route']);

async function placeInside({ nodes, edges }: Harbour): Promise<Inside> {
  const shapes = nodes.map((node) => ({ node, shape: nodeShape(node) }));
  const height = lineHeight(fontSizes.label);
  const labelOf = (text: string): { readonly width: number; readonly height: number } => ({
    width: Math.ceil(textWidth(text, fontSizes.label)) + 10,
    height: height + 4,
  });
  const placed = await layout({
    direction: 'DOWN',
    options: {
      padding: '[top=0,left=0,bottom=0,right=0]',
      edgeRouting: 'ORTHOGONAL',
      'spacing.nodeNode': '12',
      'spacing.edgeNode': '8',
      'spacing.edgeEdge': '8',
      'layered.spacing.nodeNodeBetweenLayers': '34',
      'layered.spacing.edgeNodeBetweenLayers': '14',
      // A README is narrow and long, so a row holds three boxes.
      'layered.layering.strategy': 'COFFMAN_GRAHAM',
      'layered.layering.coffmanGraham.layerBound': '3',
      'layered.nodePlacement.strategy': 'LINEAR_SEGMENTS',
      // Harbours that hold the same look the same. What was named last, and hangs from others, is placed first.
      'layered.considerModelOrder.strategy': 'PREFER_NODES',
    },
    boxes: shapes.toReversed().map(({ node, shape: { width, height: tall } }) => ({
      id: node.id,
      width,
      height: tall,
      ...(node.kind === 'outside' ? { options: { 'layered.layering.layerConstraint': 'FIRST' } } : {}),
    })),
    lines: edges.map(({ from, to, kind, label }, i) => ({
      id: String(i),
      from,
      to,
      ...(label !== undefined && labelled.has(kind) ? { label: labelOf(label) } : {}),
    })),
  });
  return {
    layout: placed,
    shapes: shapes.map(({ node, shape }) => ({
      ...shape,
      ...(placed.boxes.get(node.id) ?? { x: 0, y: 0 }),
      kind: node.kind,
    })),
    lines: edges.map(({ kind, label }, i): PlacedLine => {
      const place = placed.labels.get(String(i));
      const size = label === undefined ? undefined : labelOf(label);
      return {
        kind,
        points: straighten(placed.lines.get(String(i)) ?? []),
        ...(place === undefined || label === undefined || size === undefined
          ? {}
          : { label: { x: place.x + size.width / 2, y: place.y + size.height / 2, text: label, width: size.width } }),
      };
    }),
  };
}

function sizedHarbour(
  harbour: Harbour,
  entries: readonly string[],
  { layout: inside, shapes, lines }: Inside,
): Omit<PlacedHarbour, 'x' | 'y'> & { readonly id: string } {
  const { id, name, release } = harbour;
  const nameLine =
    textWidth(name, fontSizes.harbour, true) +
    (release === undefined ? 0 : textWidth(release, fontSizes.title, true) + 60) +
    2 * padding;
  const width = Math.ceil(Math.max(leastWidth, inside.width + 2 * padding, nameLine));
  const head = harbourHead(harbour, entries, width - 2 * padding);
  const top = nameHeight + heightOf(head) + 18;
  const left = Math.round((width - inside.width) / 2);
  const move = ({ x, y }: Point): Point => ({ x: x + left, y: y + top });
  return {
    id,
    name,
    ...(release === undefined ? {} : { release }),
    head,
    width,
    height: top + inside.height + padding + 4,
    shapes: shapes.map((shape) => ({ ...shape, ...move(shape) })),
    lines: lines.map((line) => movedLine(line, move)),
  };
}

function movedHarbour(harbour: Omit<PlacedHarbour, 'x' | 'y'>, by: Point): PlacedHarbour {
  const move = ({ x, y }: Point): Point => ({ x: x + by.x, y: y + by.y });
  return {
    ...harbour,
    ...by,
    shapes: harbour.shapes.map((shape) => ({ ...shape, ...move(shape) })),
    lines: harbour.lines.map((line) => movedLine(line, move)),
  };
}

const movedLine = (line: PlacedLine, move: (point: Point) => Point): PlacedLine => ({
  ...line,
  points: line.points.map(move),
  ...(line.label === undefined ? {} : { label: { ...line.label, ...move(line.label) } }),
});
