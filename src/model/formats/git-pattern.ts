/**
 * One pattern of a GitHub workflow filter as a regular expression of the whole name, which is written so that JavaScript and POSIX
 * (extended, e.g. of `[[ =~ ]]` in Bash) read the same.
 */
export function regexOf(pattern: string): string {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\[[^\]]*\]|[?+]|[^\w/]/g, (token) => {
    if (token === '**/') return '(.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?' || token === '+' || /^\[[\w-]+\]$/.test(token)) return token;
    return token.replace(/[.^$*+?()[\]{}|\\]/g, '\\$&');
  });
  return `^${source}$`;
}

/** The regular expression of a pattern; nothing when it cannot be read. */
function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(regexOf(pattern));
  } catch {
    return undefined;
  }
}

/**
 * Whether a branch, tag or path passes a list of GitHub filter patterns: later ones win, `!` takes away.
 * `*` stays within a path segment, `**` does not, `?` and `+` repeat the character before them.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function matchesPatterns(patterns: readonly string[], name: string): boolean {
  let matches = false;
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    if (compile(negative ? pattern.slice(1) : pattern)?.test(name) === true) matches = !negative;
  }
  return matches;
}

/** Whether a file lies in one of the folders, is one of the files or passes one of the patterns; no folders at all means everywhere. */
export function liesIn(folders: readonly string[], file: string): boolean {
  const plain = (path: string): string => path.replace(/^\.?\//, '').replace(/\/+$/, '');
  const name = plain(file);
  return (
    folders.length === 0 ||
    folders
      .map(plain)
      .some(
        (folder) =>
          folder === '' ||
          folder === '.' ||
          folder === name ||
          name.startsWith(`${folder}/`) ||
          matchesPatterns([folder], name),
      )
  );
}
