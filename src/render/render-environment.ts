import { ApiObject, App, type Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ApplicationChart } from '../charts/application-chart.ts';
import { BootstrapChart } from '../charts/bootstrap-chart.ts';
import { chartObjects } from '../charts/helm-charts.ts';
import { withMade } from '../charts/made-objects.ts';
import { ToolchainChart } from '../charts/toolchain-chart.ts';
import type { RenderChart } from '../objects/charts/chart-question.ts';
import type { RenderedAround } from '../objects/tools/tool-in-cluster.ts';
import { markedByTools } from './marked-by-tools.ts';
import { renderedAround } from './rendered-around.ts';
import { neededIn, type Tools } from './tools.ts';
import { placeIn } from '../charts/place-in.ts';
import { RawObject } from '../constructs/raw-object.ts';
import { JobWorkload } from '../constructs/job-workload.ts';
import { ServiceWorkload } from '../constructs/service-workload.ts';
import type { Application, KubernetesObject } from '../model/application.ts';
import { environmentOf, type Delivery } from '../model/delivery.ts';
import { chartFolder } from '../model/names.ts';
import { isToolchain, placePath } from '../model/derived/places/toolchains.ts';
import type { Environment } from '../model/environment.ts';
import { ProblemsError, type Problem } from '../model/problem.ts';
import type { Release } from '../model/release.ts';
import { objectId } from '../objects/kind.ts';
import { applyPatches } from './apply-patches.ts';
import { bootstrapPath, groupOf, manifestPath } from './file-path.ts';
import { orderKeys } from './order-keys.ts';
import type { RenderedObject } from '../objects/rendered-object.ts';
import type { RenderedEnvironment } from './rendered-environment.ts';
import { writtenFiles, type PlacedChartFile } from './written-files.ts';

/** The release that an application is at, by its name. */
export type ReleaseOf = (application: string) => Release;

/** What rendering needs to know besides the delivery. */
export interface RenderSettings {
  /** https URL of the ops repository that the engine reads. */
  readonly opsRepository: string;
  /** What builders and promoters need in a cluster. @default - as their tables have it */
  readonly tools?: Tools;
  /** What renders charts that the program renders. @default - a delivery that has any is refused */
  readonly renderChart?: RenderChart;
}

/**
 * Renders an environment at a release: every object, and the text of every file. Reads nothing but its arguments and gives
 * the same bytes every time.
 *
 * @param release - of all applications, or of each its own
 * @throws ProblemsError when the delivery cannot be rendered, e.g. a reference leads nowhere or two objects are one file
 */
export function renderEnvironment(
  given: Delivery,
  place: Environment,
  release: Release | ReleaseOf,
  settings: RenderSettings,
): RenderedEnvironment {
  const { delivery, environment } = made(given, place);
  // Without these two, cdk8s would ask the process's environment.
  const app = new App({ outdir: 'unused', recordConstructMetadata: false });
  const root = new Construct(app, environment.name);

  const around = renderedAround(delivery, settings, (...other) => renderEnvironment(given, ...other));
  const releaseOf: ReleaseOf = typeof release === 'function' ? release : () => release;
  const applications = environment.applications.map((application) =>
    renderApplication(root, delivery, environment, application, releaseOf(application.name), settings, around),
  );
  const applied = applications.flatMap(({ objects }) => objects);
  const bootstrap = renderBootstrap(root, delivery, environment, settings, applied);

  const objects = [...bootstrap, ...applied].sort((a, b) => (a.path < b.path ? -1 : 1));
  refuseDuplicates(environment, objects);
  return {
    environment: environment.name,
    objects,
    ...writtenFiles(delivery, environment, objects, releaseOf, {
      ...settings,
      chartFiles: applications.flatMap(({ chartFiles }) => chartFiles),
    }),
  };
}

/** What constructs make, put in where nobody did before: then it is among the objects already. */
function made(
  delivery: Delivery,
  environment: Environment,
): { readonly delivery: Delivery; readonly environment: Environment } {
  if (environment.applications.every(({ constructs }) => constructs === undefined)) return { delivery, environment };
  const { delivery: whole, problems } = withMade({ ...delivery, environments: [environment] });
  if (problems.length > 0) throw new ProblemsError('the delivery', problems);
  return {
    delivery: { ...whole, environments: delivery.environments },
    environment: environmentOf(whole, environment.name),
  };
}

function renderApplication(
  root: Construct,
  delivery: Delivery,
  environment: Environment,
  application: Application,
  release: Release,
  settings: RenderSettings,
  around: RenderedAround,
): { readonly objects: readonly RenderedObject[]; readonly chartFiles: readonly PlacedChartFile[] } {
  const helmCharts = chartObjects(delivery, environment, application, release, settings.renderChart);
  const content = {
    place: placeIn(delivery, environment, application, release),
    needed: neededIn(delivery, environment, application.name, settings.tools).objects(around),
    helmCharts,
  };
  const chart = isToolchain(environment)
    ? new ToolchainChart(root, application.name, content)
    : new ApplicationChart(root, application.name, content);
  const made = objectsOf(chart);
  const artifactsIn = made.map(({ construct }) => {
    const owner = construct.node.scope;
    const isMaker = owner instanceof ServiceWorkload || owner instanceof JobWorkload || owner instanceof RawObject;
    return isMaker && owner.object === construct ? owner.artifacts : {};
  });
  const path = `environments.${environment.name}.applications.${application.name}.patches`;
  const patched = applyPatches(
    made.map(({ json }, i) => ({ object: json, released: new Set(Object.keys(artifactsIn[i] ?? {})) })),
    application.patches ?? [],
    path,
  );
  const released = new Map(
    helmCharts.flatMap((of) => of.objects.map(({ object, fields }) => [objectId(object), fields] as const)),
  );
  const objects = made.map(({ construct, json }, i): RenderedObject => {
    const object = orderKeys(patched[i] ?? json);
    const artifacts = artifactsIn[i] ?? {};
    const fields = released.get(objectId(json)) ?? [];
    return {
      path: manifestPath(application.name, object, environment.namespace),
      application: application.name,
      construct: construct.node.path,
      object,
      ...(Object.keys(artifacts).length === 0 ? {} : { artifacts }),
      ...(chartOf(construct) === undefined ? {} : { chart: chartOf(construct) ?? '' }),
      ...(fields.length === 0 ? {} : { fields }),
    };
  });
  const chartFiles = helmCharts.flatMap(({ chart, files = [] }) =>
    files.map((file) => ({ ...file, path: `${chartFolder(application.name, chart)}/${file.name}` })),
  );
  return { objects, chartFiles };
}

/** The chart that makes what a construct stands for. */
const chartOf = ({ node: { scope } }: ApiObject): string | undefined =>
  scope instanceof RawObject ? scope.chart : undefined;

/** Number of the namespace, before which nothing else can exist. */
const namespaceOrder = 10;

function renderBootstrap(
  root: Construct,
  delivery: Delivery,
  environment: Environment,
  { opsRepository, tools }: RenderSettings,
  applied: readonly RenderedObject[],
): readonly RenderedObject[] {
  // A capital: no application can be called that.
  const chart = new BootstrapChart(root, 'Bootstrap', {
    delivery,
    environment,
    opsRepository,
    applied,
  });
  const made = objectsOf(chart);
  const marked = markedByTools(
    { delivery, environment, tools },
    made.map(({ json }) => json),
  );
  const patched = applyPatches(
    marked.map((object) => ({ object })),
    environment.patches ?? [],
    `${placePath(environment)}.patches`,
  );
  return made.map(({ construct, json }, i) => {
    const object = orderKeys(patched[i] ?? json);
    return {
      path: bootstrapPath(chart.order.get(construct) ?? namespaceOrder, object),
      construct: construct.node.path,
      object,
    };
  });
}

/** Every object of a chart as JSON, with the construct that made it. `Chart.toJson` would lose which is which. */
function objectsOf(chart: Chart): readonly { readonly construct: ApiObject; readonly json: KubernetesObject }[] {
  return chart.node
    .findAll()
    .filter((construct) => construct instanceof ApiObject)
    .map((construct) => ({ construct, json: construct.toJson() as KubernetesObject }));
}

function refuseDuplicates(environment: Environment, objects: readonly RenderedObject[]): void {
  const known = new Map<string, RenderedObject>();
  const problems = objects.flatMap((rendered): Problem[] => {
    const { kind, metadata } = rendered.object;
    const identity = `${kind}.${groupOf(rendered.object)}/${metadata.namespace ?? ''}/${metadata.name}`;
    const first = known.get(identity);
    known.set(identity, first ?? rendered);
    if (first === undefined) return [];
    return [
      {
        path: `environments.${environment.name}`,
        message: `must give every object a name of its own: ${first.construct} and ${rendered.construct} are one object`,
        given: `${kind}/${metadata.name}`,
      },
    ];
  });
  if (problems.length > 0) throw new ProblemsError('the delivery', problems);
}
