import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { BootstrapChart } from '../charts/bootstrap-chart.ts';
import { withMade } from '../charts/made-objects.ts';
import { markedByTools } from './marked-by-tools.ts';
import { renderedAround } from './rendered-around.ts';
import { environmentOf, type Delivery } from '../model/delivery.ts';
import { placePath } from '../model/derived/places/toolchains.ts';
import type { Environment } from '../model/environment.ts';
import { ProblemsError, type Problem } from '../model/problem.ts';
import type { Release } from '../model/release.ts';
import { applyPatches } from './patches/apply-patches.ts';
import { bootstrapPath, groupOf } from './file-path.ts';
import { FileTexts } from './text/file-texts.ts';
import { objectsOf } from './objects-of.ts';
import { orderKeys } from './text/order-keys.ts';
import type { RenderedObject } from '../objects/rendered-object.ts';
import { renderApplication } from './render-application.ts';
import type { RenderSettings } from './render-settings.ts';
import type { RenderedEnvironment } from './rendered-environment.ts';
import { writtenFiles } from './written-files.ts';

/** The release that an application is at, by its name. */
export type ReleaseOf = (application: string) => Release;

/**
 * Renders an environment at a release: every object, and the text of every file. Reads nothing but its arguments and gives
 * the same bytes every time. Writes nothing but what it made onto the shelves it was given.
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
    renderApplication(
      root,
      { delivery, environment, application, release: releaseOf(application.name), around },
      settings,
    ),
  );
  const applied = applications.flatMap(({ objects }) => objects);
  const bootstrap = renderBootstrap(root, delivery, environment, settings, applied);

  const objects = [...bootstrap, ...applied].sort((a, b) => (a.path < b.path ? -1 : 1));
  refuseDuplicates(environment, objects);
  const texts = new FileTexts(settings.earlier);
  const written = writtenFiles(delivery, environment, objects, releaseOf, {
    ...settings,
    texts,
    chartFiles: applications.flatMap(({ chartFiles }) => chartFiles),
  });
  for (const { keep } of applications) keep(texts);
  return { environment: environment.name, objects, ...written };
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
    made.map(({ object }) => object),
  );
  const patched = applyPatches(
    marked.map((object) => ({ object })),
    environment.patches ?? [],
    `${placePath(environment)}.patches`,
  );
  return made.map(({ construct, object: unpatched, maker }, i) => {
    const object = orderKeys(patched[i] ?? unpatched);
    const order = maker === undefined ? undefined : chart.order.get(maker);
    return { path: bootstrapPath(order ?? namespaceOrder, object), construct, object };
  });
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
