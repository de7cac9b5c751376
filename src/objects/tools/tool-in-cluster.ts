import type { KubernetesObject } from '../../model/application.ts';
import type { Credential } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import type { Stage } from '../../model/stage.ts';
import type { Supply } from '../../model/supply.ts';
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

/** A task that a run of a builder ends with, for who moves a stage: it starts once everything is built, and what it does is no matter of the builder. */
export interface Ending {
  /** Name within the run, e.g. `promote-dev`. */
  readonly name: string;
  /** Name of the task, which lies beside those of the builder. */
  readonly task: string;
  /** What it is given, by the names under which a run says it: `commit`, and `digest-<artifact>` for each artifact of the supply. */
  readonly takes: readonly string[];
  /** Minutes after which it is given up. */
  readonly minutes: number;
}

/** What is around a tool: what is rendered of the stages, and how runs end that build. */
export interface AroundTool extends RenderedAround {
  /** What the runs that build a supply end with, one for each stage whose promoter says so. */
  readonly endings: (supply: Supply) => readonly Ending[];
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
   * @param around - what is rendered of these stages, and what runs of these supplies end with
   */
  objects(
    delivery: Delivery,
    place: Environment,
    served: readonly Served[],
    around: AroundTool,
  ): readonly KubernetesObject[];
  /** The Secrets that these objects read; one that several read may be named for each. */
  secrets(delivery: Delivery, place: Environment, served: readonly Served[]): readonly NeededSecret[];
  /** What must be in the cluster before these objects do anything. @default - nothing */
  readonly needs?: (place: Environment) => readonly Needs[];
  /**
   * What the run that builds a supply ends with for one of what it serves: data, by which the builder starts what the promoter renders.
   *
   * @default - nothing: it does not promote from the run that builds
   */
  readonly endingOf?: (delivery: Delivery, one: Served, supply: Supply) => Ending | undefined;
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
