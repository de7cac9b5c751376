/**
 * A chart that a workflow packages from a folder of the source and pushes to its OCI registry, as it does the images: `version` and `appVersion`
 * of its `Chart.yaml` become the version that the build decides, whatever stands there. Before anything is pushed it is linted strictly and
 * rendered.
 */
export interface PackagedChart {
  /** Name of the artifact, of kind `chart`. Its repository ends with the name that `Chart.yaml` says, as `helm push` has it. */
  readonly artifact: string;

  /** Folder of the chart in the source, e.g. `charts/orders`. */
  readonly chart: string;

  /** Files of values in the source, with each of which it is linted and rendered besides, e.g. `charts/orders/ci/ha.yaml`. @default - its own values alone */
  readonly values?: readonly string[];
}
