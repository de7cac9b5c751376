import type { ChartRenderer, HelmChart } from '../model/charts/helm-chart.ts';
import type { Environment } from '../model/environment.ts';
import type { ImageVersion } from '../model/release.ts';
import type { Engine } from '../model/stage.ts';

/** A chart that the engine itself renders, and the version that the release has of it. */
export interface ChartAtVersion {
  readonly environment: Environment;
  readonly chart: HelmChart;
  readonly renderedBy: Extract<ChartRenderer, { readonly kind: 'engine' }>;
  readonly version: ImageVersion;
  /** As the stage of its application says. @default - the application stands on no stage */
  readonly engine?: Engine;
}
