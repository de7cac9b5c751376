import type { KubernetesObject } from '../../model/application.ts';
import type { Problem } from '../../model/problem.ts';
import type { ImageVersion } from '../../model/release.ts';

/** A chart that is to be rendered as plain objects: everything that the answer may depend on. */
export interface ChartQuestion {
  /** Where the chart stands in the delivery, for error messages. */
  readonly path: string;
  /** Helm's name of the release. */
  readonly release: string;
  readonly namespace: string;
  /** The chart, by its digest. */
  readonly version: ImageVersion;
  readonly values: Readonly<Record<string, unknown>>;
  /** Oldest and newest Kubernetes line that it is for, e.g. `1.30`. */
  readonly kubernetes: { readonly oldest: string; readonly newest: string };
  /** Whether hooks are left out; else a chart that has any is refused. */
  readonly withoutHooks: boolean;
  /** Whether definitions of custom resources in its folder `crds` are left out; else a chart that has any is refused. */
  readonly withoutDefinitions: boolean;
  /** Registry repository of the image whose version is that of the chart's program. @default - not looked at */
  readonly pins?: string;
}

/** A chart that an engine renders, and what the delivery says of it: everything that the answer may depend on. */
export interface ChartTrial extends Omit<ChartQuestion, 'withoutHooks' | 'withoutDefinitions'> {
  /** Kinds that it may make, e.g. `Deployment.apps`. */
  readonly kinds: readonly string[];
  /** Whether the engine renders it as a dependency of a chart around it, from which Helm hands it `global` values. */
  readonly isDependency: boolean;
  /** Where the engine fetches it by its version. @default - its repository, by its digest */
  readonly helmRepository?: string;
}

/** Renders a chart as its engine would, and says what is wrong with its values, its kinds, and the image that it pins. */
export type TryChart = (trial: ChartTrial) => readonly Problem[];

/**
 * Renders a chart as plain objects: the same answer to the same question, on every machine.
 *
 * @throws ProblemsError when the chart cannot be had, is another one, takes these values not, or makes what is not the same each time
 */
export type RenderChart = (question: ChartQuestion) => readonly KubernetesObject[];
