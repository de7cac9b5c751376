import { closest } from '../suggestion.ts';
import { choicesOf, expected } from './expected.ts';
import type { Shape } from './shape.ts';
import { isMapping, valueKind } from './value-kind.ts';

/** Longest text that is shown; a longer one is no word that was misspelt. */
const longestWord = 40;

/**
 * Says that a value is of another kind than its shape, and what to write. A text is shown only where a word or a number belongs:
 * anywhere else it may be a secret that stands in the wrong place.
 */
export function wrongKind(shape: Shape, value: unknown, report: (message: string, given?: unknown) => void): void {
  const choices = choicesOf(shape);
  if (choices.includes('text') && (typeof value === 'number' || typeof value === 'boolean'))
    report(`must be text; write ${JSON.stringify(String(value))}`, value);
  else if (choices.includes('text') && isReference(value))
    report(
      "must be plain text; a neighbour's host or port is filled in only in env, configs, command, args and probes",
    );
  else if (typeof value === 'string' && insteadOf(value, shape) !== undefined)
    report(insteadOf(value, shape) ?? '', value.length > longestWord ? undefined : value);
  else if (choices.some((choice) => typeof choice === 'object' && 'list' in choice))
    report(`must be a list, and is ${valueKind(value)}; write [ … ] around what belongs in it`);
  else report(`must be ${expected(shape)}; it is ${valueKind(value)}`);
}

/** What to write where a text stands for a word, a number, or what is true or false. */
function insteadOf(value: string, shape: Shape): string | undefined {
  const choices = choicesOf(shape);
  const words = choices.flatMap((choice) => (typeof choice === 'object' && 'words' in choice ? choice.words : []));
  const near = closest(value, words);
  if (near !== undefined) return `is not known; write ${JSON.stringify(near)}`;
  if (words.length > 0) return `must be ${expected(shape)}`;
  if (choices.includes('number') && value.trim() !== '' && Number.isFinite(Number(value)))
    return `must be a number; write ${Number(value)}`;
  if (choices.includes('boolean') && ['true', 'false'].includes(value))
    return `must be true or false; write ${value}, without quotes`;
  return undefined;
}

const referenceKinds: readonly unknown[] = ['host', 'unprefixedHost', 'port', 'text'];

/** Whether a value was made by host(), port() or text. */
export const isReference = (value: unknown): boolean => isMapping(value) && referenceKinds.includes(value['kind']);
