import { oneLine } from './visible.ts';

/** Longest run of backticks in a text. */
const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** Text as inline code: nothing in it is Markdown, HTML or a mention. */
export function codeSpan(text: string): string {
  const shown = oneLine(text) || '(empty)';
  const fence = '`'.repeat(longestRun(shown) + 1);
  // One space at both ends is taken off again; without it a backtick at an end would join the fence.
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Lines as a block of code, with a fence that none of them closes. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const shown = lines.map(oneLine);
  const fence = '`'.repeat(Math.max(longestRun(shown.join('\n')) + 1, 3));
  return `${fence}${language}\n${shown.join('\n')}\n${fence}`;
}

/** Text as code where Markdown is not read, e.g. in `<summary>`. */
export function htmlCode(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return `<code>${oneLine(text).replace(/[&<>"']/g, (character) => escapes[character] ?? character)}</code>`;
}
