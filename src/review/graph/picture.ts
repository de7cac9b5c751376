import { layout, type Point } from './layout/elk-layout.ts';
import type { Graph, Harbour, Source } from './graph.ts';
import { legendOf, type LegendItem } from './legend.ts';
import {
  fontSizes,
  harbourHead,
  headStart,
  heightOf,
  nameStart,
  pillMargin,
  pillWidth,
  sourceShape,
  type TextLine,
} from './node-shape.ts';
import {
  emptyInside,
  isTown,
  placeInside,
  type Inside,
  type PlacedLine,
  type PlacedShape,
} from './layout/place-inside.ts';
import { textWidth } from './text-width.ts';

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
const margin = 10;
const padding = 10;
/** From a harbour's top to where its courses arrive: the middle of its name. */
const quay = 30;
/** Height of a harbour's first line, which holds its name and release. */
const nameHeight = 50;
const leastWidth = 300;
/** The widest flag of a release: those of many applications are lines below the name, or they alone would make a harbour wide. */
const widestPill = 300;

/** Runs one step of drawing, and may say so. */
export type DrawingStep = <T>(title: string, work: () => Promise<T>) => Promise<T>;

/** Places everything that a graph holds. The same graph gives the same picture. @param step - @default - says nothing */
export async function placeGraph(graph: Graph, step: DrawingStep = (_, work) => work()): Promise<Picture> {
  const insides: Inside[] = [];
  const town = isTown(graph);
  for (const harbour of graph.harbours)
    insides.push(await step(`draw ${harbour.name}`, () => placeInside(harbour, town(harbour))));

  const harbours = graph.harbours.map((harbour, i) =>
    sizedHarbour(harbour, entriesOf(graph, harbour), insides[i] ?? emptyInside),
  );
  const sources = graph.sources.map((source) => ({ source, shape: sourceShape(source) }));

  const whole = await step('draw the courses between', () =>
    layout({
      direction: 'RIGHT',
      options: {
        'layered.spacing.nodeNodeBetweenLayers': '42',
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
    }),
  );
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

function sizedHarbour(
  harbour: Harbour,
  entries: readonly string[],
  { layout: inside, shapes, lines }: Inside,
): Omit<PlacedHarbour, 'x' | 'y'> & { readonly id: string } {
  const { id, name } = harbour;
  const isFlag = harbour.release !== undefined && pillWidth(harbour.release) <= widestPill;
  const release = isFlag ? harbour.release : undefined;
  const runs = isFlag || harbour.release === undefined ? [] : [`runs ${harbour.release}`];
  const nameLine =
    nameStart +
    textWidth(name, fontSizes.harbour, true) +
    (release === undefined ? 0 : padding + pillWidth(release)) +
    pillMargin;
  const wide = Math.max(leastWidth, inside.width + 2 * padding, nameLine);
  const head = harbourHead(harbour, [...runs, ...entries], wide - 2 * headStart);
  // A part of a line that cannot be split is as wide as it is.
  const widest = Math.max(0, ...head.map(({ text, size, bold }) => textWidth(text, size, bold)));
  const width = Math.ceil(Math.max(wide, widest + 2 * headStart));
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
