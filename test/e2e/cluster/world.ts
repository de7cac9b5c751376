import type { KubernetesObject } from '../../../src/model/application.ts';
import { listAt, textAt } from '../../../src/objects/fields-at.ts';
import { ArgoCd } from '../../support/cluster-argocd.ts';
import type { ClusterEngine } from '../../support/cluster-engine.ts';
import { Flux, fluxNamespace } from '../../support/cluster-flux.ts';
import { ClusterProject } from '../../support/cluster-project.ts';
import { suiteLabels, ThrowAwayCluster } from '../../support/cluster.ts';

export const environments = ['staging', 'production'] as const;

/** Claims and volumes that outlive everything, by environment: what the StatefulSet and project.ts ask for. */
export const claimsOf: Readonly<Record<string, readonly string[]>> = {
  staging: [
    'PersistentVolumeClaim/postgresql-db-disk-staging-postgresql-db-0',
    'PersistentVolumeClaim/staging-local-pv-claim',
  ],
  production: [
    'PersistentVolumeClaim/postgresql-db-disk-production-postgresql-db-0',
    'PersistentVolumeClaim/production-local-pv-claim',
    'PersistentVolumeClaim/production-postgres-backup-data',
  ],
};

/** Pods of an environment that are ready when nothing is wrong, by the workload that made them. */
export const everyPod: Readonly<Record<string, number>> = {
  'todo-app': 1,
  'todo-backend': 1,
  broadcaster: 6,
  nats: 1,
  'postgresql-db': 1,
};

/** Digest of an image that cannot be pulled: the policy below, or the registry, sees to that. */
export const badDigest = (n: number): string => `sha256:bad0${String(n).padStart(60, '0')}`;

/** Digest of an image that can. */
export const goodDigest = (n: number): string => `sha256:600d${String(n).padStart(60, '0')}`;

/** A PostgreSQL minor version that does not exist. */
export const badDatabaseVersion = '18.99';

/** Everything that the phases work with. */
export class World {
  /** The engine that follows both environments now. */
  engine: ClusterEngine;

  private constructor(
    readonly cluster: ThrowAwayCluster,
    readonly argo: ArgoCd,
    readonly flux: Flux,
    readonly project: ClusterProject,
  ) {
    this.engine = argo;
  }

  static async open(): Promise<World> {
    const cluster = await ThrowAwayCluster.open();
    const nodeFolders = cluster.isSimulated
      ? { staging: '/tmp/kube-staging', production: '/tmp/kube-production' }
      : { staging: '/tmp', production: '/var/tmp' };
    const project = await ClusterProject.create({ context: cluster.context, node: cluster.node, nodeFolders });
    await cluster.apply(
      ...podPolicy(cluster.isSimulated),
      ...(await missingPeers(cluster)),
      ...(await missingControllers(cluster, 'argocd', controllersOf.argocd)),
      ...(await missingControllers(cluster, fluxNamespace, controllersOf.flux)),
    );
    const argo = new ArgoCd(cluster);
    await argo.trackBy(undefined);
    return new World(cluster, argo, new Flux(cluster), project);
  }

  async close(): Promise<void> {
    await this.project.stop();
    await this.argo.trackBy(undefined);
    await this.cluster.close();
  }

  /** Publishes an environment, tells the engine, and waits until it runs there. Returns the commit. */
  async deliver(environment: string, ...options: readonly string[]): Promise<string> {
    const { commit } = await this.project.publish(environment, ...options);
    await this.engine.announce(environment);
    await this.engine.settles(environment, commit);
    return commit;
  }

  /** Brings staging back to what project.ts says, whatever a step that failed left behind. */
  async repair(): Promise<void> {
    const { engine, cluster, project } = this;
    project.vary({
      progressDeadlineSeconds: {},
      databaseVersion: {},
      maxUnavailable: {},
      autoscaledTo: {},
      withoutClaims: {},
      note: {},
    });
    await project.portolan(['unhold', 'staging', '--ops', project.url]);
    // An autoscaler that a step left behind goes first, to as many pods as it may have chosen.
    project.vary({ broadcasters: { staging: 8 } });
    await project.publish('staging', '--discard-edits', '--allow-removal', 'staging');
    project.vary({ broadcasters: {} });
    const { commit } = await project.publish('staging', '--discard-edits', '--allow-removal', 'staging');
    await engine.abandon('staging');
    await engine.announce('staging');
    await engine.applies('staging', commit);
    await cluster.run('delete', 'pods', '--namespace=staging', '--selector=app=postgresql-db', '--wait=false');
    await engine.settles('staging', commit);
  }

  /** Images of the pods of an environment's workload as it asks for them, by container; only pods of its newest generation. */
  async imagesOf(environment: string, workload: string): Promise<Readonly<Record<string, string>>> {
    const live = await this.cluster.get('deployments.apps', `${environment}-${workload}`, environment);
    return Object.fromEntries(
      listAt(live, 'spec', 'template', 'spec', 'containers').map((container) => [
        textAt(container, 'name'),
        textAt(container, 'image'),
      ]),
    );
  }

  /** Pods of an environment that are Ready, by the value of their label `app`. */
  async readyPods(environment: string): Promise<Readonly<Record<string, number>>> {
    const pods = (await this.cluster.list('pods', environment)).filter((pod) => isReady(pod));
    const counts: Record<string, number> = {};
    for (const { metadata } of pods)
      counts[metadata.labels?.['app'] ?? ''] = (counts[metadata.labels?.['app'] ?? ''] ?? 0) + 1;
    return counts;
  }
}

const isReady = (pod: KubernetesObject): boolean =>
  listAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  );

const isBad = `object.spec.containers.exists(c, c.image.contains('@sha256:bad0') || c.image.contains(':${badDatabaseVersion}-'))`;

/**
 * What stands in for images. Where pods are simulated, one with a bad image is told to fail as the kubelet would make it fail. Where
 * a kubelet runs them, one with a good image runs a program that waits, because what the images hold is not what is tested.
 */
function podPolicy(isSimulated: boolean): readonly KubernetesObject[] {
  const name = 'portolan-e2e-images';
  const fails = {
    patchType: 'ApplyConfiguration',
    applyConfiguration: {
      expression: "Object{metadata: Object.metadata{annotations: {'fake-kubelet/outcome': 'image-pull-backoff'}}}",
    },
  };
  const restricted = '{"allowPrivilegeEscalation": dyn(false), "capabilities": dyn({"drop": ["ALL"]})}';
  const waits = {
    patchType: 'JSONPatch',
    jsonPatch: {
      expression: `[JSONPatch{op: "replace", path: "/spec/containers", value: object.spec.containers.map(c, {"name": dyn(c.name), "image": dyn("registry.k8s.io/pause:3.10"), "securityContext": dyn(${restricted})})}]`,
    },
  };
  const metadata = { name, labels: suiteLabels };
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicy',
      metadata,
      spec: {
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...environments] }],
          },
        },
        matchConditions: [{ name: 'image', expression: isSimulated ? isBad : `!${isBad}` }],
        failurePolicy: 'Fail',
        reinvocationPolicy: 'Never',
        mutations: [isSimulated ? fails : waits],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName: name },
    },
  ];
}

/** Controllers that `doctor` looks for, by engine. */
const controllersOf = {
  argocd: [
    ['StatefulSet', 'argocd-application-controller'],
    ['Deployment', 'argocd-repo-server'],
  ],
  flux: [
    ['Deployment', 'source-controller'],
    ['Deployment', 'kustomize-controller'],
    ['Deployment', 'notification-controller'],
  ],
} as const;

/** What stands for the controllers of an engine where they run beside the cluster and not in it. */
async function missingControllers(
  cluster: ThrowAwayCluster,
  namespace: string,
  wanted: readonly (readonly [kind: string, name: string])[],
): Promise<readonly KubernetesObject[]> {
  const there = (await cluster.list('statefulsets.apps,deployments.apps', namespace)).map(
    ({ metadata }) => metadata.name,
  );
  return wanted
    .filter(([, name]) => !there.includes(name))
    .map(([kind, name]) => ({
      apiVersion: 'apps/v1',
      kind,
      metadata: { name, namespace, labels: suiteLabels },
      spec: {
        replicas: 1,
        selector: { matchLabels: { 'portolan-e2e': name } },
        template: {
          metadata: { labels: { 'portolan-e2e': name } },
          // Its container has the name and the place for options that Flux's own has: doctor reads them, and the pages write them.
          spec: { containers: [{ name: 'manager', image: 'registry.k8s.io/pause:3.10', args: ['--log-level=info'] }] },
        },
        ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
      },
    }));
}

/** Pods with the labels that network policies name, where the cluster runs none: a DNS server and an ingress controller. */
async function missingPeers(cluster: ThrowAwayCluster): Promise<readonly KubernetesObject[]> {
  const pods = await cluster.list('pods', 'kube-system');
  const wanted = [
    ['portolan-e2e-dns', { 'k8s-app': 'kube-dns' }],
    ['portolan-e2e-ingress', { 'app.kubernetes.io/name': 'traefik' }],
  ] as const;
  return wanted
    .filter(
      ([, labels]) =>
        !pods.some(({ metadata }) => Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value)),
    )
    .map(([name, labels]) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'kube-system', labels: { ...labels, ...suiteLabels } },
      spec: { containers: [{ name: 'stand-in', image: 'registry.k8s.io/pause:3.10' }] },
    }));
}
