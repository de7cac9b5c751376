import type { KubernetesObject } from '../model/application.ts';
import type { MovableField } from './files/movable-field.ts';

/** One object and the file that holds it. */
export interface RenderedObject {
  /** Path below the environment's tree, e.g. `manifests/shop/deployment.apps.dev-orders.yaml` or `bootstrap/10-namespace.dev.yaml`. */
  readonly path: string;
  /** Application that syncs it; absent for `bootstrap/`. */
  readonly application?: string;
  /** Path of the construct that made it, e.g. `dev/shop/orders/workload`. */
  readonly construct: string;
  readonly object: KubernetesObject;
  /** Name of the artifact behind each container image, by container name; a release sets these fields alone. */
  readonly artifacts?: Readonly<Record<string, string>>;
  /** Name of the artifact that is the chart which makes it. @default - no chart does */
  readonly chart?: string;
  /** Fields that a release sets in it, besides its images. @default - none */
  readonly fields?: readonly MovableField[];
}
