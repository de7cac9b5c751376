import type { KubernetesObject } from '../../model/application.ts';
import type { Credential } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';

/** A Secret that a builder or a promoter reads in a cluster: a credential of the place declares it. */
export interface NeededSecret {
  readonly purpose: Credential['purpose'];
  /** Name of the Secret. */
  readonly secretName: string;
  /** Namespace of the Secret. */
  readonly namespace: string;
  /** Keys of its data that are read. */
  readonly keys: readonly string[];
  /** Labels that it is found by. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Further keys, whose values are no secret, e.g. the address that it opens. @default - none */
  readonly fields?: Readonly<Record<string, string>>;
}

/** What a builder or a promoter needs in a cluster. Pure functions over data. */
export interface ToolInCluster<Served> {
  /** Where that lies: in the environment that it moves, or in the toolchain that what it serves names. */
  readonly place: 'environment' | 'toolchain';
  /**
   * The objects, complete with their names and namespaces; of the place's namespaces, or of none.
   *
   * @param place - the environment, or the toolchain as one
   * @param served - the supplies that it builds there, or the stages that it moves from there
   */
  objects(delivery: Delivery, place: Environment, served: readonly Served[]): readonly KubernetesObject[];
  /** The Secrets that these objects read. */
  secrets(delivery: Delivery, place: Environment, served: readonly Served[]): readonly NeededSecret[];
}
