import type { ImageVersion } from '../../model/release.ts';

/** Whether two versions are one, digest included. */
export const isSameImage = (a: ImageVersion, b: ImageVersion): boolean =>
  a.repository === b.repository && a.tag === b.tag && a.digest === b.digest;
