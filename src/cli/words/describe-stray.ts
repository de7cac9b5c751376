/** A file on a branch that is not ours, and whether anything comes of it. */
export const describeStray = (path: string, applied: readonly string[]): string =>
  `${path}, which this program never wrote${applied.includes(path) ? ' and the cluster gets' : ''}`;
