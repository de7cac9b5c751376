import { Construct } from 'constructs';
import type { Place } from '../constructs/place.ts';
import { RawObject } from '../constructs/raw-object.ts';
import { engineOf } from '../engines/engines.ts';
import type { Application } from '../model/application.ts';
import { chartsOfEngine, rendererOf, type ChartRenderer, type HelmChart } from '../model/charts/helm-chart.ts';
import { stageOf, type Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import { ProblemsError } from '../model/problem.ts';
import { helmReleaseName } from '../model/names.ts';
import type { ImageVersion, Release } from '../model/release.ts';
import type { ChartFile } from '../objects/files/chart-file.ts';
import type { ChartObject } from '../objects/charts/chart-object.ts';
import type { ChartQuestion, ChartTrial, RenderChart } from '../objects/charts/chart-question.ts';

/** What a chart of an application comes to on the branch. */
export interface ChartObjects {
  readonly chart: HelmChart;
  readonly objects: readonly ChartObject[];
  /** Files beside them that are no objects. @default - none */
  readonly files?: readonly ChartFile[];
}

/**
 * What each chart of an application comes to on the branch at a release: the objects that it makes, or what tells the engine to render it.
 *
 * @param renderChart - @default - nobody renders any
 * @throws ProblemsError when the release has no version of a chart, or nobody renders it as it says
 */
export function chartObjects(
  delivery: Delivery,
  environment: Environment,
  application: Application,
  { images }: Release,
  renderChart?: RenderChart,
): readonly ChartObjects[] {
  const stage = stageOf(delivery, environment.name, application.name);
  const engine = engineOf(delivery, environment.name);
  return (application.helmCharts ?? []).map((chart) => {
    const path = pathOf(environment, application, chart);
    const version = images[chart.artifact];
    if (version === undefined)
      return refuse(
        `${path}.artifact`,
        `the release has no version of this chart; bring one in with: npx portolan promote ${environment.name} --image ${chart.artifact}=REPOSITORY:VERSION`,
        chart.artifact,
      );
    const renderedBy = rendererOf(chart);
    if (renderedBy.kind === 'engine') {
      const at = { environment, chart, renderedBy, version, ...(stage === undefined ? {} : { engine: stage.engine }) };
      const [objects, files] = [engine?.chartObjects?.(at), engine?.chartFiles?.(at)];
      if (objects === undefined && files === undefined)
        return refuse(
          `${path}.renderedBy.kind`,
          `is nothing that ${engine?.title ?? 'the engine'} does`,
          renderedBy.kind,
        );
      return { chart, objects: objects ?? [], files: files ?? [] };
    }
    const objects = renderChart?.(questionOf(delivery, environment, chart, renderedBy, version, path));
    if (objects === undefined)
      return refuse(`${path}.renderedBy.kind`, 'needs Helm, which is not asked here', renderedBy.kind);
    return { chart, objects: objects.map((object) => ({ object })) };
  });
}

/** Everything that what a chart makes in an environment depends on. */
const questionOf = (
  delivery: Delivery,
  environment: Environment,
  chart: HelmChart,
  renderedBy: Extract<ChartRenderer, { readonly kind: 'program' }>,
  version: ImageVersion,
  path: string,
): ChartQuestion => ({
  ...askedOf(delivery, environment, chart, version, path),
  withoutHooks: renderedBy.withoutHooks !== undefined,
  withoutDefinitions: renderedBy.withoutDefinitions !== undefined,
});

/** The same, whoever renders it. */
function askedOf(
  { artifacts }: Delivery,
  environment: Environment,
  chart: HelmChart,
  version: ImageVersion,
  path: string,
): Omit<ChartQuestion, 'withoutHooks' | 'withoutDefinitions'> {
  const pinned = artifacts.find(({ name }) => name === chart.artifact)?.pins;
  const pins = artifacts.find(({ name }) => name === pinned)?.repository;
  return {
    path,
    release: helmReleaseName(environment, chart),
    namespace: environment.namespace,
    version,
    values: chart.values ?? {},
    kubernetes: environment.cluster.kubernetes,
    ...(pins === undefined ? {} : { pins }),
  };
}

/** What there is to try of the charts of an application that its engine renders, at a release; those that it has no version of are told elsewhere. */
export const chartTrials = (
  delivery: Delivery,
  environment: Environment,
  application: Application,
  { images }: Release,
): readonly ChartTrial[] =>
  chartsOfEngine(application).flatMap(({ chart, renderedBy: { kinds, helmRepository } }) => {
    const version = images[chart.artifact];
    return version === undefined
      ? []
      : [
          {
            ...askedOf(delivery, environment, chart, version, pathOf(environment, application, chart)),
            kinds,
            isDependency: engineOf(delivery, environment.name)?.chartFiles !== undefined,
            ...(helmRepository === undefined ? {} : { helmRepository }),
          },
        ];
  });

const pathOf = ({ name }: Environment, application: Application, chart: HelmChart): string =>
  `environments.${name}.applications.${application.name}.helmCharts.${chart.name}`;

/** @throws ProblemsError always */
function refuse(path: string, message: string, given: string): never {
  throw new ProblemsError('the delivery', [{ path, message, given }]);
}

/** The charts of an application. */
export interface HelmChartsProps {
  readonly place: Place;
  /** Where the application is in the delivery. */
  readonly path: string;
  readonly charts: readonly ChartObjects[];
}

/** What the charts of an application come to on the branch. */
export class HelmCharts extends Construct {
  constructor(scope: Construct, id: string, { place, path, charts }: HelmChartsProps) {
    super(scope, id);
    for (const { chart, objects } of charts) {
      const within = new Construct(this, chart.name);
      for (const { object } of objects)
        new RawObject(within, `${object.kind}-${object.metadata.name}`, {
          place,
          object,
          chart: chart.artifact,
          path: `${path}.helmCharts.${chart.name}: ${object.kind}/${object.metadata.name}`,
        });
    }
  }
}
