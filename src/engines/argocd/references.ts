import type { AnnotationReference, CustomReference } from '../../objects/names/custom-reference.ts';

/** Names of other objects inside of Argo CD's kinds. */
export const references: readonly CustomReference[] = [
  { from: 'Application.argoproj.io', path: 'spec.project', to: 'AppProject.argoproj.io' },
];

/** The same in annotations: the stage of Kargo that may change an Application. */
export const annotationReferences: readonly AnnotationReference[] = [
  { from: 'Application.argoproj.io', annotation: 'kargo.akuity.io/authorized-stage', to: 'Stage.kargo.akuity.io' },
];
