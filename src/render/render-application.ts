import type { Construct } from 'constructs';
import { ApplicationChart } from '../charts/application-chart.ts';
import { chartObjects } from '../charts/helm-charts.ts';
import { placeIn } from '../charts/place-in.ts';
import { ToolchainChart } from '../charts/toolchain-chart.ts';
import { RawObject } from '../constructs/raw-object.ts';
import type { Application } from '../model/application.ts';
import type { Delivery } from '../model/delivery.ts';
import { isToolchain } from '../model/derived/places/toolchains.ts';
import type { Environment } from '../model/environment.ts';
import { chartFolder } from '../model/names.ts';
import type { Release } from '../model/release.ts';
import { objectId } from '../objects/kind.ts';
import type { RenderedObject } from '../objects/rendered-object.ts';
import type { RenderedAround } from '../objects/tools/tool-in-cluster.ts';
import { applyPatches } from './patches/apply-patches.ts';
import { manifestPath } from './file-path.ts';
import type { FileTexts } from './text/file-texts.ts';
import { objectsOf, type ObjectOfChart } from './objects-of.ts';
import { orderKeys } from './text/order-keys.ts';
import type { RenderSettings } from './render-settings.ts';
import { neededIn } from './tools.ts';
import type { PlacedChartFile } from './written-files.ts';

/** An application, and all that it is rendered from. */
export interface ApplicationToRender {
  readonly delivery: Delivery;
  readonly environment: Environment;
  readonly application: Application;
  readonly release: Release;
  readonly around: RenderedAround;
}

/** What an application comes to. */
export interface RenderedApplication {
  readonly objects: readonly RenderedObject[];
  readonly chartFiles: readonly PlacedChartFile[];
  /** Keeps what was made now. */
  readonly keep: (texts: FileTexts) => void;
}

/** Renders the objects of one application. */
export function renderApplication(
  root: Construct,
  { delivery, environment, application, release, around }: ApplicationToRender,
  settings: Pick<RenderSettings, 'tools' | 'renderChart' | 'earlier'>,
): RenderedApplication {
  const helmCharts = chartObjects(delivery, environment, application, release, settings.renderChart);
  const shelf = isToolchain(environment) ? undefined : settings.earlier?.shelfOf(environment, application, release);
  const content = {
    place: placeIn(delivery, environment, application, release),
    needed: neededIn(delivery, environment, application.name, settings.tools).objects(around),
    helmCharts,
    ...(shelf === undefined ? {} : { shelf }),
  };
  const ofServices = isToolchain(environment) ? undefined : new ApplicationChart(root, application.name, content);
  const chart = ofServices ?? new ToolchainChart(root, application.name, content);
  const made = objectsOf(chart);
  const path = `environments.${environment.name}.applications.${application.name}.patches`;
  const patched = applyPatches(
    made.map(({ object, artifacts = {} }) => ({ object, released: new Set(Object.keys(artifacts)) })),
    application.patches ?? [],
    path,
  );
  const released = new Map(
    helmCharts.flatMap((of) => of.objects.map(({ object, fields }) => [objectId(object), fields] as const)),
  );
  const objects = made.map(({ construct, object: unpatched, artifacts, maker }, i): RenderedObject => {
    const after = patched[i] ?? unpatched;
    const object = after === unpatched ? unpatched : orderKeys(after);
    const fields = released.get(objectId(unpatched)) ?? [];
    const ofChart = maker?.node.scope instanceof RawObject ? maker.node.scope.chart : undefined;
    return {
      path: manifestPath(application.name, object, environment.namespace),
      application: application.name,
      construct,
      object,
      ...(artifacts === undefined ? {} : { artifacts }),
      ...(ofChart === undefined ? {} : { chart: ofChart }),
      ...(fields.length === 0 ? {} : { fields }),
    };
  });
  const chartFiles = helmCharts.flatMap(({ chart: of, files = [] }) =>
    files.map((file) => ({ ...file, path: `${chartFolder(application.name, of)}/${file.name}` })),
  );
  return {
    objects,
    chartFiles,
    keep: (texts) => {
      if (ofServices !== undefined) keepMade(ofServices, application, made, texts);
    },
  };
}

/** Keeps the services that were made now, each with its jobs, as they are before any patch. */
function keepMade(
  { known, node }: ApplicationChart,
  { services }: Application,
  made: readonly ObjectOfChart[],
  texts: FileTexts,
): void {
  if (known === undefined) return;
  const depth = node.path.length + 1;
  const serviceOf = new Map(
    services.flatMap(({ name, jobs = [] }) =>
      [name, ...jobs.map((job) => job.name)].map((owner) => [owner, name] as const),
    ),
  );
  const byService = new Map<string, ObjectOfChart[]>(services.map(({ name }) => [name, []]));
  for (const one of made) {
    const [owner = ''] = one.construct.slice(depth).split('/');
    byService.get(serviceOf.get(owner) ?? '')?.push(one);
  }
  known.keep((service) => {
    const objects = (byService.get(service) ?? []).map(({ maker: _, ...one }) => one);
    return { objects, texts: objects.map(({ object }) => texts.of(object)) };
  });
}
