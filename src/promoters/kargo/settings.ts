import type { Delivery } from '../../model/delivery.ts';
import type { Stage } from '../../model/stage.ts';

/** API group of everything that is Kargo's. */
export const kargoGroup = 'kargo.akuity.io';

/** Its version. */
export const kargoApi = `${kargoGroup}/v1alpha1`;

/** Annotation that has Kargo look at an object again as soon as it changes. */
export const refresh = `${kargoGroup}/refresh`;

/** Kargo's project of a stage is called as the namespace of its toolchain, as Kargo wants it; nothing where the stage names no toolchain. */
export const projectOf = ({ toolchains = [] }: Delivery, { toolchain }: Stage): string | undefined =>
  toolchains.find(({ name }) => name === toolchain)?.namespace;
