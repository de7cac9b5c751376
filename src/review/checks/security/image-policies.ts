import { imageReference, isRegistryHost } from '../../../model/formats/image-reference.ts';
import { listed } from '../../../model/formats/listed.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { usedImages } from '../../../objects/pods/image-reference.ts';

/** Every image keeps the policies of the delivery: it names a digest where that is asked for, and comes from where images may come from. */
export const imagePolicies: Check = {
  name: 'image-policies',
  find({ delivery: { policies = {} }, objects }, report) {
    const { imageDigests = 'free', registries } = policies;
    if (imageDigests === 'free' && registries === undefined) return;
    for (const { rendered, reference, field } of usedImages(objects)) {
      const image = imageReference(reference);
      if (image === undefined) continue;
      if (imageDigests === 'required' && image.digest === undefined)
        report(
          foundAt(
            rendered,
            field,
            `the delivery asks for digests, and a tag can be moved; write "${reference}@sha256:…", got "${reference}"`,
          ),
        );
      if (registries !== undefined && !registries.some((registry) => isFrom(image.repository, registry)))
        report(
          foundAt(
            rendered,
            field,
            `images of the delivery come from ${listed(registries, 'or')}; take it from there, got "${reference}"`,
          ),
        );
    }
  },
};

/** Whether a repository is of a registry, or below a folder of one. */
const isFrom = (repository: string, registry: string): boolean => `${whole(repository)}/`.startsWith(`${registry}/`);

/** A repository with what runtimes put in front of a short one, e.g. `docker.io/library/orders`. */
function whole(repository: string): string {
  const [first = '', ...rest] = repository.split('/');
  if (rest.length > 0 && isRegistryHost(first)) return repository;
  return `docker.io/${rest.length === 0 ? `library/${repository}` : repository}`;
}
