/** One line of a comparison of two texts: gone, new, or the same in both. */
export interface DiffLine {
  readonly sign: '-' | '+' | ' ';
  readonly text: string;
}

/** Beyond this many pairs of lines the middle is shown as replaced: nobody reads more, and time stays linear. */
const mostPairs = 250_000;

/** Compares two texts line by line. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [left, right] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  )
    end++;
  return [
    ...left.slice(0, start).map(same),
    ...middle(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...left.slice(left.length - end).map(same),
  ];
}

/** How many lines go and come, in words, e.g. `2 lines changed, 1 added`. */
export function countLines(lines: readonly DiffLine[]): string {
  const gone = lines.filter(({ sign }) => sign === '-').length;
  const come = lines.filter(({ sign }) => sign === '+').length;
  const changed = Math.min(gone, come);
  const parts = [
    ...(changed > 0 ? [`${lineCount(changed)} changed`] : []),
    ...(come > changed ? [`${changed > 0 ? come - changed : lineCount(come)} added`] : []),
    ...(gone > changed ? [`${changed > 0 ? gone - changed : lineCount(gone)} removed`] : []),
  ];
  return parts.join(', ');
}

/** The lines that differ, each with one line around it; `undefined` stands where lines are left out. */
export function aroundChanges(lines: readonly DiffLine[]): readonly (DiffLine | undefined)[] {
  const near = (i: number): boolean => [i - 1, i, i + 1].some((at) => (lines[at]?.sign ?? ' ') !== ' ');
  return lines.flatMap((line, i) => (near(i) ? [line] : i > 0 && near(i - 1) ? [undefined] : []));
}

const lineCount = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);

const same = (text: string): DiffLine => ({ sign: ' ', text });
const gone = (text: string): DiffLine => ({ sign: '-', text });
const come = (text: string): DiffLine => ({ sign: '+', text });

/** The shortest way from one list of lines to the other, by their longest common part. */
function middle(left: readonly string[], right: readonly string[]): readonly DiffLine[] {
  if (left.length * right.length > mostPairs) return [...left.map(gone), ...right.map(come)];
  const width = right.length + 1;
  const longest = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--)
      longest[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [from, to] = [left[i], right[j]];
    if (from !== undefined && from === to) {
      lines.push(same(from));
      i++;
      j++;
    } else if (from !== undefined && (to === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(gone(from));
      i++;
    } else {
      lines.push(come(to ?? ''));
      j++;
    }
  }
  return lines;
}
