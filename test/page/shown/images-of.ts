import { artifactsRunBy } from '../../../src/model/derived/object-images.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Stage } from '../../../src/model/stage.ts';

/** A build of everything, by its number from 1 on. */
export interface Build {
  readonly number: number;
  readonly at: Date;
  readonly commit: string;
}

/** What a build is called in the registry, by the artifacts whose scheme does not say it. */
export type TagOf = Readonly<Record<string, (build: Build) => string>>;

/** The stage that another one takes from; nothing where it takes from builds. */
export function upstreamOf({ stages }: Delivery, { intake }: Stage): Stage | undefined {
  if (intake.from !== 'stages') return undefined;
  const [from] = intake.stages;
  return stages.find(({ name }) => name === from);
}

/** The images, or charts, of a build that come to a stage, by artifact. @param tagOf - @default - as the scheme of each artifact has it */
export function imagesOf(
  delivery: Delivery,
  stage: Stage,
  build: Build,
  tagOf?: TagOf,
): Readonly<Record<string, string>> {
  const { intake } = stage;
  const upstream = upstreamOf(delivery, stage);
  if (upstream !== undefined) return imagesOf(delivery, upstream, build, tagOf);
  if (intake.from !== 'supply') return {};
  const built = delivery.supplies.filter(({ name }) => intake.supplies.includes(name)).flatMap((it) => it.artifacts);
  const run = delivery.environments
    .filter(({ name }) => name === stage.environment)
    .flatMap(({ applications }) => applications)
    .filter(({ name }) => name === stage.application)
    .flatMap((it) => [...artifactsRunBy(it)]);
  return Object.fromEntries(
    delivery.artifacts
      .filter(({ name }) => built.includes(name) && run.includes(name))
      .map(({ name, repository, scheme }) => [
        name,
        `${repository}:${tagOf?.[name]?.(build) ?? (scheme.kind === 'semver' ? `${scheme.prefix ?? ''}1.${10 + build.number}.0` : build.commit)}`,
      ]),
  );
}
