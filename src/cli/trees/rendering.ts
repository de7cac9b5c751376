import { isDeepStrictEqual } from 'node:util';
import { environmentOf, type Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { applicationsOf, hasSeveral, nameOf, type Unit } from '../../model/derived/units.ts';
import type { Release } from '../../model/release.ts';
import type { Published } from '../../ops/branch/published-objects.ts';
import { opsAddressOf } from '../../model/derived/managed-repositories.ts';
import { renderEnvironment, type ReleaseOf } from '../../render/render-environment.ts';
import { isStandIn } from '../../render/rendered-around.ts';
import { renderedUnit } from '../../render/rendered-unit.ts';
import type { RenderedEnvironment } from '../../render/rendered-environment.ts';
import { checkDelivery, checkEnvironment, type EnvironmentToCheck } from '../../review/check-environment.ts';
import { FindingsError, type Finding } from '../../review/checks/finding.ts';
import type { OpenProject } from '../project/open-project.ts';

/** The release that a new branch of this environment starts from. The model's rules see to it that there is one. */
export function initialReleaseOf(delivery: Delivery, environment: Environment): Release {
  return delivery.initialReleases[environment.name] ?? { images: {} };
}

/** Renders an environment at a release with this program, whatever the checks say of it. */
export function render(
  { delivery, renderChart, objects }: OpenProject,
  environment: Environment,
  release: Release | ReleaseOf,
): RenderedEnvironment {
  return renderEnvironment(delivery, environment, release, {
    opsRepository: opsAddressOf(delivery, environment.name),
    ...(renderChart === undefined ? {} : { renderChart }),
    ...(objects === undefined
      ? {}
      : {
          earlier: {
            shelfOf: (of, { name }, at) => objects.shelf(of.name, name, wordFor(delivery, of, at)),
            textOf: (object) => objects.textOf(object),
          },
        }),
  });
}

/** Most commands look at what the branches record, and some at where they start; and promoters at what stands for any release. */
const wordFor = (delivery: Delivery, environment: Environment, release: Release): string =>
  isStandIn(release)
    ? 'stand-in'
    : isDeepStrictEqual(release, initialReleaseOf(delivery, environment))
      ? 'first'
      : 'later';

/** The objects of an environment that need not be looked at by themselves, as far as they were kept. */
const settledIn = (
  { delivery, objects }: OpenProject,
  environment: Environment,
): Pick<EnvironmentToCheck, 'settled'> =>
  objects === undefined ? {} : { settled: objects.settledIn(delivery, environment) };

/**
 * Renders what a unit's branch holds, at a release, and runs every check over it. Other applications of the environment, which it may lean on,
 * are there at their first release, and what is found in them is theirs.
 *
 * @param published - what the unit's branch holds, to tell what would have to be re-created. @default - not compared
 * @param known - what this program rendered for it already: at the same releases it is the same, and not rendered again. @default - nothing
 * @throws FindingsError with all findings
 */
export function renderChecked(
  project: OpenProject,
  unit: Unit,
  release: Release,
  published?: Published,
  known: readonly Rendering[] = [],
): RenderedEnvironment {
  const { delivery, catalog } = project;
  const environment = environmentOf(delivery, unit.environment);
  const own = applicationsOf(environment, unit);
  const at: ReleaseOf = (application) =>
    own.some(({ name }) => name === application) ? release : initialReleaseOf(delivery, environment);
  const same = known.find(
    (it) =>
      it.environment === environment &&
      environment.applications.every(({ name }) => isDeepStrictEqual(it.release(name), at(name))),
  );
  const rendered = same?.rendered ?? render(project, environment, at);
  const found = checkEnvironment({
    delivery,
    catalog,
    environment,
    rendered,
    ...settledIn(project, environment),
    // What somebody made unreadable is an edit, which the writer names, or overwrites when told so.
    ...(published === undefined
      ? {}
      : { published: published.objects({ rendered, leaveOutUnreadable: true }).map(({ object }) => object) }),
  });
  const findings = found.filter((finding) => isOfUnit(environment, unit, finding));
  if (findings.length > 0) throw new FindingsError(nameOf(unit), findings);
  return renderedUnit(rendered, unit);
}

/** Whether what was found is for a unit to mend: in its own objects, or, of what applications share, in what is of none of them. */
function isOfUnit(environment: Environment, { application }: Unit, { construct }: Finding): boolean {
  if (!hasSeveral(environment)) return true;
  const [, part] = construct.split('/');
  return environment.applications.find(({ name }) => name === part)?.name === application;
}

/**
 * A release to preview with: artifacts that the program got after it have the version of the first one. To publish, a version must
 * have been brought in.
 */
export const previewed = (delivery: Delivery, environment: Environment, release: Release): Release => ({
  ...release,
  images: { ...initialReleaseOf(delivery, environment).images, ...release.images },
});

/** An environment and what this program renders for it. */
export interface Rendering {
  readonly environment: Environment;
  /** The release that each application is rendered at. */
  readonly release: ReleaseOf;
  readonly rendered: RenderedEnvironment;
}

/**
 * Renders environments, whatever the checks say of them.
 *
 * @param release - of each application, in all of them. @default - each at the first release that project.ts names
 */
export const renderAll = (
  project: OpenProject,
  environments: readonly Environment[],
  release?: ReleaseOf,
): readonly Rendering[] =>
  environments.map((environment) => {
    const at: ReleaseOf =
      release === undefined
        ? () => initialReleaseOf(project.delivery, environment)
        : (application) => previewed(project.delivery, environment, release(application));
    return { environment, release: at, rendered: render(project, environment, at) };
  });

/** What every check finds in environments that were rendered, all of them together. */
export const checkRendered = (project: OpenProject, environments: readonly EnvironmentToCheck[]): readonly Finding[] =>
  checkDelivery({
    delivery: project.delivery,
    catalog: project.catalog,
    environments: environments.map((one) => ({ ...one, ...settledIn(project, one.environment) })),
  });

/**
 * {@link renderAll}, and every check over all of them together.
 *
 * @throws FindingsError with all findings
 */
export function renderAllChecked(
  project: OpenProject,
  environments: readonly Environment[],
  release?: ReleaseOf,
): readonly Rendering[] {
  const renderings = renderAll(project, environments, release);
  const findings = checkRendered(project, renderings);
  if (findings.length > 0) throw new FindingsError(environments.map(({ name }) => name).join(', '), findings);
  return renderings;
}

/** The text of every file that a program renders, each environment at its first release, by environment and path. */
export const renderedTexts = (project: OpenProject): ReadonlyMap<string, string> =>
  new Map(
    renderAll(project, project.delivery.environments).flatMap(({ environment, rendered: { files } }) =>
      [...files].map(([path, text]) => [`${environment.name}/${path}`, text] as const),
    ),
  );

/** One line on what was rendered, for progress. */
export const summarizeRenderings = (renderings: readonly Rendering[]): string =>
  renderings.map(({ environment, rendered }) => `${environment.name} ${rendered.objects.length} objects`).join(', ');
