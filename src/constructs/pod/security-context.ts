import type { k8s } from 'cdk8s-plus-28';

/** Numeric user and group of a pod. */
export interface RunAs {
  readonly user: number;
  readonly group: number;
}

/** Who runs when the model does not say: nobody that an image or a node knows. */
export const defaultRunAs: RunAs = { user: 10001, group: 10001 };

/**
 * A pod's security context that meets Pod Security "restricted", unless it is root.
 *
 * @param ownsVolumes - whether the pod has volumes whose files its group must be able to use
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podSecurityContext({ user, group }: RunAs, ownsVolumes: boolean): k8s.PodSecurityContext {
  return {
    ...(user === 0 ? {} : { runAsNonRoot: true }),
    runAsUser: user,
    runAsGroup: group,
    // OnRootMismatch: a large volume is not walked through at every start.
    ...(ownsVolumes ? { fsGroup: group, fsGroupChangePolicy: 'OnRootMismatch' } : {}),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** What a container is given beyond the least. */
export interface ContainerRights {
  /** Number of its user. @default - the pod's */
  readonly user?: number;
  /** Whether it may write its own file system. @default false */
  readonly writable?: boolean;
  /** Capabilities that it gets back. @default - none */
  readonly capabilities?: readonly string[];
  /** Whether it is root on its node. @default false */
  readonly privileged?: boolean;
}

/** A container's security context that meets Pod Security "restricted", with a read-only file system, unless asked otherwise. */
export function containerSecurityContext({
  user,
  writable = false,
  capabilities = [],
  privileged = false,
}: ContainerRights = {}): k8s.SecurityContext {
  return {
    ...(user === undefined ? {} : { runAsUser: user }),
    // A pod may say that it is never root; the container that is says so itself.
    ...(user === 0 ? { runAsNonRoot: false } : {}),
    // The API server refuses a privileged container that may not escalate: it has nothing left to get.
    ...(privileged ? { privileged } : { allowPrivilegeEscalation: false }),
    capabilities: { ...(capabilities.length === 0 ? {} : { add: [...capabilities] }), drop: ['ALL'] },
    readOnlyRootFilesystem: !writable,
  };
}
