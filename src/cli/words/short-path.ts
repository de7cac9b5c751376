import { relative } from 'node:path';

/** A path as a person would type it: from here when it lies below, else the whole. */
export function shortPath(path: string): string {
  const here = relative(process.cwd(), path);
  return here === '' || here.startsWith('..') ? path : here;
}
