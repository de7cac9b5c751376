/** API server as Argo CD addresses it when it deploys to its own cluster. */
export const ownCluster = 'https://kubernetes.default.svc';

/** API group of everything that is Argo CD's. */
export const apiGroupOfArgo = 'argoproj.io';

/** Its version. */
export const argoApi = `${apiGroupOfArgo}/v1alpha1`;

/** Annotation in which an object gives Argo CD options. @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
export const syncOptions = 'argocd.argoproj.io/sync-options';

/** Option of an Application whose sync applies what differs, and nothing else. */
export const onlyDiffering = 'ApplyOutOfSyncOnly=true';
