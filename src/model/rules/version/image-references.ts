import type { Delivery } from '../../delivery.ts';
import { imageReference, isImageRepository, isMovingTag } from '../../formats/image-reference.ts';
import type { Problem } from '../../problem.ts';
import { containersIn } from '../place.ts';

/** What is wrong with somebody else's image: it must say exactly which. */
function imageProblem(image: string): string | undefined {
  const reference = imageReference(image);
  if (reference === undefined) return 'must be an image reference, e.g. "nginx:1.29.3"';
  const { tag, digest } = reference;
  if (digest !== undefined) return undefined;
  if (tag === undefined) return 'must name a tag or a digest, e.g. "nginx:1.29.3"';
  return isMovingTag(tag)
    ? `must not be ${tag}, which is another image tomorrow; name a version, e.g. "nginx:1.29.3"`
    : undefined;
}

/** Every image says exactly which it is. */
export const imageReferences = (delivery: Delivery): readonly Problem[] => [
  ...containersIn(delivery).flatMap(({ path, container }) => {
    if (typeof container.image !== 'string') return [];
    const message = imageProblem(container.image);
    return message === undefined ? [] : [{ path: `${path}.image`, message, given: container.image }];
  }),
  ...delivery.artifacts.flatMap(({ name, kind, repository }) =>
    kind !== 'image' || isImageRepository(repository)
      ? []
      : [
          {
            path: `artifacts.${name}.repository`,
            message: 'must be an image repository without a tag, e.g. "acme/orders"',
            given: repository,
          },
        ],
  ),
];
