import type { Delivery } from '../../delivery.ts';
import type { PackagedChart } from '../../builders/packaged-chart.ts';
import type { Supply } from '../../supply.ts';

/** The charts that a workflow packages for a supply. */
export const packagedChartsOf = ({ builder }: Supply): readonly PackagedChart[] =>
  builder.kind === 'githubActions' ? (builder.charts ?? []) : [];

/** Whether a workflow packages the chart that an artifact is, and so sees before it is pushed which image it runs. */
export const isPackaged = ({ supplies }: Delivery, artifact: string): boolean =>
  supplies.some((supply) => packagedChartsOf(supply).some((chart) => chart.artifact === artifact));

/** Lines of Kubernetes that a chart may meet: the oldest and the newest of each environment that runs it, sorted, each once. */
export const kubernetesLinesOf = ({ environments }: Delivery, artifact: string): readonly string[] => {
  const places = environments.filter(({ applications }) =>
    applications.some(({ helmCharts = [] }) => helmCharts.some((chart) => chart.artifact === artifact)),
  );
  const lines = places.flatMap(({ cluster: { kubernetes } }) => [kubernetes.oldest, kubernetes.newest]);
  return [...new Set(lines)].sort();
};
