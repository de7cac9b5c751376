import { ClusterError, type Cluster, type LiveObject } from '../../src/clients/kubernetes/cluster.ts';

/** One request, as the API server's audit log would have it. */
export interface ClusterRequest {
  readonly verb: 'get' | 'list';
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** What a fake cluster says of itself. */
export interface FakeClusterOptions {
  /** @default '1.31' */
  readonly version?: string;
  /** Requests that this account may not make. @default - it may make all */
  readonly forbids?: (request: ClusterRequest) => boolean;
  /** Called with each request. @default - nobody is told */
  readonly onRequest?: (request: ClusterRequest) => void;
}

/** Kinds that belong to the whole cluster: their path has no namespace. */
const clusterKinds = new Set([
  'Node',
  'Namespace',
  'StorageClass',
  'CustomResourceDefinition',
  'PersistentVolume',
  'ClusterRole',
  'ClusterRoleBinding',
  'MutatingWebhookConfiguration',
  'Project',
]);

/** A cluster that holds just these objects, and answers by path and verb: what no API server would serve is an error. */
export function fakeCluster(
  objects: readonly LiveObject[],
  { version = '1.31', forbids = () => false, onRequest }: FakeClusterOptions = {},
): Cluster {
  const answer = (request: ClusterRequest): readonly LiveObject[] => {
    const { verb, apiVersion, kind, namespace, name } = request;
    if (namespace !== undefined && clusterKinds.has(kind))
      throw new Error(`${kind} has no namespace, got ${namespace}`);
    if (namespace === undefined && verb === 'get' && !clusterKinds.has(kind))
      throw new Error(`get ${kind} ${name ?? ''} needs a namespace`);
    onRequest?.(request);
    if (forbids(request))
      throw new ClusterError(`may not ${verb} ${kind} in ${namespace ?? 'the cluster'}`, 'forbidden');
    return objects.filter(
      (object) =>
        object.apiVersion === apiVersion &&
        object.kind === kind &&
        (namespace === undefined || object.metadata.namespace === namespace) &&
        (name === undefined || object.metadata.name === name),
    );
  };
  return {
    context: 'test',
    version: async () => Promise.resolve(version),
    read: async (apiVersion, kind, name, namespace) =>
      Promise.resolve().then(
        () => answer({ verb: 'get', apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) })[0],
      ),
    list: async (apiVersion, kind, namespace, labels = {}) =>
      Promise.resolve().then(() =>
        answer({ verb: 'list', apiVersion, kind, ...(namespace === undefined ? {} : { namespace }) }).filter((object) =>
          Object.entries(labels).every(([key, value]) => object.metadata.labels?.[key] === value),
        ),
      ),
  };
}

/** An object with a name and whatever fields a test needs. */
export const live = (
  apiVersion: string,
  kind: string,
  name: string,
  namespace?: string,
  fields: Readonly<Record<string, unknown>> = {},
  labels: Readonly<Record<string, string>> = {},
): LiveObject => ({
  apiVersion,
  kind,
  metadata: { name, labels, ...(namespace === undefined ? {} : { namespace }) },
  ...fields,
});
