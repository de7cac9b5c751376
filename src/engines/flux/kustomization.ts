import type { Application, KubernetesObject } from '../../model/application.ts';
import { engineNamespaceOf, type Environment } from '../../model/environment.ts';
import { applicationFolder } from '../../model/names.ts';
import { kustomizeApi } from './settings.ts';

/** The folder of an environment's branch that Flux follows for an application. */
export const folderOf = ({ name }: Application): string => `./${applicationFolder(name)}`;

/**
 * Whether Flux applies a file, or reads in it what else it applies: YAML in the folder and below it, also a kustomization.yaml that
 * somebody put there, and a list of what is left out.
 */
export const applies = (application: Application, path: string): boolean =>
  /^(?:manifests\/)?\.sourceignore$/.test(path) ||
  (`./${path}`.startsWith(`${folderOf(application)}/`) && /(?:\.ya?ml|\/\.sourceignore|\/Kustomization)$/.test(path));

/** Which application Flux keeps equal to which folder. */
export interface KustomizationInput {
  readonly name: string;
  readonly environment: Environment;
  readonly application: Application;
  /** Name of the GitRepository. */
  readonly source: string;
  /** Name of the ServiceAccount that applies. */
  readonly account: string;
  readonly prune: boolean;
  /** Minutes between two looks at the cluster. */
  readonly pollMinutes: number;
  /** Minutes until what is applied must be healthy. */
  readonly timeoutMinutes: number;
  /** Kustomizations that must be Ready at the same commit first. */
  readonly dependsOn: readonly string[];
  /** Whether it makes anew what cannot change in place. */
  readonly force: boolean;
  /** Annotations by which it leaves objects of the folder out, as selectors. */
  readonly leavesOut: readonly string[];
  /** How kinds are judged that say it themselves in another way than usual. */
  readonly health: readonly object[];
}

/** Leaves an object out of a Kustomization, by its annotations. */
const without = (annotationSelector: string): object => ({
  target: { annotationSelector },
  patch: '$patch: delete\napiVersion: v1\nkind: any\nmetadata:\n  name: any\n',
});

/**
 * A claim that waits for its first pod is not unhealthy: a pod that cannot start without it says so itself, and the claim of a backup is
 * mounted by jobs alone.
 */
const claimHealth = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  current: "status.phase == 'Bound' || status.phase == 'Pending'",
  failed: "status.phase == 'Lost'",
};

/**
 * The order to Flux to keep one application equal to its folder of the environment's branch. It never creates the namespace, and makes
 * nothing anew that cannot change in place, except what runs before a release.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export function kustomization(input: KustomizationInput): KubernetesObject {
  const {
    name,
    environment,
    application,
    source,
    account,
    prune,
    pollMinutes,
    timeoutMinutes,
    dependsOn,
    force,
    leavesOut,
    health,
  } = input;
  return {
    apiVersion: kustomizeApi,
    kind: 'Kustomization',
    metadata: { name, namespace: engineNamespaceOf(environment, 'flux') },
    spec: {
      sourceRef: { kind: 'GitRepository', name: source },
      path: folderOf(application),
      interval: `${pollMinutes}m`,
      retryInterval: '30s',
      timeout: `${timeoutMinutes}m`,
      prune,
      wait: true,
      // A Job that runs before each release is made anew for it.
      force,
      serviceAccountName: account,
      ...(dependsOn.length === 0 ? {} : { dependsOn: dependsOn.map((each) => ({ name: each })) }),
      ...(leavesOut.length === 0 ? {} : { patches: leavesOut.map(without) }),
      healthCheckExprs: [claimHealth, ...health],
    },
  };
}
