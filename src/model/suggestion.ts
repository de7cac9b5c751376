const listed = 10;

/** How many letters must change to make one word the other, moves of neighbours included; counting stops at `limit`. */
function distance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let cost = Math.min((last[j] ?? limit) + 1, (row[j - 1] ?? limit) + 1, (last[j - 1] ?? limit) + (same ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? limit) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[to.length] ?? limit;
}

/** The known word that a mistyped one most likely meant, if one is near; upper and lower case count as the same. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.min(3, Math.ceil(word.length / 2));
  let best: string | undefined;
  let bestDistance = limit;
  for (const candidate of known) {
    const found = distance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (found < bestDistance) [best, bestDistance] = [candidate, found];
  }
  return best;
}

/** Quotes and joins words: `"a", "b" or "c"`; a long list is cut short, where more than one word is saved by it. */
export function oneOf(words: readonly string[]): string {
  const isCut = words.length > listed + 1;
  const quoted = (isCut ? words.slice(0, listed) : words).map((word) => JSON.stringify(word));
  if (isCut) return `${quoted.join(', ')} or one of ${words.length - listed} more`;
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`;
}

/**
 * Says that nothing of a kind has the given name, and what to write.
 *
 * @example unknownName('service', 'orderz', ['orders', 'payments']) // 'there is no service of this name; write "orders"'
 */
export function unknownName(kind: string, given: string, known: readonly string[]): string {
  if (known.length === 0) return `there is no ${kind} of this name, and none is declared`;
  const near = closest(given, known);
  return `there is no ${kind} of this name; write ${near === undefined ? oneOf(known) : JSON.stringify(near)}`;
}
