/** Every annotation that this program writes or that Argo CD reads from it, in one place. */

/** Checksum of the ConfigMaps that a pod uses: a changed ConfigMap rolls the pod. */
export const configChecksum = 'portolan/config-checksum';

/** Generation of a credential that a pod uses: a rotation rolls the pod. The value is a number, never a secret. */
export const credentialGeneration = (credential: string): string => `portolan/credential.${credential}`;

/**
 * Keeps an object that holds data when it leaves the repository, or when its Application is deleted.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 */
export const kept = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } as const;

/**
 * Keeps an object's health out of its Application's: a CronJob whose job failed, or a claim that waits for its first job,
 * says nothing about what serves traffic.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export const healthIgnored = { 'argocd.argoproj.io/ignore-healthcheck': 'true' } as const;
