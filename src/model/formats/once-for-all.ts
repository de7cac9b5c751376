import { listed } from './listed.ts';

/** What was found in one environment, and in which others the same was. */
export interface FoundOnce<Found> {
  readonly found: Found;
  /** Names of the others, in the order in which it was found there. */
  readonly also: readonly string[];
}

/**
 * What was found, each once: environments are made by the same lines of a program, so one mistake is found in all of them.
 *
 * @param about - the environment, or whatever else there are several of, that something is about, nothing where it is about none, and the words in which it would be said,
 *   without the names of that environment
 */
export function onceForAll<Found>(
  all: readonly Found[],
  about: (found: Found) => { readonly environment: string; readonly words: string } | undefined,
): readonly FoundOnce<Found>[] {
  const known = new Map<string, { readonly found: Found; readonly first: string; readonly also: string[] }>();
  const once: FoundOnce<Found>[] = [];
  for (const found of all) {
    const said = about(found);
    const same = said === undefined ? undefined : known.get(said.words);
    if (said !== undefined && same !== undefined && same.first !== said.environment) {
      if (!same.also.includes(said.environment)) same.also.push(said.environment);
      continue;
    }
    const also: string[] = [];
    once.push({ found, also });
    if (said !== undefined && same === undefined) known.set(said.words, { found, first: said.environment, also });
  }
  return once;
}

/** A text without the names of an environment, so that what two environments have in common reads the same. */
export function withoutNames(text: string, names: readonly string[]): string {
  const words = [...new Set(names.map((name) => name.replaceAll(/^\W+|\W+$/g, '')))].filter((name) => name !== '');
  return words
    .sort((a, b) => b.length - a.length)
    .reduce(
      (left, word) => left.replaceAll(new RegExp(`(?<![A-Za-z0-9])${escaped(word)}(?![A-Za-z0-9])`, 'g'), '*'),
      text,
    );
}

const escaped = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Says where else the same was found: ` (the same in prod)`. */
export const sameIn = (also: readonly string[] = []): string =>
  also.length === 0 ? '' : ` (the same in ${listed(also)})`;
