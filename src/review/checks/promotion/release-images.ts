import { foundAt, type Check } from '../../../objects/check.ts';
import { imageParts, usedImages } from '../../../objects/pods/image-reference.ts';

/** Every container that runs an artifact gets its version from the release, and all of them get the same one. */
export const releaseImages: Check = {
  name: 'release-images',
  find({ delivery, objects }, report) {
    const artifacts = new Map(
      delivery.artifacts
        .filter(({ kind }) => kind === 'image')
        .map(({ name, repository }) => [withoutHub(repository), name]),
    );
    const versions = new Map<string, string>();
    for (const { rendered, reference, field, container } of usedImages(objects)) {
      const artifact = artifacts.get(withoutHub(imageParts(reference).repository));
      if (artifact === undefined) continue;
      const released = rendered.artifacts?.[container];
      const first = versions.get(artifact);
      if (released !== artifact) {
        report(
          foundAt(
            rendered,
            field,
            `the version of the artifact "${artifact}" is written by hand, so that no release moves it; write { artifact: "${artifact}" }, got "${reference}"`,
          ),
        );
      } else if (first !== undefined && first !== reference) {
        report(
          foundAt(
            rendered,
            field,
            `another container runs the artifact "${artifact}" as "${first}"; one release has one version of it, got "${reference}"`,
          ),
        );
      } else {
        versions.set(artifact, reference);
      }
    }
  },
};

/** Docker Hub may be left out of a repository's name. */
const withoutHub = (repository: string): string => repository.replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '');
