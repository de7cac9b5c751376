import type { GraphNode, Harbour, NodeKind, Source } from './graph.ts';
import { textWidth, wrapText } from './text-width.ts';

/** Sizes of text, in the picture's own pixels. A README shows the picture somewhat smaller than it is, so nothing is below 13. */
export const fontSizes = { harbour: 20, title: 14, detail: 13.5, label: 13.5 } as const;

/** One line of text. */
export interface TextLine {
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  /** Whether it matters less than what stands around it. */
  readonly quiet: boolean;
  /** Space above it. */
  readonly gap: number;
}

/** A box with lines of text in it. */
export interface NodeShape {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly TextLine[];
  /** Space above the first line. */
  readonly top: number;
}

export const lineHeight = (size: number): number => Math.round(size * 1.32);

/** Half the height of a cylinder's lid. */
export const lid = 7;

const cylinders: ReadonlySet<NodeKind> = new Set(['database', 'claim', 'backup']);

export const isCylinder = (kind: NodeKind): boolean => cylinders.has(kind);

const title = (text: string): TextLine => ({ text, size: fontSizes.title, bold: true, quiet: false, gap: 0 });
const detail = (text: string): TextLine => ({ text, size: fontSizes.detail, bold: false, quiet: false, gap: 0 });
/** A text as quiet lines of at most a width, with a gap before the first. */
const quietLines = (text: string, width: number, gap: number): readonly TextLine[] =>
  wrapText(text, width, fontSizes.detail).map((line, i) => ({ ...detail(line), quiet: true, gap: i === 0 ? gap : 0 }));

/** How tall lines are below each other. */
export const heightOf = (lines: readonly TextLine[]): number =>
  lines.reduce((sum, { size, gap }) => sum + lineHeight(size) + gap, 0);

const widest = (lines: readonly TextLine[]): number =>
  Math.max(0, ...lines.map(({ text, size, bold }) => textWidth(text, size, bold)));

/** Widest text of a box; a word that is longer stays whole. */
const detailWidth = 98;
/** Of what goes out, where a reason is a sentence, and of backups, whose schedules are read as one. */
const detailWidths: Partial<Record<NodeKind, number>> = { internet: 84, backup: 180 };
const titleWidth = 104;

/** Widest text of a supply, whose column stands beside all harbours. */
const sourceWidth = 80;

/** The box of a node, as large as its text. */
export function nodeShape({ kind, title: name, details }: GraphNode): NodeShape {
  // A box that a long word, such as an image's name, makes wide has room for longer lines around it, too.
  const longest = widest(details.flatMap((text) => wrapText(text, 0, fontSizes.detail)).map(detail));
  const isPlain = kind === 'internet' || kind === 'outside';
  const heading = isPlain
    ? [detail(name)]
    : wrapText(name, Math.max(titleWidth, longest), fontSizes.title, true).map(title);
  const width = Math.max(detailWidths[kind] ?? detailWidth, longest, widest(heading));
  const lines = [...heading, ...details.flatMap((text) => wrapText(text, width, fontSizes.detail)).map(detail)];
  const padding = kind === 'outside' ? 14 : 7;
  const top = isCylinder(kind) ? 2 * lid + 5 : 8;
  const bottom = isCylinder(kind) ? lid + 5 : 9;
  return box(lines, padding, top, bottom);
}

/** The box of a supply. */
export function sourceShape({ name, repository, artifacts, builder }: Source): NodeShape {
  const [first, ...others] = artifacts.map(detail);
  const artifactLines = first === undefined ? [] : [{ ...first, gap: 6 }, ...others];
  return box(
    [title(name), ...quietLines(repository, sourceWidth, 2), ...quietLines(builder, sourceWidth, 6), ...artifactLines],
    7,
    10,
    11,
  );
}

/** From a harbour's left side to its name, beside the anchor, and to the lines below. */
export const nameStart = 44;
export const headStart = 16;
/** From a harbour's right side to its release. */
export const pillMargin = 14;

/** How wide the flag of a release is. */
export const pillWidth = (release: string): number => Math.ceil(textWidth(release, fontSizes.title, true)) + 22;

/** The lines above what is in a harbour. */
export function harbourHead({ place }: Harbour, entries: readonly string[], width: number): readonly TextLine[] {
  return [place, ...entries].flatMap((text) => quietLines(text, width, 1));
}

function box(lines: readonly TextLine[], padding: number, top: number, bottom: number): NodeShape {
  const width = widest(lines) + 2 * padding;
  const height = heightOf(lines) + top + bottom;
  return { width: Math.ceil(width), height: Math.ceil(height), lines, top };
}
