/** Namespace that Argo CD runs in. */
export const argoNamespace = 'argocd';

/** API server as Argo CD addresses it when it deploys to its own cluster. */
export const ownCluster = 'https://kubernetes.default.svc';

/** API version of everything that is Argo CD's. */
export const argoApi = 'argoproj.io/v1alpha1';

/** Annotation in which an object gives Argo CD options. @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
export const syncOptions = 'argocd.argoproj.io/sync-options';
