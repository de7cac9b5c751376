import pc from 'picocolors';
import { isEqual, type Action, type FieldChange, type ObjectDiff, type TreeDiff } from '../tree-diff.ts';
import {
  changedLines,
  countObjects,
  headline,
  isLines,
  noChanges,
  orderLines,
  ownerWords,
  restartWords,
  riskLine,
  riskSections,
} from './describe-diff.ts';
import { cut, oneLine, showValue } from './visible.ts';
import { wrapLine } from './wrap-line.ts';

/** How a diff looks on a terminal. */
export interface TextOptions {
  /** What was compared, e.g. `prod`. @default - no title */
  readonly title?: string;
  /** @default - where the terminal can and `NO_COLOR` is not set */
  readonly colour?: boolean;
  /** Columns; sentences are wrapped, values cut, and commands left whole to be copied. At least 40. @default 120 */
  readonly width?: number;
}

/** Lines of one text that are shown; a reviewer of more opens the file. */
const mostLines = 20;

type Colours = ReturnType<typeof pc.createColors>;

const signs: Readonly<Record<Action, string>> = {
  created: '+',
  changed: '~',
  recreated: '!',
  renamed: '>',
  removed: '-',
};

/** Writes a diff for people at a terminal. It ends with a line break. */
export function formatText(diff: TreeDiff, options: TextOptions = {}): string {
  const width = Math.max(options.width ?? 120, 40);
  const colours = pc.createColors(options.colour ?? pc.isColorSupported);
  const start = options.title === undefined ? '' : `${oneLine(options.title)}: `;
  if (isEqual(diff)) return `${start}${noChanges}\n`;
  const say: Say = (text, indent = 0) => wrapLine(oneLine(text), width, indent);
  const { risk, restarts, objects } = diff;
  const lines = [
    ...say(`${start}${countObjects(diff)}`).map(colours.bold),
    ...say(`risk: ${riskLine(risk)}`),
    ...riskSections(risk).flatMap(({ title, lines: notes }) => [
      ...say(title, 2).map(colours.red),
      ...notes.flatMap(({ object, message }) => say(`${object} ${message}`, 4)),
    ]),
    ...(orderLines(diff).length === 0 ? [] : say('order')),
    ...orderLines(diff).flatMap((line) => say(line, 2)),
    ...(restarts.length === 0 ? [] : say('pods that restart')),
    ...restarts.flatMap((restart) => say(`${restart.owner} (${restart.object}): ${restartWords(restart)}`, 2)),
    ...objects.flatMap((object) => ['', ...objectLines(object, say, colours, width)]),
  ];
  return `${lines.join('\n')}\n`;
}

type Say = (text: string, indent?: number) => readonly string[];

function objectLines(object: ObjectDiff, say: Say, colours: Colours, width: number): readonly string[] {
  const paint: Readonly<Record<Action, (text: string) => string>> = {
    created: colours.green,
    changed: colours.yellow,
    recreated: colours.magenta,
    renamed: colours.cyan,
    removed: colours.red,
  };
  return [
    ...say(`${signs[object.action]} ${headline(object)}`).map(paint[object.action]),
    ...object.remarks.flatMap((remark) => remarkLines(remark, say)),
    ...object.changes.flatMap((change) => [
      ...changeLines(object, change, say, width),
      ...(isLines(change) ? textLines(change, colours, width) : []),
    ]),
  ];
}

/** A sentence, and the command in it on a line of its own. */
function remarkLines(remark: string, say: Say): readonly string[] {
  const at = remark.indexOf('kubectl ');
  return at === -1 ? say(remark, 4) : [...say(remark.slice(0, at).trimEnd(), 4), `      ${oneLine(remark.slice(at))}`];
}

function changeLines(object: ObjectDiff, change: FieldChange, say: Say, width: number): readonly string[] {
  const words = ownerWords(object, change);
  return words === undefined ? [cut(`    ${fieldLine(change, width - 4)}`, width)] : say(words, 4);
}

/** `path: old → new`, each value cut to its share of the line. */
function fieldLine(change: FieldChange, width: number): string {
  const { path, before, after, hidden, immutable } = change;
  const place = oneLine(path);
  if (isLines(change)) return `${place}:`;
  const end = `${hidden === true && before === after ? ' (values hidden)' : ''}${immutable === undefined ? '' : ' (cannot change in place)'}`;
  const share = Math.max(Math.floor((width - place.length - end.length - 5) / 2), 16);
  const show = (value: unknown, most = share): string => cut(showValue(value), most);
  if (before === undefined) return `${place}: ${show(after, share * 2 - 8)} added${end}`;
  if (after === undefined) return `${place}: ${show(before, share * 2 - 8)} removed${end}`;
  return `${place}: ${show(before)} → ${show(after)}${end}`;
}

function textLines(change: FieldChange, colours: Colours, width: number): readonly string[] {
  const around = changedLines(change);
  const line = (text: string): string => cut(`      ${oneLine(text)}`, width);
  const shown = around.slice(0, mostLines).map((it) => {
    if (it === undefined) return line('…');
    const text = line(`${it.sign} ${it.text}`);
    return it.sign === '+' ? colours.green(text) : it.sign === '-' ? colours.red(text) : colours.dim(text);
  });
  return around.length > mostLines ? [...shown, line(`… ${around.length - mostLines} more lines`)] : shown;
}
