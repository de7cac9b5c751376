import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import type { Release } from '../../model/release.ts';
import { opsAddressOf } from '../../model/derived/managed-repositories.ts';
import { renderEnvironment } from '../../render/render-environment.ts';
import type { RenderedEnvironment } from '../../render/rendered-environment.ts';
import { checkDelivery, checkEnvironment } from '../../review/check-environment.ts';
import { FindingsError } from '../../review/checks/finding.ts';
import type { OpenProject } from '../project/open-project.ts';

/** The release that a new branch of this environment starts from. The model's rules see to it that there is one. */
export function initialReleaseOf(delivery: Delivery, environment: Environment): Release {
  return delivery.initialReleases[environment.name] ?? { images: {} };
}

/** Renders an environment at a release with this program, whatever the checks say of it. */
export function render({ delivery }: OpenProject, environment: Environment, release: Release): RenderedEnvironment {
  return renderEnvironment(delivery, environment, release, { opsRepository: opsAddressOf(delivery, environment.name) });
}

/**
 * Renders an environment at a release and runs every check over it.
 *
 * @param published - objects on the environment's branch, to tell what would have to be re-created. @default - not compared
 * @throws FindingsError with all findings
 */
export function renderChecked(
  project: OpenProject,
  environment: Environment,
  release: Release,
  published?: readonly KubernetesObject[],
): RenderedEnvironment {
  const rendered = render(project, environment, release);
  const { delivery, catalog } = project;
  const findings = checkEnvironment({
    delivery,
    catalog,
    environment,
    rendered,
    ...(published === undefined ? {} : { published }),
  });
  if (findings.length > 0) throw new FindingsError(environment.name, findings);
  return rendered;
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
  readonly rendered: RenderedEnvironment;
}

/**
 * Renders environments, whatever the checks say of them.
 *
 * @param release - for all of them. @default - each at the first release that project.ts names
 */
export const renderAll = (
  project: OpenProject,
  environments: readonly Environment[],
  release?: Release,
): readonly Rendering[] =>
  environments.map((environment) => ({
    environment,
    rendered: render(
      project,
      environment,
      release === undefined
        ? initialReleaseOf(project.delivery, environment)
        : previewed(project.delivery, environment, release),
    ),
  }));

/**
 * {@link renderAll}, and every check over all of them together.
 *
 * @throws FindingsError with all findings
 */
export function renderAllChecked(
  project: OpenProject,
  environments: readonly Environment[],
  release?: Release,
): readonly Rendering[] {
  const renderings = renderAll(project, environments, release);
  const findings = checkDelivery({ delivery: project.delivery, catalog: project.catalog, environments: renderings });
  if (findings.length > 0) throw new FindingsError(environments.map(({ name }) => name).join(', '), findings);
  return renderings;
}

/** One line on what was rendered, for progress. */
export const summarizeRenderings = (renderings: readonly Rendering[]): string =>
  renderings.map(({ environment, rendered }) => `${environment.name} ${rendered.objects.length} objects`).join(', ');
