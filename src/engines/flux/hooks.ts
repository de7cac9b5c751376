import type { KubernetesObject } from '../../model/application.ts';
import { annotationItems } from '../../objects/annotation-items.ts';

/** Annotation by which an object asks for its own time in a release. Flux itself has no such thing. */
export const hookMark = 'argocd.argoproj.io/hook';

/** The one time that is carried out: before everything else of the application. */
export const beforeRelease = 'PreSync';

/** Whether an object is applied, and done, before everything else of its application: by a Kustomization of its own. */
export const isHook = (object: KubernetesObject): boolean => annotationItems(object, hookMark).includes(beforeRelease);
