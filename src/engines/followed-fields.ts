/** What an engine's object follows, each field as a person says it, e.g. `branch`. */
export type FollowedFields = Readonly<Record<string, string>>;

/** An address may carry a name and a password, or a token in the place of both; `git` is the name of everybody who has a key. */
const shown = (value: string): string => (value === '' ? '(none)' : value.replace(/\/\/(?!git@)[^/@]*@/, '//'));

/**
 * How what is followed differs from what is to be, field by field.
 *
 * @param spelled - one spelling for all that the engine takes for the same
 */
export const differences = (
  follows: FollowedFields,
  wanted: FollowedFields,
  spelled: (field: string, value: string) => string,
): readonly string[] =>
  Object.entries(wanted).flatMap(([field, to]) => {
    const found = follows[field] ?? '';
    return spelled(field, found) === spelled(field, to) ? [] : [`the ${field} ${shown(found)}, not ${shown(to)}`];
  });
