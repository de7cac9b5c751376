import { oneOf } from '../../../model/suggestion.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { imageParts, usedImages } from '../../../objects/pods/image-reference.ts';

/**
 * Every container that runs an artifact gets its version from the release of its application, and all of it get the same one. Several artifacts may
 * lie in one repository, e.g. snapshots beside releases: each has a version of its own.
 */
export const releaseImages: Check = {
  name: 'release-images',
  find({ delivery, objects }, report) {
    const images = delivery.artifacts.filter(({ kind }) => kind === 'image');
    const versions = new Map<string, string>();
    for (const { rendered, reference, field, container } of usedImages(objects)) {
      const repository = withoutHub(imageParts(reference).repository);
      const candidates = images.filter((it) => withoutHub(it.repository) === repository).map(({ name }) => name);
      if (candidates.length === 0) continue;
      const { pins } = delivery.artifacts.find(({ name }) => name === rendered.chart) ?? {};
      // The chart moves it, and who rendered it saw to it that both say one version.
      if (pins !== undefined && candidates.includes(pins)) continue;
      const artifact = candidates.find((name) => name === rendered.artifacts?.[container]);
      if (artifact === undefined) {
        const named = oneOf(candidates);
        const write = candidates.map((name) => `{ artifact: "${name}" }`).join(' or ');
        report(
          foundAt(
            rendered,
            field,
            `the version of the artifact ${named} is written by hand, so that no release moves it; write ${write}, got "${reference}"`,
          ),
        );
        continue;
      }
      // Applications have releases of their own.
      const released = `${rendered.application ?? ''}/${artifact}`;
      const first = versions.get(released);
      if (first !== undefined && first !== reference) {
        report(
          foundAt(
            rendered,
            field,
            `another container runs the artifact "${artifact}" as "${first}"; one release has one version of it, got "${reference}"`,
          ),
        );
      } else {
        versions.set(released, reference);
      }
    }
  },
};

/** Docker Hub may be left out of a repository's name. */
const withoutHub = (repository: string): string => repository.replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '');
