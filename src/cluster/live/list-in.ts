import type { Cluster, LiveObject } from '../../clients/kubernetes/cluster.ts';
import { namespacesOf } from '../../model/derived/places/namespaces.ts';
import type { Environment } from '../../model/environment.ts';

/** The objects of a kind in every namespace of a place. */
export const listIn = async (
  cluster: Cluster,
  apiVersion: string,
  kind: string,
  environment: Environment,
): Promise<readonly LiveObject[]> =>
  (await Promise.all(namespacesOf(environment).map((namespace) => cluster.list(apiVersion, kind, namespace)))).flat();
