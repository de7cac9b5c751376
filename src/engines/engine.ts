import type { Application, KubernetesObject } from '../model/application.ts';
import type { Environment } from '../model/environment.ts';
import type { Engine } from '../model/stage.ts';
import type { Check } from '../objects/check.ts';
import type { AnnotationReference, CustomReference } from '../objects/names/custom-reference.ts';
import type { ObjectIndex } from '../objects/object-index.ts';
import type { ChartObject } from '../objects/charts/chart-object.ts';
import type { ChartFile } from '../objects/files/chart-file.ts';
import type { Exposure } from '../objects/change/exposure.ts';
import type { ChartAtVersion } from './chart-at-version.ts';
import type { Binding } from './binding.ts';
import type { EngineAtSetUp } from './engine-at-set-up.ts';
import type { EngineInCluster } from './engine-in-cluster.ts';
import type { LiveApplication } from './live-application.ts';
import type { OrderStep } from './order-step.ts';
import type { EngineMarks } from '../model/derived/engine-marks.ts';
import type { WatchedObject } from './watched-object.ts';
import type { Say } from '../objects/change/phrase.ts';

/** An application that the engine follows, and how. */
export interface Followed<Shape extends Engine> {
  readonly application: Application;
  /** As its stage says. @default - the application stands on no stage */
  readonly engine?: Shape;
  /** Everything that it consists of. */
  readonly objects: readonly KubernetesObject[];
}

/** An object that must exist before the first sync. */
export interface BootstrapObject {
  /** Id of its construct, unique among those of one environment. */
  readonly id: string;
  /** 20 to 99: place in the order in which the objects must exist; the namespace is 10. */
  readonly order: number;
  readonly object: KubernetesObject;
}

/** Who makes the cluster equal to Git: everything that differs between one engine and another. Pure functions over data. */
export interface EnginePlugin<Kind extends Engine['kind'] = Engine['kind']> extends EngineInCluster {
  readonly kind: Kind;
  /** As its users write it, e.g. `Argo CD`. */
  readonly title: string;
  /** What is asked of it while an environment is set up in its cluster. */
  readonly setUp: EngineAtSetUp;
  /** Address under which it reads the ops repository of an environment. */
  readonly repositoryAddress: (environment: Environment, opsRepository: string) => string;
  /** Key of a Secret that it takes for a private SSH key. */
  readonly sshKey: string;
  /** What a stage of a new project says of it. */
  readonly usual: Extract<Engine, { readonly kind: Kind }>;
  /** What an object is annotated with so that it does something else than usual with it. */
  readonly marks: EngineMarks;
  /** What must exist before the first sync, besides the namespace. */
  bootstrap(
    binding: Binding,
    followed: readonly Followed<Extract<Engine, { readonly kind: Kind }>>[],
  ): readonly BootstrapObject[];
  /** What has it render a chart at a version of the release, as objects beside the others of the application. @default - it renders none */
  readonly chartObjects?: (chart: ChartAtVersion) => readonly ChartObject[];
  /** The same, as files of a folder of the chart's own that are no objects. @default - it needs none */
  readonly chartFiles?: (chart: ChartAtVersion) => readonly ChartFile[];
  /** Whether it fetches such a chart by its version, so that no digest holds what it fetches. @default - it fetches each by its digest */
  readonly fetchesByVersion?: (renderedBy: ChartAtVersion['renderedBy']) => boolean;
  /** The object whose status says how an application is. */
  readonly watches: (binding: Pick<Binding, 'delivery' | 'environment'>, application: Application) => WatchedObject;
  /** Objects beside the watched one that say why it does not go on, e.g. what fetches the branch; each application's own, or shared. */
  readonly beside: (
    binding: Pick<Binding, 'delivery' | 'environment'>,
    application: Application,
  ) => readonly WatchedObject[];
  /**
   * How a watched object follows something else than this environment's branch; nothing where it does not.
   *
   * @param beside - those of {@link beside} that the cluster has, and this account may read
   */
  readonly elsewhere: (
    binding: Binding,
    application: Application,
    live: KubernetesObject,
    beside: readonly KubernetesObject[],
  ) => string | undefined;
  /**
   * What the status of a watched object means.
   *
   * @param live - the object; nothing when the cluster has none
   * @param mend - what to type where it is missing or follows something else
   * @param beside - those of {@link beside} that the cluster has, and this account may read
   */
  readonly judge: (
    binding: Binding,
    application: Application,
    live: KubernetesObject | undefined,
    mend: string,
    beside: readonly KubernetesObject[],
  ) => LiveApplication;
  /** Whether it brings a file of the branch into the cluster, whoever put it there. */
  readonly applies: (application: Application, path: string) => boolean;
  /** Whether an object tells it to leave the object in the cluster when it leaves the branch. */
  readonly keeps: (object: KubernetesObject) => boolean;
  /** Whether it deletes an object that cannot change in place, and makes it anew. */
  readonly remakes: (object: KubernetesObject) => boolean;
  /** What to do so that applying an object keeps no copy of it in an annotation: an order, lower case; nothing where it keeps none. */
  readonly againstCopies: (object: KubernetesObject, objects: ObjectIndex) => string | undefined;
  /** Lists of names and values that its kinds hand on, e.g. the parameters of a chart: paths, by kind and group. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Names of other objects inside of its kinds. */
  readonly references: readonly CustomReference[];
  /** The same in annotations. */
  readonly annotationReferences: readonly AnnotationReference[];
  /** What its own objects allow or open that they might not, for the risk of a change. */
  readonly exposures: (object: KubernetesObject) => readonly Exposure[];
  /**
   * What of `bootstrap/` comes before a change of the branch, and what after it. Whoever asks hides secrets in what it says.
   *
   * @param before - everything the branch holds, or the cluster
   * @param after - everything it is to hold
   */
  readonly order: (before: readonly KubernetesObject[], after: readonly KubernetesObject[]) => readonly OrderStep[];
  /** Fields of its own kinds in its users' words, by kind and field. */
  readonly words: Readonly<Record<string, Readonly<Record<string, Say>>>>;
  /** What is checked of its own objects, and of what they make it do. */
  readonly checks: readonly Check[];
}

/** An engine of whatever kind, to whoever only asks it. */
export type AnyEngine = Omit<EnginePlugin, 'bootstrap'>;
