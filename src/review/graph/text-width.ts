/** Widths of the printable ASCII characters from the space on, in thousandths of the font size. @see Adobe's metrics of Helvetica */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

/** What a reader's own font may be wider than Helvetica. */
const reserve = 1.03;
const boldReserve = 1.06;
/** Characters that the table does not know are as wide as they can be. */
const unknown = 1000;

/** How wide a text is at most, in the unit of the font size. An estimate: nobody knows the reader's font. */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let sum = 0;
  for (const character of text) sum += widths[(character.codePointAt(0) ?? 0) - 32] ?? unknown;
  return (sum / 1000) * fontSize * reserve * (bold ? boldReserve : 1);
}

/** Splits a text at spaces, and after dashes inside of words, into lines that are not wider than `width`; a longer part stays whole. */
export function wrapText(text: string, width: number, fontSize: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=\s)|(?<=\w-)(?=\w)/)) {
    if (line !== '' && textWidth(`${line}${part}`.trimEnd(), fontSize) > width) {
      lines.push(line.trimEnd());
      line = part;
    } else line += part;
  }
  return line === '' ? lines : [...lines, line.trimEnd()];
}
