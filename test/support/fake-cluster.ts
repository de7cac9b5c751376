import type { Cluster, LiveObject } from '../../src/cluster/cluster.ts';

/** A cluster that holds just these objects. */
export function fakeCluster(objects: readonly LiveObject[], version = '1.31'): Cluster {
  const matches = (apiVersion: string, kind: string, namespace: string | undefined) => (object: LiveObject) =>
    object.apiVersion === apiVersion &&
    object.kind === kind &&
    (namespace === undefined || object.metadata.namespace === namespace);
  return {
    context: 'test',
    version: async () => Promise.resolve(version),
    read: async (apiVersion, kind, name, namespace) =>
      Promise.resolve(
        objects.filter(matches(apiVersion, kind, namespace)).find((object) => object.metadata.name === name),
      ),
    list: async (apiVersion, kind, namespace, labels = {}) =>
      Promise.resolve(
        objects
          .filter(matches(apiVersion, kind, namespace))
          .filter((object) => Object.entries(labels).every(([key, value]) => object.metadata.labels?.[key] === value)),
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
