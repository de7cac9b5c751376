/** Whether this is the absolute path of a folder other than the root, written in one way only: no `..`, no slash at its end. */
export const isFolder = (path: string): boolean => /^(?:\/(?!\.{1,2}(?:\/|$))[^/:\0]+)+$/.test(path);

/** Whether a path lies strictly below a folder: `/data/pgdata` is below `/data`, `/database` and `/data` are not. */
export const isBelow = (path: string, folder: string): boolean =>
  path.length > folder.length && path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** Whether a path is a folder, or lies below it. */
export const isWithin = (path: string, folder: string): boolean => path === folder || isBelow(path, folder);
