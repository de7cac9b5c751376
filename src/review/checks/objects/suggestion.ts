/** How many names a message offers. */
const offered = 3;

/** Says which names there are, the ones most like the given first, e.g. `write one of: a, b`. */
export function suggestion(given: string, known: Iterable<string>): string {
  const ranked = [...new Set(known)].map((name) => ({ name, distance: distance(given, name) }));
  if (ranked.length === 0) return 'there is none';
  ranked.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  const names = ranked.slice(0, offered).map(({ name }) => name);
  return names.length === 1 ? `write ${names.join()}` : `write one of: ${names.join(', ')}`;
}

/** Letters to insert, remove or replace until the texts are equal (Levenshtein). */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
