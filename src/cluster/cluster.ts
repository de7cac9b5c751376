import type { KubernetesObject } from '../model/application.ts';

/** A cluster that is only ever read. */
export interface Cluster {
  /** Name of the kubeconfig's context. */
  readonly context: string;
  /** Kubernetes version of the API server, e.g. `1.36`. */
  version(): Promise<string>;
  /** One object, or undefined when the cluster has none of that name or does not know the kind. */
  read(apiVersion: string, kind: string, name: string, namespace?: string): Promise<LiveObject | undefined>;
  /** Objects of a kind with all of these labels; none when the cluster does not know the kind. */
  list(
    apiVersion: string,
    kind: string,
    namespace?: string,
    labels?: Readonly<Record<string, string>>,
  ): Promise<readonly LiveObject[]>;
}

/** An object as the cluster has it. Secrets carry their keys, never their values. */
export type LiveObject = KubernetesObject;

/** The cluster could not be asked. */
export class ClusterError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(`portolan: ${message}`, options);
    this.name = 'ClusterError';
  }
}
