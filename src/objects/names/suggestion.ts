import { closest, oneOf } from '../../model/suggestion.ts';

/** Says what to write instead of a name that is not there: the one that was most likely meant, else those there are. */
export function suggestion(given: string, known: Iterable<string>): string {
  const names = [...new Set(known)].sort();
  if (names.length === 0) return 'there is none';
  const near = closest(given, names);
  return `write ${near === undefined ? oneOf(names) : JSON.stringify(near)}`;
}
