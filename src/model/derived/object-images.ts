import type { Application, KubernetesObject } from '../application.ts';
import type { Environment } from '../environment.ts';

/** An image of an object that the model wrote, which a release sets. */
export interface ObjectImage {
  /** Name of the artifact. */
  readonly artifact: string;
  /** Where it stands in the object, e.g. `spec.template.spec.containers[0].image`. */
  readonly path: string;
  /** Name of the container, or of the step, that runs it; nothing where the image stands alone. */
  readonly container?: string;
}

/** Fields that hold images: `image` of a container, `imageName` and the like of custom resources. */
const imageField = /image/i;

/** `{ artifact: NAME }`, and nothing else in it. */
const artifactIn = (value: object): string | undefined => {
  const [[key, name] = [], ...others] = Object.entries(value);
  return key === 'artifact' && typeof name === 'string' && others.length === 0 ? name : undefined;
};

/**
 * An object with its images put in: wherever a field for an image holds `{ artifact: NAME }`.
 *
 * @param write - the reference of an image
 */
export const withImages = (object: KubernetesObject, write: (image: ObjectImage) => string): KubernetesObject =>
  filled(object, { path: '', field: '' }, write) as KubernetesObject;

interface Place {
  readonly path: string;
  /** The nearest field that has a name. */
  readonly field: string;
  readonly around?: object;
}

function filled(value: unknown, { path, field, around }: Place, write: (image: ObjectImage) => string): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown, i) => filled(item, { path: `${path}[${i}]`, field, around: value }, write));
  if (typeof value !== 'object' || value === null) return value;
  const artifact = imageField.test(field) ? artifactIn(value) : undefined;
  if (artifact !== undefined) {
    const container: unknown = around !== undefined && 'name' in around ? around.name : undefined;
    return write({ artifact, path, ...(typeof container === 'string' ? { container } : {}) });
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      filled(item, { path: path === '' ? key : `${path}.${key}`, field: key, around: value }, write),
    ]),
  );
}

/** The images of an object that a release sets. */
export function imagesOf(object: KubernetesObject): readonly ObjectImage[] {
  const found: ObjectImage[] = [];
  withImages(object, (image) => {
    found.push(image);
    return '';
  });
  return found;
}

/**
 * An object with `{ artifact: NAME }` in place of each image that stands for one.
 *
 * @param artifacts - names of artifacts, by the reference that stands for each
 */
export const imagesPutIn = (object: KubernetesObject, artifacts: ReadonlyMap<string, string>): KubernetesObject =>
  standingFor(object, '', artifacts) as KubernetesObject;

function standingFor(value: unknown, field: string, artifacts: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => standingFor(item, field, artifacts));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, standingFor(item, key, artifacts)]));
  const artifact = typeof value === 'string' && imageField.test(field) ? artifacts.get(value) : undefined;
  return artifact === undefined ? value : { artifact };
}

/** Names of the artifacts that an application runs: images of its containers, and of the objects that it wrote, and charts. */
export const artifactsRunBy = ({ services, objects = [], helmCharts = [] }: Application): ReadonlySet<string> =>
  new Set([
    ...services.flatMap(({ containers, initContainers = [] }) =>
      [...containers, ...initContainers].flatMap(({ image }) => (typeof image === 'string' ? [] : [image.artifact])),
    ),
    ...objects.flatMap(imagesOf).map(({ artifact }) => artifact),
    ...helmCharts.map(({ artifact }) => artifact),
  ]);

/** The same for an application of an environment by its name; none where it is not there. */
export const artifactsOf = (
  { applications }: Pick<Environment, 'applications'>,
  application: string,
): ReadonlySet<string> =>
  new Set(applications.filter(({ name }) => name === application).flatMap((it) => [...artifactsRunBy(it)]));
