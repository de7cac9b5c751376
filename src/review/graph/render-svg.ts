import { arrowHead, linePath, middleOf, number } from './draw-line.ts';
import type { Point } from './layout/elk-layout.ts';
import type { Graph } from './graph.ts';
import { signWidth, textStart, type LegendItem } from './legend.ts';
import {
  fontSizes,
  headStart,
  isCylinder,
  lid,
  lineHeight,
  nameStart,
  pillMargin,
  pillWidth,
  type TextLine,
} from './node-shape.ts';
import { placeGraph, type DrawingStep, type PlacedCourse, type PlacedHarbour } from './picture.ts';
import type { PlacedLine, PlacedShape } from './layout/place-inside.ts';
import { svgStyle } from './svg-style.ts';

/** Where a picture stands. */
export interface PictureUse {
  /** How the ids in it begin, where several pictures are on one page. @default - with nothing */
  readonly ids?: string;
  /** Whether a box of a folded group leads to the element of the page that has the id of its part. @default false */
  readonly linked?: boolean;
  /** Whether another picture of the page has the style already. @default false */
  readonly unstyled?: boolean;
}

/**
 * Draws a graph as one SVG file that needs nothing else: environments as harbours side by side, what runs in them, and the
 * courses between. It follows the reader's light or dark scheme. The same graph gives the same bytes.
 *
 * @param step - runs the steps that take time. @default - says nothing
 * @param use - where it stands. @default - in a file of its own
 */
export async function renderSvg(graph: Graph, step?: DrawingStep, use: PictureUse = {}): Promise<string> {
  const { ids = '', linked = false, unstyled = false } = use;
  const hasGroups = graph.harbours.some(({ nodes }) => nodes.some(({ kind }) => kind === 'group'));
  const { title, width, height, sources, harbours, courses, legend } = await placeGraph(graph, step);
  // What is followed in it would be hidden from who hears it, if it were one image.
  const role = linked && hasGroups ? 'group' : 'img';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="${role}" aria-labelledby="${ids}title ${ids}desc">`,
    `<title id="${ids}title">${escape(`How ${title} is delivered`)}</title>`,
    `<desc id="${ids}desc">${escape(description(graph))}</desc>`,
    ...(unstyled ? [] : [`<style>\n${svgStyle(hasGroups)}\n</style>`]),
    `<rect class="sea" width="${width}" height="${height}" rx="14"/>`,
    ...harbours.flatMap((harbour) => drawHarbour(harbour, linked)),
    ...sources.map(drawShape),
    ...courses.map(drawCourse),
    ...legend.flatMap(drawLegendItem),
    '</svg>',
    '',
  ].join('\n');
}

/** The picture in words, for people who do not see it. */
function description({ sources, harbours, courses }: Graph): string {
  const nameOf = (id: string): string => [...sources, ...harbours].find((place) => place.id === id)?.name ?? '';
  return [
    ...harbours.map(
      ({ name, release, nodes }) =>
        `${name}${release === undefined ? '' : ` runs ${release}`}: ${nodes
          .filter(({ kind }) => kind !== 'outside' && kind !== 'internet')
          .map(({ title }) => title)
          .join(', ')}.`,
    ),
    ...courses.map(
      ({ from, to, triggers, gate }) =>
        `From ${nameOf(from)} to ${nameOf(to)} ${triggers.join(' or ')}${gate === undefined ? '' : `, after ${gate}`}.`,
    ),
  ].join(' ');
}

function drawHarbour(
  { x, y, width, height, name, release, head, shapes, lines }: PlacedHarbour,
  linked: boolean,
): readonly string[] {
  return [
    '<g>',
    `<rect class="shape land" x="${number(x)}" y="${number(y)}" width="${width}" height="${height}" rx="12"/>`,
    anchor(x + 18, y + 18),
    text(name, x + nameStart, y + 37, fontSizes.harbour, 'ink bold', 'start'),
    ...(release === undefined ? [] : pill(release, x + width - pillMargin, y + 30)),
    ...stack(head, x + headStart, y + 56, 'start'),
    ...lines.flatMap(drawLine),
    ...shapes.map((shape) =>
      linked && shape.part !== undefined ? `<a href="#${shape.part}">${drawShape(shape)}</a>` : drawShape(shape),
    ),
    ...lines.flatMap(drawLabel),
    '</g>',
  ];
}

/** A small anchor, 18 wide and 24 tall. */
const anchor = (x: number, y: number): string =>
  `<path class="line course-line anchor" d="M${number(x + 9)},${number(y + 7)}v16M${number(x + 4)},${number(y + 10)}h10M${number(x)},${number(y + 15)}q1,8 9,8q8,0 9,-8M${number(x + 9)},${number(y + 1)}a3,3 0 1 1 -0.1,0z"/>`;

/** A release as a flag that ends at `right`. */
function pill(release: string, right: number, middle: number): readonly string[] {
  const width = pillWidth(release);
  return [
    `<rect class="release" x="${number(right - width)}" y="${number(middle - 13)}" width="${width}" height="26" rx="13"/>`,
    text(release, right - width / 2, middle + 5, fontSizes.title, 'release-ink bold', 'middle'),
  ];
}

function drawShape(shape: PlacedShape): string {
  const { kind, x, y, width, height, lines, top } = shape;
  const outline = isCylinder(kind as Exclude<PlacedShape['kind'], 'source'>)
    ? cylinder(shape)
    : `<rect class="${classesOf(shape)}" x="${number(x)}" y="${number(y)}" width="${width}" height="${height}" rx="${kind === 'outside' || kind === 'internet' ? Math.min(height / 2, 20) : 7}"/>`;
  return [outline, ...stack(lines, x + width / 2, y + top, 'middle')].join('\n');
}

const classesOf = ({ kind, marked = false }: PlacedShape): string => `shape ${kind}${marked ? ' marked' : ''}`;

function cylinder(shape: PlacedShape): string {
  const { kind, x, y, width, height } = shape;
  const [right, bottom] = [x + width, y + height - lid];
  const side = `M${number(x)},${number(y + lid)}V${number(bottom)}A${number(width / 2)},${lid} 0 0 0 ${number(right)},${number(bottom)}V${number(y + lid)}`;
  return `<path class="${classesOf(shape)}" d="${side}"/><ellipse class="shape ${kind}-lid" cx="${number(x + width / 2)}" cy="${number(y + lid)}" rx="${number(width / 2)}" ry="${lid}"/>`;
}

function drawLine({ kind, points }: PlacedLine): readonly string[] {
  const ends = kind !== 'mount';
  return [
    `<path class="line ${kind}-line" d="${linePath(points, ends ? 6 : 0)}"/>`,
    ...(ends ? [`<polygon class="${kind}-head" points="${arrowHead(points)}"/>`] : []),
  ];
}

function drawLabel({ label }: PlacedLine): readonly string[] {
  if (label === undefined) return [];
  const height = lineHeight(fontSizes.label) + 2;
  return [
    `<rect class="label" x="${number(label.x - label.width / 2)}" y="${number(label.y - height / 2)}" width="${label.width}" height="${height}" rx="4"/>`,
    text(label.text, label.x, label.y + 5, fontSizes.label, 'ink', 'middle'),
  ];
}

/** A course, with a lock where something must be true before, or an open way. */
function drawCourse({ points, gated }: PlacedCourse): string {
  return [
    `<path class="line course-line" d="${linePath(points, 8)}"/><polygon class="course-head" points="${arrowHead(points, 6.5)}"/>`,
    courseSign(gated, middleOf(points)),
  ].join('\n');
}

/** A lock, or a tick. */
function courseSign(gated: boolean, { x, y }: Point): string {
  const [left, top] = [number(x - 5), number(y - 1)];
  const sign = gated
    ? `<rect class="closed-ink" x="${left}" y="${top}" width="10" height="8" rx="1.5"/><path class="line closed lock" d="M${number(x - 3)},${number(y - 1)}v-2.5a3,3 0 0 1 6,0v2.5"/>`
    : `<path class="open-ink" d="M${number(x - 4.5)},${number(y + 0.5)}l3.5,3.5l6,-7.5"/>`;
  return `<circle class="gate ${gated ? 'closed' : 'open'}" cx="${number(x)}" cy="${number(y)}" r="12"/>${sign}`;
}

function drawLegendItem(item: LegendItem): readonly string[] {
  const { sign, x, y, text: meaning } = item;
  const ends = [
    { x, y },
    { x: x + signWidth, y },
  ];
  const drawn =
    'course' in sign
      ? [courseSign(sign.course === 'gated', { x: x + signWidth / 2, y })]
      : 'line' in sign
        ? drawLine({ kind: sign.line, points: ends })
        : [
            `<rect class="shape ${sign.box}" x="${number(x)}" y="${number(y - 8)}" width="${signWidth}" height="16" rx="4"/>`,
          ];
  return [...drawn, text(meaning, textStart(item), y + 5, fontSizes.label, 'quiet', 'start')];
}

/** Lines of text below each other. */
function stack(lines: readonly TextLine[], x: number, top: number, alignment: 'start' | 'middle'): readonly string[] {
  let y = top;
  return lines.map(({ text: line, size, bold, quiet, gap }) => {
    y += lineHeight(size) + gap;
    return text(
      line,
      x,
      y - Math.round(size * 0.3),
      size,
      `${bold ? 'bold ' : ''}${quiet ? 'quiet' : 'ink'}`,
      alignment,
    );
  });
}

const text = (
  content: string,
  x: number,
  y: number,
  size: number,
  classes: string,
  alignment: 'start' | 'middle',
): string =>
  `<text class="${classes}" x="${number(x)}" y="${number(y)}" font-size="${size}"${alignment === 'middle' ? ' text-anchor="middle"' : ''}>${escape(content)}</text>`;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as XML; characters that XML cannot hold are left out. */
const escape = (content: string): string =>
  content
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"']/g, (character) => escapes[character] ?? character);
