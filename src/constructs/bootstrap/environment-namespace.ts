import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import type { Environment } from '../../model/environment.ts';
import { levelOfNamespace } from '../../model/pods/pod-security.ts';

/** The environment whose namespace it is, and which. */
export interface EnvironmentNamespaceProps {
  readonly environment: Environment;
  /** Name of the namespace. @default - the environment's own */
  readonly name?: string;
}

/**
 * A namespace of an environment, which lets no pod in that is not locked down as the environment says.
 *
 * Defines: a Namespace that enforces Pod Security "restricted", or what of it the environment or a service asks for. Does not define: anything in it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export class EnvironmentNamespace extends Construct {
  constructor(scope: Construct, id: string, { environment, name = environment.namespace }: EnvironmentNamespaceProps) {
    super(scope, id);
    const profile = levelOfNamespace(environment, name);

    new k8s.KubeNamespace(this, 'namespace', {
      metadata: {
        name,
        labels: {
          ...environment.labels,
          // Enforced as of the oldest Kubernetes it may run on, so that an upgrade of the cluster refuses nothing that runs.
          'pod-security.kubernetes.io/enforce': profile,
          'pod-security.kubernetes.io/enforce-version': `v${environment.cluster.kubernetes.oldest}`,
          'pod-security.kubernetes.io/audit': profile,
          'pod-security.kubernetes.io/audit-version': 'latest',
          'pod-security.kubernetes.io/warn': profile,
          'pod-security.kubernetes.io/warn-version': 'latest',
        },
      },
    });
  }
}
