import type { VersionScheme } from '../../../model/artifact.ts';
import { fitsScheme } from '../../../model/derived/version-fit.ts';
import { compareVersions } from '../../order/version-order.ts';
import type { Ancestry } from '../../program/ancestry.ts';

/** The newest of several tags, in the order of their scheme. */
export interface NewestTag {
  /** Nothing where no tag fits the scheme. */
  readonly tag?: string;
  /** Another tag of the same place in the order: the scheme does not tell them apart. @default - none */
  readonly same?: string;
}

/** Finds the newest tag among those that fit a scheme; the others, such as `latest`, are somebody else's. */
export async function newestTag(
  scheme: VersionScheme,
  tags: readonly string[],
  ancestry: Ancestry,
): Promise<NewestTag> {
  let newest: NewestTag = {};
  for (const tag of tags) {
    if (!fitsScheme(scheme, tag)) continue;
    if (newest.tag === undefined) {
      newest = { tag };
      continue;
    }
    const relation = await compareVersions(scheme, { name: tag }, { name: newest.tag }, ancestry);
    if (relation === 'newer') newest = { tag };
    else if (relation === 'same' && tag !== newest.tag) newest = { tag: newest.tag, same: tag };
  }
  return newest;
}
