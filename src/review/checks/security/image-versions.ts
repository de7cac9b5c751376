import { foundAt, type Check } from '../../../objects/check.ts';
import { imageParts, usedImages } from '../../../objects/pods/image-reference.ts';

/** Tags that name whatever was pushed last. */
const moving: ReadonlySet<string> = new Set(['latest', 'edge', 'nightly', 'stable', 'main', 'master']);

/** Every image names one version: a tag that does not move, or a digest. */
export const imageVersions: Check = {
  name: 'image-versions',
  find({ objects }, report) {
    for (const { rendered, reference, field } of usedImages(objects)) {
      const { repository, tag, digest } = imageParts(reference);
      if (tag === undefined && digest === undefined) {
        report(foundAt(rendered, field, `must name a tag or a digest, e.g. "${repository}:1.2.3", got "${reference}"`));
      } else if (tag !== undefined && moving.has(tag)) {
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
