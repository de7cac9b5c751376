import { isRequired, tellingKey, wordsAt } from './expected.ts';
import type { FieldsShape, Shape } from './shape.ts';

/** What a mapping is held against: known keys, keys of the user's own, or first a word that says which it is. */
type Choice =
  | { readonly shape: FieldsShape }
  | { readonly map: Shape }
  | { readonly key: string; readonly words: readonly string[] };

/** The mappings among choices; the same list for the same choices. */
const mappingsRead = new WeakMap<readonly Shape[], readonly FieldsShape[]>();

function mappingsAmong(choices: readonly Shape[]): readonly FieldsShape[] {
  const read =
    mappingsRead.get(choices) ?? choices.filter((choice) => typeof choice === 'object' && 'fields' in choice);
  mappingsRead.set(choices, read);
  return read;
}

/** The one of several shapes that a mapping means to be; none when no mapping may stand there. */
export function chosen(choices: readonly Shape[], value: Readonly<Record<string, unknown>>): Choice | undefined {
  const map = choices.find((choice) => typeof choice === 'object' && 'map' in choice);
  if (typeof map === 'object' && 'map' in map) return { map: map.map };
  return narrowed(mappingsAmong(choices), value, []);
}

function narrowed(
  members: readonly FieldsShape[],
  value: Readonly<Record<string, unknown>>,
  asked: readonly string[],
): Choice | undefined {
  const [first] = members;
  if (first === undefined) return undefined;
  const key = members.length === 1 ? undefined : tellingKey(members, asked);
  if (key === undefined) return { shape: first };
  const word = Object.hasOwn(value, key) ? value[key] : undefined;
  const fitting = members.filter((member) =>
    word === undefined && !Object.hasOwn(value, key)
      ? !isRequired(member, key)
      : typeof word === 'string' && wordsAt(member, key).includes(word),
  );
  if (fitting.length > 0) return narrowed(fitting, value, [...asked, key]);
  return { key, words: [...new Set(members.flatMap((member) => wordsAt(member, key)))].sort() };
}
