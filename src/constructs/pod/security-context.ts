import type { k8s } from 'cdk8s-plus-28';

/** Numeric user and group of a pod. */
export interface RunAs {
  readonly user: number;
  readonly group: number;
}

/** Who runs when the model does not say: nobody that an image or a node knows. */
export const defaultRunAs: RunAs = { user: 10001, group: 10001 };

/**
 * A pod's security context that meets Pod Security "restricted".
 *
 * @param ownsVolumes - whether the pod has volumes whose files its group must be able to use
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podSecurityContext({ user, group }: RunAs, ownsVolumes: boolean): k8s.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: group,
    // OnRootMismatch: a large volume is not walked through at every start.
    ...(ownsVolumes ? { fsGroup: group, fsGroupChangePolicy: 'OnRootMismatch' } : {}),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** A container's security context that meets Pod Security "restricted", with a read-only file system unless asked otherwise. */
export function containerSecurityContext({
  user,
  writable = false,
}: { readonly user?: number; readonly writable?: boolean } = {}): k8s.SecurityContext {
  return {
    ...(user === undefined ? {} : { runAsUser: user }),
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: !writable,
  };
}
