import type { RenderedObject } from '../../../render/rendered-environment.ts';
import { textOf } from './fields.ts';
import type { ObjectIndex } from './object-index.ts';
import { textsAt } from './walk.ts';

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
  return { repository: hasTag ? named.slice(0, colon) : named, tag: hasTag ? named.slice(colon + 1) : undefined, digest };
}

/** An image that something runs. */
export interface UsedImage {
  readonly rendered: RenderedObject;
  readonly reference: string;
  /** Path of the field. */
  readonly field: string;
  /** Name of the container. */
  readonly container: string;
}

/** Where Tekton objects name images outside of pod templates. */
const stepImages: Readonly<Record<string, readonly string[]>> = {
  'Task.tekton.dev': ['spec.steps[].image', 'spec.sidecars[].image'],
  'Pipeline.tekton.dev': ['spec.tasks[].taskSpec.steps[].image'],
};

/** Every image that pods, and the steps of Tekton tasks, run. */
export function usedImages(objects: ObjectIndex): readonly UsedImage[] {
  return [
    ...objects.workloads.flatMap(({ rendered, containers }) =>
      containers.flatMap(({ image, path, name }) => (image === undefined || image === '' ? [] : [{ rendered, reference: image, field: `${path}.image`, container: name }])),
    ),
    ...Object.entries(stepImages).flatMap(([kind, paths]) =>
      objects.ofKind(kind).flatMap((rendered) =>
        paths.flatMap((path) => textsAt(rendered.object, path).map(({ text, path: field, parent }) => ({ rendered, reference: text, field, container: textOf(parent['name']) ?? '' }))),
      ),
    ),
  ];
}
