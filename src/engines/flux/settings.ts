import type { KubernetesObject } from '../../model/application.ts';

/** API version of a GitRepository. */
export const sourceApi = 'source.toolkit.fluxcd.io/v1';

/** API version of a Kustomization. */
export const kustomizeApi = 'kustomize.toolkit.fluxcd.io/v1';

/** API version of a Provider and an Alert. */
export const notificationApi = 'notification.toolkit.fluxcd.io/v1beta3';

/** Whether objects of an API tell Flux what to do, and are not part of what it applies. */
export const isOwnApi = (apiVersion: string): boolean =>
  [sourceApi, kustomizeApi, notificationApi].includes(apiVersion);

/** Annotation, and label, that keeps an object in the cluster when it leaves the branch or its Kustomization is deleted. */
export const pruneMark = 'kustomize.toolkit.fluxcd.io/prune';

/** Annotation that has an object deleted and made anew where it cannot change in place. */
export const forceMark = 'kustomize.toolkit.fluxcd.io/force';

/** Annotation by which an object asks for a Kustomization of its own: that of the jobs before a release, or that of what they need. */
export const partMark = 'portolan/part';

/** Whether an object is a Job that runs before a release, made anew for each. */
export const isJobOfRelease = ({ metadata }: KubernetesObject): boolean => metadata.annotations?.[partMark] === 'jobs';

/** Whether an object is there before the jobs of a release. */
export const isGround = ({ metadata }: KubernetesObject): boolean => metadata.annotations?.[partMark] === 'ground';

/** Whether an object tells Flux to leave it in the cluster. */
export const isKept = ({ metadata }: KubernetesObject): boolean =>
  metadata.annotations?.[pruneMark] === 'disabled' || metadata.labels?.[pruneMark] === 'disabled';
