import { everyIngress } from '../ingresses/ingresses.ts';
import { k3sDns, type Environment, type PodPeer } from '../model/environment.ts';
import type { RenderedEnvironment } from '../render/rendered-environment.ts';
import type { Cluster } from './cluster.ts';
import { fieldOf, listOf, textOf } from './fields.ts';

/** One thing that was looked at. */
export interface Examined {
  /** What it is, e.g. `Secret dev/orders-db`. */
  readonly subject: string;
  readonly present: boolean;
  /** What is lacking and the command that mends it; absent when nothing is. */
  readonly lack?: { readonly message: string; readonly next: string };
}

const ok = (subject: string): Examined => ({ subject, present: true });
const lacks = (subject: string, message: string, next: string): Examined => ({
  subject,
  present: false,
  lack: { message, next },
});

/** Looks at everything an environment needs and does not bring itself. Reads only. @throws ClusterError when the cluster cannot be asked */
export async function examine(
  cluster: Cluster,
  environment: Environment,
  rendered: RenderedEnvironment,
): Promise<readonly Examined[]> {
  const version = await examineVersion(cluster, environment);
  const rest = await Promise.all([
    examineArgoCd(cluster),
    examineNamespace(cluster, environment),
    examineSecrets(cluster, environment),
    examineStorageClasses(cluster, rendered),
    examineNodes(cluster, rendered),
    examineDefinitions(cluster, rendered),
    examinePeer(cluster, 'the DNS server', environment.dns ?? k3sDns, 'dns'),
    ...everyIngress
      .filter(({ groups }) => rendered.objects.some(({ object }) => Object.hasOwn(groups, groupOf(object.apiVersion))))
      .map(({ controller }) =>
        examinePeer(
          cluster,
          'the ingress controller',
          environment.ingress?.controller ?? controller,
          'ingress.controller',
        ),
      ),
  ]);
  return [version, ...rest.flat()];
}

async function examineVersion(cluster: Cluster, environment: Environment): Promise<Examined> {
  const version = await cluster.version();
  const { oldest, newest } = environment.cluster.kubernetes;
  const subject = `Kubernetes ${version}`;
  const minor = (line: string): number => Number(line.split('.')[1]);
  if (minor(version) >= minor(oldest) && minor(version) <= minor(newest)) return ok(subject);
  return lacks(
    subject,
    `the environment declares ${oldest} to ${newest}`,
    `widen environments.${environment.name}.cluster.kubernetes and run: npx portolan check`,
  );
}

/** `retry.refresh` came with Argo CD 3.2, so the Application's own definition says whether it is there. */
async function examineArgoCd(cluster: Cluster): Promise<readonly Examined[]> {
  const subject = 'Argo CD 3.2 or later';
  const definition = await cluster.read(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'applications.argoproj.io',
  );
  const install =
    'kubectl create namespace argocd; kubectl apply -n argocd --server-side -f https://raw.githubusercontent.com/argoproj/argo-cd/v3.2.12/manifests/install.yaml';
  if (definition === undefined) return [lacks(subject, 'the cluster does not know Application', install)];
  const retry = fieldOf(
    definition,
    'spec',
    'versions',
    0,
    'schema',
    'openAPIV3Schema',
    'properties',
    'spec',
    'properties',
    'syncPolicy',
    'properties',
    'retry',
    'properties',
  );
  return [
    fieldOf(retry, 'refresh') === undefined
      ? lacks(subject, 'it is older: a fixing commit would wait for a failing sync', install)
      : ok(subject),
  ];
}

async function examineNamespace(cluster: Cluster, environment: Environment): Promise<readonly Examined[]> {
  const subject = `Namespace ${environment.namespace}`;
  const live = await cluster.read('v1', 'Namespace', environment.namespace);
  const next = `kubectl apply -f bootstrap/, or pulumi up --stack ${environment.name}`;
  if (live === undefined) return [lacks(subject, 'is not there', next)];
  const enforced = textOf(live, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce');
  return [enforced === 'restricted' ? ok(subject) : lacks(subject, 'does not enforce Pod Security "restricted"', next)];
}

async function examineSecrets(cluster: Cluster, environment: Environment): Promise<readonly Examined[]> {
  return Promise.all(
    environment.credentials.flatMap(({ store }) =>
      store.kind === 'kubernetes'
        ? [examineSecret(cluster, environment, store.namespace ?? environment.namespace, store.secretName, store.keys)]
        : [],
    ),
  );
}

async function examineSecret(
  cluster: Cluster,
  environment: Environment,
  namespace: string,
  name: string,
  keys: readonly string[],
): Promise<Examined> {
  const subject = `Secret ${namespace}/${name}`;
  const live = await cluster.read('v1', 'Secret', name, namespace);
  if (live === undefined)
    return lacks(
      subject,
      `is not there, with the ${keys.length === 1 ? 'key' : 'keys'} ${keys.join(', ')}`,
      `pulumi up --stack ${environment.name}, or the "kubectl create secret" line in README.md of the branch env/${environment.name}`,
    );
  const missing = keys.filter((key) => fieldOf(live, 'data', key) === undefined);
  if (missing.length === 0) return ok(subject);
  return lacks(
    subject,
    `has no key ${missing.join(', ')}`,
    `kubectl --namespace ${namespace} edit secret ${name}, or: pulumi up --stack ${environment.name}`,
  );
}

/** Classes that claims ask for; one without a provisioner is only a name that binds a claim to its volume. */
async function examineStorageClasses(cluster: Cluster, rendered: RenderedEnvironment): Promise<readonly Examined[]> {
  const bound = new Set(
    rendered.objects
      .filter(({ object }) => object.kind === 'PersistentVolume')
      .map(({ object }) => textOf(object, 'spec', 'storageClassName')),
  );
  const asked = rendered.objects.flatMap(({ object }) => [
    ...(object.kind === 'PersistentVolumeClaim' ? [textOf(object, 'spec', 'storageClassName')] : []),
    ...listOf(object, 'spec', 'volumeClaimTemplates').map((template) => textOf(template, 'spec', 'storageClassName')),
  ]);
  const needed = [...new Set(asked)].filter((name) => name !== '' && !bound.has(name)).sort();
  return Promise.all(
    needed.map(async (name) => {
      const subject = `StorageClass ${name}`;
      return (await cluster.read('storage.k8s.io/v1', 'StorageClass', name)) === undefined
        ? lacks(
            subject,
            'is not there, so claims of it stay Pending',
            'kubectl get storageclass, and name one of these in project.ts',
          )
        : ok(subject);
    }),
  );
}

async function examineNodes(cluster: Cluster, rendered: RenderedEnvironment): Promise<readonly Examined[]> {
  const names = rendered.objects.flatMap(({ object }) =>
    listOf(object, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms').flatMap((term) =>
      listOf(term, 'matchExpressions').flatMap((expression) =>
        textOf(expression, 'key') === 'kubernetes.io/hostname' ? listOf(expression, 'values').map(String) : [],
      ),
    ),
  );
  return Promise.all(
    [...new Set(names)].sort().map(async (name) => {
      const found = await cluster.list('v1', 'Node', undefined, { 'kubernetes.io/hostname': name });
      return found.length > 0
        ? ok(`Node ${name}`)
        : lacks(
            `Node ${name}`,
            'is not there, so its volume binds to nothing',
            'kubectl get nodes, then: pulumi config set portolan:nodeName NAME',
          );
    }),
  );
}

/** Group of an API version; empty for the core API. */
const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

async function examineDefinitions(cluster: Cluster, rendered: RenderedEnvironment): Promise<readonly Examined[]> {
  const custom = rendered.objects
    .map(({ object }) => ({ group: groupOf(object.apiVersion), kind: object.kind, apiVersion: object.apiVersion }))
    .filter(({ group }) => group.includes('.') && !group.endsWith('.k8s.io') && group !== 'argoproj.io');
  const kinds = new Map(custom.map((one) => [`${one.group}/${one.kind}`, one]));
  const definitions = kinds.size === 0 ? [] : await cluster.list('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
  return [...kinds.values()].map(({ group, kind, apiVersion }) => {
    const subject = `${kind} (${apiVersion})`;
    const version = apiVersion.split('/')[1];
    const served = definitions.some(
      (definition) =>
        textOf(definition, 'spec', 'group') === group &&
        textOf(definition, 'spec', 'names', 'kind') === kind &&
        listOf(definition, 'spec', 'versions').some(
          (one) => textOf(one, 'name') === version && fieldOf(one, 'served') === true,
        ),
    );
    return served
      ? ok(subject)
      : lacks(
          subject,
          'the cluster does not know this kind',
          `install what brings ${group}, then look: kubectl api-resources --api-group ${group}`,
        );
  });
}

/** A wrong label here is an outage: the policies would let nobody through. */
async function examinePeer(cluster: Cluster, what: string, peer: PodPeer, path: string): Promise<readonly Examined[]> {
  const labels = Object.entries(peer.podLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const subject = `${what}: pods ${labels} in ${peer.namespace}`;
  const pods = await cluster.list('v1', 'Pod', peer.namespace, peer.podLabels);
  return [
    pods.length > 0
      ? ok(subject)
      : lacks(
          subject,
          'no pod has these labels, so the network policies would cut it off',
          `kubectl get pods -A --show-labels, and correct ${path} of the environment in project.ts`,
        ),
  ];
}
