import { Construct } from 'constructs';
import { AppProject } from '../../../imports/argoproj.io.ts';
import type { KubernetesObject } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';

/** Namespace that Argo CD runs in. */
export const argoNamespace = 'argocd';

/** API server as Argo CD addresses it when it deploys to its own cluster. */
export const ownCluster = 'https://kubernetes.default.svc';

/** What an environment's Applications may do. */
export interface ArgoProjectProps {
  readonly name: string;
  readonly environment: Environment;
  /** https URL of the only repository they may read. */
  readonly opsRepository: string;
  /** Every object that they apply; their kinds are the only ones allowed. */
  readonly objects: readonly KubernetesObject[];
}

/**
 * The limits of an environment: one repository, one namespace, and exactly the kinds that are rendered. Secret is never
 * among them, so that Argo CD can neither read one from Git nor prune one that an older Application tracked.
 *
 * Defines: an AppProject.
 */
export class ArgoProject extends Construct {
  constructor(scope: Construct, id: string, { name, environment, opsRepository, objects }: ArgoProjectProps) {
    super(scope, id);

    new AppProject(this, 'project', {
      // The plain finalizer: it ends whatever the order in which bootstrap/ is deleted.
      metadata: { name, namespace: argoNamespace, finalizers: ['resources-finalizer.argocd.argoproj.io'] },
      spec: {
        description: `What may run in ${environment.name}`,
        sourceRepos: [opsRepository],
        destinations: [{ server: environment.cluster.server ?? ownCluster, namespace: environment.namespace }],
        clusterResourceWhitelist: kindsOf(objects.filter((object) => object.metadata.namespace === undefined)),
        namespaceResourceWhitelist: kindsOf(objects.filter((object) => object.metadata.namespace !== undefined)),
      },
    });
  }
}

function kindsOf(objects: readonly KubernetesObject[]): { group: string; kind: string }[] {
  const kinds = new Map(
    objects.map(({ apiVersion, kind }) => [`${groupOf(apiVersion)}/${kind}`, { group: groupOf(apiVersion), kind }]),
  );
  return [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}

const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
