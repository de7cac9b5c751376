import type { KubernetesObject } from '../../model/application.ts';
import { engineNamespaceOf, type Environment } from '../../model/environment.ts';
import { namespacesIn } from '../namespaces-in.ts';
import { declaredKind } from '../../objects/charts/declared-kind.ts';
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
  /** Kinds that charts make which Argo CD renders, as they are declared, e.g. `Deployment.apps`. @default - it renders none */
  readonly chartKinds?: readonly string[];
}

/**
 * The limits of an environment: one repository, the namespaces that it writes to, and exactly the kinds that are rendered or that a chart is said to make. Secret is never
 * among them, so that Argo CD can neither read one from Git nor prune one that an older Application tracked.
 */
export function argoProject(input: ArgoProjectInput): KubernetesObject {
  const { name, environment, opsRepository, objects, chartKinds = [] } = input;
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
      clusterResourceWhitelist: sorted(
        objects.filter((object) => object.metadata.namespace === undefined).map(kindAndGroup),
      ),
      namespaceResourceWhitelist: sorted([
        ...objects.filter((object) => object.metadata.namespace !== undefined).map(kindAndGroup),
        ...chartKinds.map(declaredKind),
      ]),
    },
  };
}

/** A kind as an AppProject lists it. */
interface AllowedKind {
  readonly group: string;
  readonly kind: string;
}

const kindAndGroup = (object: KubernetesObject): AllowedKind => ({ group: apiGroup(object), kind: object.kind });

/** Each kind once, by group. */
function sorted(kinds: readonly AllowedKind[]): readonly AllowedKind[] {
  const byName = new Map(kinds.map((kind) => [`${kind.group}/${kind.kind}`, kind]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}
