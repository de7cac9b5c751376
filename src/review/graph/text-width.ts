import { boldWidths, plainWidths, type CharacterRun } from './character-widths.ts';

/** What hinting to whole pixels may add to a character. */
const reserve = 1.02;
/** As wide as the widest signs that letters stand among: emoji. Characters of Chinese, Japanese and Korean are 1000. */
const unknown = 1300;

/**
 * How wide a text is at most, in the unit of the font size. Nobody knows the reader's font, so each character counts as in the
 * widest of three: what Linux, Windows and macOS show where a picture asks for a plain font.
 */
export function textWidth(text: string, fontSize: number, bold = false): number {
  const runs = bold ? boldWidths : plainWidths;
  let sum = 0;
  for (const character of text) sum += characterWidth(runs, character.codePointAt(0) ?? 0);
  return (sum / 1000) * fontSize * reserve;
}

function characterWidth(runs: readonly CharacterRun[], codePoint: number): number {
  for (const { from, widths } of runs) {
    const width = widths[codePoint - from];
    if (width !== undefined && width > 0) return width;
  }
  return unknown;
}

/** Splits a text at spaces, and after dashes inside of words, into lines that are not wider than `width`; a longer part stays whole. */
export function wrapText(text: string, width: number, fontSize: number, bold = false): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=\s)|(?<=\w-)(?=\w)/)) {
    if (line !== '' && textWidth(`${line}${part}`.trimEnd(), fontSize, bold) > width) {
      lines.push(line.trimEnd());
      line = part;
    } else line += part;
  }
  return line === '' ? lines : [...lines, line.trimEnd()];
}
