import type { Delivery } from '../../model/delivery.ts';
import type { ImageVersion } from '../../model/release.ts';
import { describeByTag, type ResolvedImages } from './resolve-digests.ts';

/**
 * Takes images from an environment as they entered it. No digest is looked up now: a tag may name other bits than those
 * that were verified. What entered without one goes on by its tag, or is refused where the model wants digests.
 *
 * @param wantsDigests - whether the model is to be heard; a person may let images go on by tags alone
 */
export function keepDigests(
  delivery: Delivery,
  environment: string,
  images: Readonly<Record<string, ImageVersion>>,
  wantsDigests: boolean,
): ResolvedImages {
  const referenceOf = ([, { repository, tag }]: readonly [string, ImageVersion]): string => `${repository}:${tag}`;
  const mayGoByTag = ([artifact]: readonly [string, ImageVersion]): boolean =>
    !wantsDigests || delivery.artifacts.find(({ name }) => name === artifact)?.allowTagOnly === true;
  const without = Object.entries(images).filter(([, { digest }]) => digest === undefined);
  const byTag = without.filter(mayGoByTag).map(referenceOf).sort();
  const refused = without.filter((entry) => !mayGoByTag(entry));
  return {
    images,
    notices: byTag.length === 0 ? [] : [describeByTag(byTag, `they entered ${environment} without a digest`)],
    refusals:
      refused.length === 0
        ? []
        : [
            {
              code: 'not-verified',
              what: `nobody knows which bits ${environment} verified of ${refused.map(referenceOf).sort().join(', ')}: no digest was taken when they entered`,
              next: `promote the same release to ${environment} again, with its digests; --no-resolve goes by tags alone`,
            },
          ],
  };
}
