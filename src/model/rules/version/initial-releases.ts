import type { Artifact, VersionScheme } from '../../artifact.ts';
import { isToolchain } from '../../derived/places/toolchains.ts';
import { stageOf, type Delivery } from '../../delivery.ts';
import type { Environment } from '../../environment.ts';
import { isImageTag, isMovingTag } from '../../formats/image-reference.ts';
import type { Problem } from '../../problem.ts';
import { imageTagOf, type ImageVersion } from '../../release.ts';
import { oneOf } from '../../suggestion.ts';
import { artifactsRunBy } from '../../derived/object-images.ts';
import { describeScheme, fitsScheme } from '../../derived/version-fit.ts';
import { checkName } from '../reference/known-names.ts';
import { wholeCommit } from '../../formats/commit.ts';

/** Artifacts that run in an environment: name → schemes that its stages set for them, if they do. */
function artifactsIn(environment: Environment, delivery: Delivery): ReadonlyMap<string, VersionScheme | undefined> {
  const used = new Map<string, VersionScheme | undefined>();
  for (const application of environment.applications) {
    const stage = stageOf(delivery, environment.name, application.name);
    for (const name of artifactsRunBy(application)) used.set(name, stage?.versions ?? used.get(name));
  }
  return used;
}

/** Schemes of an environment's stages that look at the release's git tag before the tags of its images. */
const schemesByGitTag = ({ name }: Environment, { stages }: Delivery): readonly VersionScheme[] =>
  stages.flatMap(({ environment, versions }) =>
    environment === name && versions !== undefined && versions.kind !== 'gitSha' ? [versions] : [],
  );

/** Adds the artifacts that pin a used one inside themselves, e.g. the chart that carries an image's version. */
function withPinning(used: Iterable<string>, artifacts: readonly Artifact[]): ReadonlySet<string> {
  const all = new Set(used);
  for (let before = -1; before < all.size;) {
    before = all.size;
    for (const { name, pins } of artifacts) if (pins !== undefined && all.has(pins)) all.add(name);
  }
  return all;
}

function imageProblems(
  path: string,
  image: ImageVersion,
  artifact: Artifact,
  scheme: VersionScheme | undefined,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (image.repository !== artifact.repository)
    problems.push({
      path: `${path}.repository`,
      message: `must be ${artifact.repository}, the repository of artifacts.${artifact.name}`,
      given: image.repository,
    });
  if (artifact.kind === 'image' && !isImageTag(image.tag))
    problems.push({
      path: `${path}.tag`,
      message: image.tag.includes('+')
        ? `must be a tag that a registry takes, which have no "+"; write ${JSON.stringify(imageTagOf(image.tag))}, and the version with "+" as gitTag of the release`
        : 'must be a tag that a registry takes: letters, digits, and _ . - between them, 128 at most',
      given: image.tag,
    });
  else if (scheme !== undefined && !fitsScheme(scheme, image.tag))
    problems.push({ path: `${path}.tag`, message: `must be ${describeScheme(scheme)}`, given: image.tag });
  else if (artifact.kind === 'image' && scheme === undefined && image.digest === undefined && isMovingTag(image.tag))
    problems.push({
      path: `${path}.tag`,
      message: 'names another image tomorrow; write the tag that its build got, or add its digest',
      given: image.tag,
    });
  if (image.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(image.digest))
    problems.push({
      path: `${path}.digest`,
      message: 'must be sha256: and 64 hexadecimal digits',
      given: image.digest,
    });
  return problems;
}

function gitTagProblems(path: string, gitTag: string, schemes: readonly VersionScheme[]): readonly Problem[] {
  if (!isImageTag(imageTagOf(gitTag)))
    return [
      { path, message: 'must be a tag of letters, digits, and _ . - + between them, e.g. v1.2.0', given: gitTag },
    ];
  return schemes
    .filter((scheme) => !fitsScheme(scheme, gitTag))
    .map((scheme) => ({ path, message: `must be ${describeScheme(scheme)}`, given: gitTag }));
}

function problemsOfEnvironment(
  environment: Environment,
  delivery: Delivery,
  artifacts: ReadonlyMap<string, Artifact>,
): readonly Problem[] {
  const path = `initialReleases.${environment.name}`;
  const release = Object.hasOwn(delivery.initialReleases, environment.name)
    ? delivery.initialReleases[environment.name]
    : undefined;
  if (release === undefined)
    return [{ path, message: 'is missing; write the image versions that the environment starts with' }];
  const used = artifactsIn(environment, delivery);
  const byGitTag = schemesByGitTag(environment, delivery);
  const { gitTag } = release;
  const missing = [...used.keys()].filter((name) => artifacts.has(name) && !Object.hasOwn(release.images, name));
  return [
    ...(missing.length === 0
      ? []
      : [{ path: `${path}.images`, message: `must also name ${oneOf(missing)}, which the environment runs` }]),
    ...Object.entries(release.images).flatMap(([name, image]): readonly Problem[] => {
      const artifact = artifacts.get(name);
      const at = `${path}.images.${name}`;
      if (artifact === undefined) return checkName(at, 'artifact', name, artifacts.keys());
      if (!withPinning(used.keys(), delivery.artifacts).has(name))
        return [{ path: at, message: `nothing in ${environment.name} runs it; remove it`, given: name }];
      const scheme = used.get(name) ?? artifact.scheme;
      // Where the release's own tag is the version, images may have the tag that they were built with.
      return imageProblems(at, image, artifact, gitTag !== undefined && byGitTag.includes(scheme) ? undefined : scheme);
    }),
    ...(gitTag === undefined ? [] : gitTagProblems(`${path}.gitTag`, gitTag, byGitTag)),
    ...(release.source === undefined || wholeCommit.test(release.source.commit)
      ? []
      : [{ path: `${path}.source.commit`, message: 'must be forty hexadecimal digits', given: release.source.commit }]),
    ...(release.source === undefined || release.sources === undefined
      ? []
      : [{ path: `${path}.sources`, message: 'must not stand beside source: write one of them' }]),
    ...Object.entries(release.sources ?? {}).flatMap(([name, commit]): readonly Problem[] => [
      ...checkName(
        `${path}.sources`,
        'repository',
        name,
        delivery.repositories.map((repository) => repository.name),
      ),
      ...(wholeCommit.test(commit)
        ? []
        : [{ path: `${path}.sources.${name}`, message: 'must be forty hexadecimal digits', given: commit }]),
    ]),
  ];
}

/** Every environment starts with a release that names exactly what its services run, in versions that fit. */
export function initialReleases(delivery: Delivery): readonly Problem[] {
  const artifacts = new Map(delivery.artifacts.map((artifact) => [artifact.name, artifact]));
  return [
    ...delivery.environments.flatMap((environment) => problemsOfEnvironment(environment, delivery, artifacts)),
    ...Object.keys(delivery.initialReleases)
      .filter((name) => !delivery.environments.some((it) => it.name === name && isToolchain(it)))
      .flatMap((name) =>
        checkName(
          `initialReleases.${name}`,
          'environment',
          name,
          delivery.environments.filter((it) => !isToolchain(it)).map((it) => it.name),
        ),
      ),
  ];
}
