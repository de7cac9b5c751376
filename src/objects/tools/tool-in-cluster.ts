import type { KubernetesObject } from '../../model/application.ts';
import type { Credential } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import type { Stage } from '../../model/stage.ts';
import type { Needs } from './needs.ts';

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
  /** Annotations that say what it is for, e.g. the host that it opens. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Further keys, whose values are no secret, e.g. the address that it opens. @default - none */
  readonly fields?: Readonly<Record<string, string>>;
}

/** A field of a file of a branch that a release sets, as it is rendered. */
export interface ReleasedField {
  /** Path of the file below the tree of the branch. */
  readonly file: string;
  /** Keys and positions that lead to the field. */
  readonly keys: readonly (string | number)[];
  /** Name of the artifact. */
  readonly artifact: string;
}

/** Labels and annotations of an object of somebody else's. */
export interface Marks {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What is rendered of the stages around a tool; it is rendered when it is asked for. */
export interface RenderedAround {
  /** The fields of a stage's application that hold the image of a release, whole. */
  released(stage: Stage): readonly ReleasedField[];
  /** The object that the engine follows a stage's application by; nothing where it has none. */
  follower(stage: Stage): KubernetesObject | undefined;
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
   * @param around - what is rendered of these stages
   */
  objects(
    delivery: Delivery,
    place: Environment,
    served: readonly Served[],
    around: RenderedAround,
  ): readonly KubernetesObject[];
  /** The Secrets that these objects read. */
  secrets(delivery: Delivery, place: Environment, served: readonly Served[]): readonly NeededSecret[];
  /** What must be in the cluster before these objects do anything. @default - nothing */
  readonly needs?: (place: Environment) => readonly Needs[];
  /** What the namespace of its place is told by to be its own. @default - nothing */
  readonly namespaceMarks?: Marks;
  /** What the object that the engine follows an application by is told by that it may be moved from its place. @default - nothing */
  readonly followerMarks?: (delivery: Delivery, one: Served) => Marks;
  /**
   * What stands as a comment behind each `image:` of an artifact in the files of what it moves, so that it finds the fields that it may move; nothing
   * behind those of an artifact that it does not move.
   *
   * @default - nothing
   */
  readonly markerOf?: (delivery: Delivery, one: Served, artifact: string) => string | undefined;
}
