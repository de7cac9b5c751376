import { imageReference, isMovingTag, isStandInDigest } from '../../../model/formats/image-reference.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { usedImages } from '../../../objects/pods/image-reference.ts';

/** Every image is one that a runtime can read, and names one version: a tag that does not move, or a digest that an image can have. */
export const imageVersions: Check = {
  name: 'image-versions',
  find({ objects }, report) {
    for (const { rendered, reference, field } of usedImages(objects)) {
      if (isFilledIn(reference)) continue;
      const image = imageReference(reference);
      if (image === undefined) {
        report(
          foundAt(
            rendered,
            field,
            `no runtime reads this as an image; write e.g. "acme/orders:1.2.3", got "${reference}"`,
          ),
        );
        continue;
      }
      const { repository, tag, digest } = image;
      if (digest !== undefined && isStandInDigest(digest)) {
        report(
          foundAt(
            rendered,
            field,
            `no image has this digest, which stands for one; write that of an image which you tried, as "crane digest ${repository}:${tag ?? 'latest'}" says it, got "${reference}"`,
          ),
        );
      } else if (tag === undefined && digest === undefined) {
        report(foundAt(rendered, field, `must name a tag or a digest, e.g. "${repository}:1.2.3", got "${reference}"`));
      } else if (tag !== undefined && digest === undefined && isMovingTag(tag)) {
        report(
          foundAt(
            rendered,
            field,
            `the tag "${tag}" names another image tomorrow; write a version, e.g. "${repository}:1.2.3", got "${reference}"`,
          ),
        );
      }
    }
  },
};

/** Whether a controller fills the reference in later: a parameter of Tekton, e.g. `$(params.image)`. */
const isFilledIn = (reference: string): boolean => reference.includes('$(');
