import type { KubernetesObject } from '../../model/application.ts';
import { engineNamespaceOf, type Environment } from '../../model/environment.ts';
import { namespacesIn } from '../namespaces-in.ts';
import { apiGroup } from '../../objects/kind.ts';
import { argoApi, ownCluster } from './settings.ts';

/** What an environment's Applications may do. */
export interface ArgoProjectInput {
  readonly name: string;
  readonly environment: Environment;
  /** https URL of the only repository they may read. */
  readonly opsRepository: string;
  /** Every object that they apply; their kinds are the only ones allowed. */
  readonly objects: readonly KubernetesObject[];
}

/**
 * The limits of an environment: one repository, the namespaces that it writes to, and exactly the kinds that are rendered. Secret is never
 * among them, so that Argo CD can neither read one from Git nor prune one that an older Application tracked.
 */
export function argoProject({ name, environment, opsRepository, objects }: ArgoProjectInput): KubernetesObject {
  // The plain finalizer: it ends whatever the order in which bootstrap/ is deleted.
  const metadata = {
    name,
    namespace: engineNamespaceOf(environment),
    finalizers: ['resources-finalizer.argocd.argoproj.io'],
  };
  return {
    apiVersion: argoApi,
    kind: 'AppProject',
    metadata,
    spec: {
      description: `What may run in ${environment.name}`,
      sourceRepos: [opsRepository],
      destinations: namespacesIn(environment, objects).map((namespace) => ({
        server: environment.cluster.server ?? ownCluster,
        namespace,
      })),
      clusterResourceWhitelist: kindsOf(objects.filter((object) => object.metadata.namespace === undefined)),
      namespaceResourceWhitelist: kindsOf(objects.filter((object) => object.metadata.namespace !== undefined)),
    },
  };
}

function kindsOf(objects: readonly KubernetesObject[]): { group: string; kind: string }[] {
  const kinds = new Map(
    objects.map((object) => [`${apiGroup(object)}/${object.kind}`, { group: apiGroup(object), kind: object.kind }]),
  );
  return [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}
