/** Who makes objects of a chart and its values. */
export type ChartRenderer =
  /** This program, with Helm: the branch holds the objects, which are checked, compared and reviewed like all others. */
  | {
      readonly kind: 'program';

      /** Why the chart does without its hooks, which are left out. @default - a chart that has any is refused */
      readonly withoutHooks?: string;

      /** Who installs the definitions in its folder `crds`, which are left out. @default - a chart that has any is refused */
      readonly withoutDefinitions?: string;
    }
  /** The engine, in the cluster: the branch says which chart, with which values. What the chart makes is seen there alone. */
  | {
      readonly kind: 'engine';

      /** Kinds that the chart makes with these values, with their group, e.g. `Deployment.apps` and `Service`: no other may be made. */
      readonly kinds: readonly string[];

      /** Whether the tests of the chart run after each change, and have a say in whether it is healthy; Flux alone runs them. @default false */
      readonly test?: boolean;

      /** Minutes that one try of Flux may take. @default 5 */
      readonly timeoutMinutes?: number;

      /** Tries of Flux after a failed one, before it is given up; a change that failed is taken back to what ran before. @default 1 */
      readonly retries?: number;

      /** Credential that the chart is pulled with, where the registry asks for one. @default - anonymous */
      readonly pullCredential?: string;

      /**
       * Site of charts (`https://charts.example/stable`), or folder of a registry (`oci://ghcr.io/acme/charts`), that the engine fetches the chart from by
       * its version. Whoever writes there says what a version is: no digest holds it.
       * @default - the repository of the artifact, by the digest of the release
       */
      readonly helmRepository?: string;
    };

/** A Helm chart that an application runs, at the version of the release. */
export interface HelmChart {
  /** Name of Helm's release without the environment's prefix; what a chart makes is mostly called after it. */
  readonly name: string;

  /** Name of the artifact, of kind `chart`. */
  readonly artifact: string;

  /** What differs from the chart's own values, as plain data; never a secret. @default - nothing */
  readonly values?: Readonly<Record<string, unknown>>;

  /** Who makes objects of it. @default - this program, with Helm */
  readonly renderedBy?: ChartRenderer;
}

/** Who makes objects of a chart, also where it does not say. */
export const rendererOf = ({ renderedBy = { kind: 'program' } }: HelmChart): ChartRenderer => renderedBy;

/** A chart that the engine renders, and what it says of that. */
export interface ChartOfEngine {
  readonly chart: HelmChart;
  readonly renderedBy: Extract<ChartRenderer, { readonly kind: 'engine' }>;
}

/** The charts of an application that its engine renders. */
export const chartsOfEngine = ({
  helmCharts = [],
}: {
  readonly helmCharts?: readonly HelmChart[];
}): readonly ChartOfEngine[] =>
  helmCharts.flatMap((chart) => {
    const renderedBy = rendererOf(chart);
    return renderedBy.kind === 'engine' ? [{ chart, renderedBy }] : [];
  });
