import type { KubernetesObject } from '../../model/application.ts';

/** An object of a cluster that is asked for by its name. */
export interface AskedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** @default - the object belongs to the whole cluster */
  readonly namespace?: string;
}

/** What something lacks, and lines that can be typed as they stand, one a line. */
export interface Lack {
  readonly message: string;
  readonly next: string;
}

/** Something that must be in a cluster before an engine, a builder or a promoter does anything there. */
export interface Need {
  /** What it is, with the oldest version that will do. */
  readonly subject: string;
  /** Objects of which the first that is there is looked at. */
  readonly anyOf: readonly AskedObject[];
  /**
   * What is lacking; nothing where nothing is.
   *
   * @param live - the object; nothing when the cluster has none of them
   * @param kubectl - how a line for this cluster begins, with its context
   */
  readonly lack: (live: KubernetesObject | undefined, kubectl: string) => Lack | undefined;
}

/** What one right to read is needed for: where it is missing, the whole of it cannot be looked at. */
export interface Needs {
  /** In words, e.g. the controllers of an engine. */
  readonly what: string;
  readonly needs: readonly Need[];
}
