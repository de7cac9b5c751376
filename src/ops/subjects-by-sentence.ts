/** What a sentence is about, and the sentence. */
export type Said = readonly [subject: string, sentence: string];

/** Each sentence once, with everything that it is said of, in the order in which it was said. */
export function subjectsBySentence(
  said: readonly Said[],
): readonly (readonly [sentence: string, subjects: readonly string[]])[] {
  const subjects = new Map<string, string[]>();
  for (const [subject, sentence] of said) subjects.set(sentence, [...(subjects.get(sentence) ?? []), subject]);
  return [...subjects];
}
