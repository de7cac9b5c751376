import type { Problem } from '../../problem.ts';
import { unknownName } from '../../suggestion.ts';

/** The problem of a name that must be one of the known ones, if it is not. */
export const checkName = (path: string, kind: string, given: string, known: Iterable<string>): readonly Problem[] => {
  const names = known instanceof Set ? known : new Set(known);
  return names.has(given) ? [] : [{ path, message: unknownName(kind, given, [...names]), given }];
};

/** Names of things that have one. */
export const namesOf = (things: readonly { readonly name: string }[]): ReadonlySet<string> =>
  new Set(things.map(({ name }) => name));
