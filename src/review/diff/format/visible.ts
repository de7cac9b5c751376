/** Characters that a terminal or a browser acts upon instead of showing: controls, what turns the direction of text, other line breaks. */
const acting = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu;

/** The text with every character that acts instead of showing written out, e.g. `\u001b`; a tab is four spaces. Line breaks stay. */
export function visible(text: string): string {
  return text
    .replaceAll('\t', '    ')
    .replace(acting, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}

/** The text on one line. */
export const oneLine = (text: string): string => visible(text).replace(/\n/g, '⏎');

/** The text, or its beginning where it is longer. Characters of two code units stay whole. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const beginning = text.slice(0, Math.max(most - 1, 0));
  return `${/[\uD800-\uDBFF]$/.test(beginning) ? beginning.slice(0, -1) : beginning}…`;
}

/** A value on one line: text as it is unless that would be unclear, anything else as JSON. */
export function showValue(value: unknown): string {
  if (value === undefined) return '(nothing)';
  if (typeof value === 'string')
    return value === '' || /^\s|\s$|^[\d.]+$|^(true|false|null)$/.test(value)
      ? oneLine(JSON.stringify(value))
      : oneLine(value);
  return oneLine(JSON.stringify(value));
}
