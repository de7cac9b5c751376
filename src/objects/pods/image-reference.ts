import type { RenderedObject } from '../rendered-object.ts';
import { textOf } from '../fields.ts';
import type { ObjectIndex } from '../object-index.ts';
import { once } from '../../model/validation/once.ts';
import { textsAt } from '../walk.ts';

/** The parts of an image reference. */
export interface ImageParts {
  /** Registry and repository, e.g. `ghcr.io/acme/orders`. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Splits an image reference; the port of a registry is no tag. */
export function imageParts(reference: string): ImageParts {
  const [named = '', digest] = reference.split('@');
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  return {
    repository: hasTag ? named.slice(0, colon) : named,
    tag: hasTag ? named.slice(colon + 1) : undefined,
    digest,
  };
}

/** An image that something runs, or is built on. */
export interface UsedImage {
  readonly rendered: RenderedObject;
  readonly reference: string;
  /** Path of the field. */
  readonly field: string;
  /** Name of the container; empty where none runs it. */
  readonly container: string;
}

/** Where objects of Tekton and kpack name images outside of pod templates. */
const namedImages: Readonly<Record<string, readonly string[]>> = {
  'Task.tekton.dev': ['spec.steps[].image', 'spec.sidecars[].image'],
  'Pipeline.tekton.dev': ['spec.tasks[].taskSpec.steps[].image'],
  'ClusterStack.kpack.io': ['spec.buildImage.image', 'spec.runImage.image'],
  'ClusterStore.kpack.io': ['spec.sources[].image'],
};

/** Every image that pods and the steps of Tekton tasks run, and that kpack builds on and with. */
export const usedImages = once((objects: ObjectIndex): readonly UsedImage[] => {
  const images: UsedImage[] = [];
  for (const { rendered, containers } of objects.workloads) {
    for (const { image, path, name } of containers) {
      if (image !== undefined && image !== '')
        images.push({ rendered, reference: image, field: `${path}.image`, container: name });
    }
  }
  for (const [kind, paths] of Object.entries(namedImages)) {
    for (const rendered of objects.ofKind(kind)) {
      for (const path of paths) {
        for (const { text, path: field, parent } of textsAt(rendered.object, path))
          images.push({ rendered, reference: text, field, container: textOf(parent['name']) ?? '' });
      }
    }
  }
  return images;
});
