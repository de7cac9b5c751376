import { sourceRepositoryOf, type Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { ProblemsError, type Problem } from '../../model/problem.ts';
import type { ImageVersion, Release } from '../../model/release.ts';
import type { Stage } from '../../model/stage.ts';
import { parseImageName } from '../registry/image-name.ts';
import { artifactsOf } from '../../model/derived/object-images.ts';
import { wholeCommit } from '../../model/formats/commit.ts';

/** What a build hands over. */
export interface BuildSource {
  readonly kind: 'build';
  /** Image reference by service or artifact, e.g. `orders` → `acme/orders:v1.2.0`. */
  readonly images: Readonly<Record<string, string>>;
  /** Commit that the images were built from, whole. @default - the images' tag, where it is a commit */
  readonly sourceCommit?: string;
}

/**
 * Makes a release of what a build made; it names only the images that the build made.
 *
 * @throws ProblemsError with everything that is wrong with what was given
 */
export function candidateFromBuild(
  delivery: Delivery,
  environment: Environment,
  stage: Stage,
  source: BuildSource,
): Release {
  const known = artifactsByName(environment, stage.application);
  const problems: Problem[] = [];
  const images: Record<string, ImageVersion> = {};
  for (const [name, reference] of Object.entries(source.images)) {
    const artifact = known.get(name);
    const image = parseImageName(reference);
    const repository = delivery.artifacts.find((it) => it.name === artifact)?.repository;
    if (artifact === undefined || repository === undefined) {
      problems.push({
        path: `--image ${name}`,
        message: `is not a service of ${environment.name} whose image a release sets; write one of: ${[...known.keys()].sort().join(', ')}`,
      });
    } else if (image?.tag === undefined || image.tag === 'latest') {
      problems.push({
        path: `--image ${name}`,
        message: `must name an image with a tag other than latest, e.g. ${repository}:v1.2.0`,
        given: reference,
      });
    } else if (image.repository !== repository) {
      problems.push({ path: `--image ${name}`, message: `must be of the repository ${repository}`, given: reference });
    } else {
      images[artifact] = {
        repository,
        tag: image.tag,
        ...(image.digest === undefined ? {} : { digest: image.digest }),
      };
    }
  }
  if (Object.keys(source.images).length === 0)
    problems.push({ path: '--image', message: 'must name at least one image' });
  const { sourceCommit } = source;
  if (sourceCommit !== undefined && !wholeCommit.test(sourceCommit))
    problems.push({
      path: '--source-commit',
      message: 'must be a whole commit, 40 hexadecimal digits',
      given: sourceCommit,
    });
  if (problems.length > 0) throw new ProblemsError('what to promote', problems);

  const commit = sourceCommit ?? commonCommit(Object.values(images));
  const repository = oneSource(delivery, Object.keys(images), problems);
  if (problems.length > 0) throw new ProblemsError('what to promote', problems);
  return {
    images,
    ...(commit === undefined || repository === undefined ? {} : { source: { repository, commit } }),
  };
}

/** The repository that images are built from. A build is of one: a commit of another is none of theirs. */
function oneSource(delivery: Delivery, artifacts: readonly string[], problems: Problem[]): string | undefined {
  const sources = artifacts.map((artifact) => sourceRepositoryOf(delivery, artifact));
  const [first, ...others] = [...new Set(sources)].filter((name) => name !== undefined);
  if (others.length > 0)
    problems.push({
      path: '--image',
      message: `must name images of one source; ${artifacts.join(', ')} are built from ${[first, ...others].join(' and ')}: promote what each built by itself`,
    });
  return first;
}

/** Artifact by the name of its service, and by its own; a service with several goes by the artifacts' names alone. */
function artifactsByName(environment: Environment, application: string): ReadonlyMap<string, string> {
  const services = environment.applications.filter(({ name }) => name === application).flatMap((it) => it.services);
  const found = new Map<string, string>();
  const byService = services.map(({ name, containers, initContainers = [] }) => {
    const artifacts = [...containers, ...initContainers].flatMap(({ image }) =>
      typeof image === 'string' ? [] : [image.artifact],
    );
    return [name, [...new Set(artifacts)]] as const;
  });
  for (const artifact of artifactsOf(environment, application)) found.set(artifact, artifact);
  for (const [name, [first, ...others]] of byService)
    if (first !== undefined && others.length === 0) found.set(name, first);
  return found;
}

/** The commit that all tags are, when images are tagged with their commit. */
function commonCommit(images: readonly ImageVersion[]): string | undefined {
  const [first, ...others] = new Set(images.map(({ tag }) => tag));
  return first !== undefined && others.length === 0 && wholeCommit.test(first) ? first : undefined;
}
