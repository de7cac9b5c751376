import type { WrongName } from '../../shape/wrong-name.ts';
import type { Problem } from '../../problem.ts';
import { closest, unknownName } from '../../suggestion.ts';

/** The problem of a name that must be one of the known ones, if it is not. */
export const checkName = (
  path: string,
  kind: string,
  given: string,
  known: Iterable<string>,
): readonly (Problem | WrongName)[] => {
  const names = known instanceof Set ? known : new Set(known);
  if (names.has(given)) return [];
  const meant = closest(given, [...names]);
  const problem = { path, message: unknownName(kind, given, [...names]), given };
  return [meant === undefined ? problem : { ...problem, meant }];
};

/** Names of things that have one. */
export const namesOf = (things: readonly { readonly name: string }[]): ReadonlySet<string> =>
  new Set(things.map(({ name }) => name));
