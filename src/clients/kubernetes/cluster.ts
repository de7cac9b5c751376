import type { KubernetesObject } from '../../model/application.ts';

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

/**
 * An object as the cluster has it. Of a Secret there are the keys, each with `hidden` or, where nothing is in it, with an empty text; of
 * one that is an engine's key to a repository, also what it is for.
 */
export type LiveObject = KubernetesObject;

/**
 * Why a cluster could not be asked: its kubeconfig is of no use, the login is not accepted, this account may not ask this, or there was no
 * answer.
 */
export type ClusterFailure = 'kubeconfig' | 'login' | 'forbidden' | 'unreachable';

/** The cluster could not be asked. */
export class ClusterError extends Error {
  /** The same in a few words, e.g. `HTTP 403`. */
  readonly why: string;

  constructor(
    message: string,
    readonly failure: ClusterFailure,
    { why = message, ...options }: ErrorOptions & { readonly why?: string } = {},
  ) {
    super(`portolan: ${message}`, options);
    this.name = 'ClusterError';
    this.why = why;
  }
}

/** What may not be asked, without the name of this program in front. */
export const refusalIn = (error: ClusterError): string => error.message.replace('portolan: ', '');

/**
 * Asks, and says instead of failing that this account may not ask this: one refusal hides nothing else.
 *
 * @throws every other failure
 */
export async function unlessForbidden<Answer>(
  work: () => Promise<Answer>,
  refused: (why: string) => Answer,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ClusterError && error.failure === 'forbidden') return refused(refusalIn(error));
    throw error;
  }
}
