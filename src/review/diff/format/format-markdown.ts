import { commentCharacters } from '../../../hosts/hosts.ts';
import { isEqual, treeObjectId, type Action, type FieldChange, type ObjectDiff, type TreeDiff } from '../tree-diff.ts';
import {
  capacityParts,
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
import { codeBlock, codeSpan, htmlCode } from './markdown-code.ts';
import { cut, showValue } from './visible.ts';

/** How a diff looks in a pull request. */
export interface MarkdownOptions {
  /** What was compared, e.g. `prod`. @default - no title */
  readonly title?: string;
  /** Characters that the comment may have; at least 1,000. @default - what a comment may have at any host */
  readonly limit?: number;
}

/** Room for the sentence that says what was left out. */
const tailLength = 400;

const mostNotes = 15;
const mostValue = 300;
const mostLines = 40;
const mostLineLength = 200;

const signs: Readonly<Record<Action, string>> = {
  created: '➕',
  changed: '✏️',
  recreated: '⚠️',
  renamed: '🔀',
  removed: '➖',
};

/**
 * Writes a diff as the comment of a pull request: the risk first, then every object collapsed. Whatever comes from manifests stands in code,
 * so it cannot mention people, close issues or break out. What does not fit is left out, and the comment says so.
 */
export function formatMarkdown(diff: TreeDiff, options: MarkdownOptions = {}): string {
  const limit = Math.max(options.limit ?? commentCharacters, 1000);
  const title = options.title === undefined ? '' : `${codeSpan(cut(options.title, mostValue))}: `;
  if (isEqual(diff)) return `${title}${noChanges}\n`;
  const room = limit - tailLength;
  let text = '';
  const add = (piece: string): boolean => {
    if (text.length + piece.length > room) return false;
    text += piece;
    return true;
  };

  const heads = headPieces(diff, title);
  const leftNotes = heads.filter((piece) => !add(piece)).length;
  const leftObjects: ObjectDiff[] = [];
  let collapsed = 0;
  for (const object of diff.objects) {
    if (add(objectBlock(object, Math.floor(limit / 4)))) continue;
    if (add(`- ${signs[object.action]} ${codeSpan(cut(headline(object), mostValue))}\n`)) collapsed++;
    else leftObjects.push(object);
  }
  return text + tailOf(leftNotes, collapsed, leftObjects);
}

function headPieces(diff: TreeDiff, title: string): readonly string[] {
  const { risk, restarts } = diff;
  const notes = (heading: string, lines: readonly string[]): readonly string[] => [
    `\n**${heading}**\n`,
    ...lines.slice(0, mostNotes).map((line) => `- ${line}\n`),
    ...(lines.length > mostNotes ? [`- and ${lines.length - mostNotes} more\n`] : []),
  ];
  return [
    `### ${title}${countObjects(diff)}\n\n`,
    `**Risk**: ${riskLine(risk)}\n`,
    ...riskSections(risk).flatMap(({ title: heading, lines }) =>
      notes(
        capital(heading),
        lines.map(({ object, message }) => codeSpan(cut(`${object} ${message}`, mostValue))),
      ),
    ),
    ...(orderLines(diff).length === 0
      ? []
      : notes(
          'Order',
          orderLines(diff).map((line) => codeSpan(cut(line, mostValue))),
        )),
    ...(capacityParts(risk).length === 0 ? [] : notes('Capacity moved', [...capacityParts(risk)])),
    ...(restarts.length === 0
      ? []
      : notes(
          'Pods that restart',
          restarts.map((restart) =>
            codeSpan(cut(`${restart.owner} (${restart.object}): ${restartWords(restart)}`, mostValue)),
          ),
        )),
    '\n',
  ];
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** One object as `<details>`, at most `most` characters long. */
function objectBlock(object: ObjectDiff, most: number): string {
  const first = object.changes.map((change) => ownerWords(object, change)).find((words) => words !== undefined) ?? '';
  const more = object.changes.length > 1 ? ` and ${object.changes.length - 1} more` : '';
  const about = first === '' ? '' : ` ${htmlCode(cut(first, 100))}${more}`;
  const start = `<details><summary>${signs[object.action]} ${htmlCode(cut(headline(object), mostValue))}${about}</summary>\n\n`;
  const end = '\n</details>\n\n';
  let text = start + object.remarks.map((remark) => `- ${codeSpan(cut(remark, mostValue))}\n`).join('');
  for (const [i, change] of object.changes.entries()) {
    const piece = changePiece(object, change);
    if (text.length + piece.length + end.length + 60 > most) {
      text += `- and ${object.changes.length - i} more fields, left out here\n`;
      break;
    }
    text += piece;
  }
  return text + end;
}

function changePiece(object: ObjectDiff, change: FieldChange): string {
  const words = ownerWords(object, change);
  const head = words === undefined ? fieldWords(change) : codeSpan(cut(words, mostValue));
  return `- ${head}\n${isLines(change) ? `\n${textBlock(change)}\n` : ''}`;
}

function fieldWords({ path, before, after, hidden, immutable }: FieldChange): string {
  const show = (value: unknown): string => codeSpan(cut(showValue(value), mostValue));
  const end = `${hidden === true && before === after ? ' (values hidden)' : ''}${immutable === undefined ? '' : ' (cannot change in place)'}`;
  const place = codeSpan(cut(path, mostValue));
  if (before === undefined) return `${place}: ${show(after)} added${end}`;
  if (after === undefined) return `${place}: ${show(before)} removed${end}`;
  return isLines({ path, before, after }) ? `${place}${end}` : `${place}: ${show(before)} → ${show(after)}${end}`;
}

function textBlock(change: FieldChange): string {
  const around = changedLines(change);
  const lines = around
    .slice(0, mostLines)
    .map((line) => (line === undefined ? '…' : cut(`${line.sign}${line.text}`, mostLineLength)));
  return codeBlock('diff', [
    ...lines,
    ...(around.length > mostLines ? [`… ${around.length - mostLines} more lines`] : []),
  ]);
}

function tailOf(notes: number, collapsed: number, left: readonly ObjectDiff[]): string {
  const parts = [
    ...(notes === 0 ? [] : [`${notes} notes about risk and restarts`]),
    ...(collapsed === 0 ? [] : [`the fields of ${collapsed === 1 ? '1 object' : `${collapsed} objects`}`]),
    ...(left.length === 0
      ? []
      : [
          `${left.length === 1 ? '1 object' : `${left.length} objects`}, the first of them ${codeSpan(cut(left[0] === undefined ? '' : treeObjectId(left[0]), 100))}`,
        ]),
  ];
  return parts.length === 0
    ? ''
    : `\n**Left out because a comment cannot hold more**: ${parts.join('; ')}. \`portolan diff\` shows everything.\n`;
}
