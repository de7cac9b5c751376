import { Construct } from 'constructs';
import type { Place } from '../constructs/place.ts';
import { RawObject } from '../constructs/raw-object.ts';
import { engineOf } from '../engines/engines.ts';
import type { Application, KubernetesObject } from '../model/application.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import { ProblemsError } from '../model/problem.ts';
import type { Release } from '../model/release.ts';

/** What a chart of an application comes to on the branch. */
export interface ChartObjects {
  /** The chart's name. */
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
}

/**
 * What each chart of an application comes to on the branch at a release: what tells the engine to render it.
 *
 * @throws ProblemsError when the release has no version of a chart, or the engine renders none
 */
export function chartObjects(
  delivery: Delivery,
  environment: Environment,
  application: Application,
  { images }: Release,
): readonly ChartObjects[] {
  const stage = delivery.stages.find(
    (it) => it.environment === environment.name && it.application === application.name,
  );
  const engine = engineOf(delivery, environment.name);
  return (application.helmCharts ?? []).map((chart) => {
    const path = `environments.${environment.name}.applications.${application.name}.helmCharts.${chart.name}`;
    const version = images[chart.artifact];
    if (version === undefined)
      throw new ProblemsError('the delivery', [
        {
          path: `${path}.artifact`,
          message: `the release has no version of this chart; bring one in with: npx portolan promote ${environment.name} --image ${chart.artifact}=REPOSITORY:VERSION`,
          given: chart.artifact,
        },
      ]);
    const objects = engine?.chartObjects?.({
      environment,
      chart,
      version,
      ...(stage === undefined ? {} : { engine: stage.engine }),
    });
    if (objects === undefined)
      throw new ProblemsError('the delivery', [
        { path: `${path}.renderedBy.kind`, message: `is nothing that ${engine?.title ?? 'the engine'} does` },
      ]);
    return { name: chart.name, objects };
  });
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
    for (const { name, objects } of charts) {
      const chart = new Construct(this, name);
      for (const object of objects)
        new RawObject(chart, `${object.kind}-${object.metadata.name}`, {
          place,
          object,
          path: `${path}.helmCharts.${name}: ${object.kind}/${object.metadata.name}`,
        });
    }
  }
}
