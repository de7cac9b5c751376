/** A path below another; `/` is the other itself. */
export const pathBelow = (prefix: string, path: string): string => {
  const joined = `${prefix}${path}`.replace(/\/+$/, '');
  return joined === '' ? '/' : joined;
};
