import { environmentOf, type Delivery } from '../../model/delivery.ts';
import { nameOf, typed, type Unit } from '../../model/derived/units.ts';
import { ProblemsError } from '../../model/problem.ts';
import { isImageTag } from '../../model/formats/image-reference.ts';
import { writeImageReference, imageTagOf, type ImageVersion, type Release } from '../../model/release.ts';
import type { Stage } from '../../model/stage.ts';
import type { HealthOf } from '../health/health-of.ts';
import { misfits } from '../order/release-order.ts';
import type { Ancestry } from '../program/ancestry.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError, type Refusal } from '../ops-error.ts';
import type { Origin } from '../release/release-record.ts';
import { candidateFromBuild, type BuildSource } from './candidate-from-build.ts';
import { candidateFromEnvironment, environmentsTaken, type EnvironmentSource } from './candidate-from-environment.ts';
import { candidateFromRegistry } from './newest/candidate-from-registry.ts';
import type { NewestSource, RegistryLook } from './newest/newest-source.ts';
import { keepDigests } from './keep-digests.ts';
import { withSource, type RevisionOf } from './label-source.ts';
import { resolveDigests, type ResolveDigest } from './resolve-digests.ts';

/** Where a release comes from, and who can be asked about it. */
export interface IncomingOptions {
  readonly source: BuildSource | EnvironmentSource | NewestSource;
  /** Git tag that makes it a release. Bits that were verified elsewhere get it as their images' tag. @default - none */
  readonly gitTag?: string;
  /**
   * Looks up the digests of a build; what was verified elsewhere keeps those it entered with, and is refused without them
   * where the model wants digests. @default - nobody is asked, and images go by the tags and digests that are known
   */
  readonly resolveDigest?: ResolveDigest;
  /** Looks up which commit an image says it was built from, where that is not on record. @default - it stays unknown */
  readonly revisionOf?: RevisionOf;
  /** @default - nobody knows how healthy anything is */
  readonly healthOf?: HealthOf;
  /** Who is asked for the newest. @default - nobody, so that it is refused */
  readonly look?: RegistryLook;
}

/** A release on its way in. */
export interface Incoming {
  /** The images that it brings; others of the environment stay as they are. */
  readonly release: Release;
  readonly origin: Origin;
  /** Sentences for people. */
  readonly notices: readonly string[];
}

/**
 * Finds out what is to enter a stage, whatever runs there now: it may come from there, its versions look as the stage says,
 * and its digests are known where they can be.
 *
 * @param sources - ancestry of the commits of the sources
 * @throws OpsError with every reason why not, ProblemsError when what was given is wrong
 */
export async function bringIn(
  context: OpsContext,
  unit: Unit,
  stage: Stage,
  { source, gitTag, resolveDigest, revisionOf, healthOf, look }: IncomingOptions,
  sources: Ancestry,
): Promise<Incoming> {
  if (gitTag !== undefined && !isImageTag(imageTagOf(gitTag)))
    throw new ProblemsError('what to promote', [
      {
        path: '--git-tag',
        message: 'must be a tag of letters, digits, and _ . - + between them, e.g. v1.2.0, because images get it too',
        given: gitTag,
      },
    ]);
  const there = await find(context, unit, stage, source, {
    sources,
    ...(healthOf === undefined ? {} : { healthOf }),
    ...(look === undefined ? {} : { look }),
  });
  const isMoved = source.kind === 'environment';
  const found = isMoved ? { ...there, release: await withSource(context.delivery, there.release, revisionOf) } : there;
  const unfit = misfits(context.delivery, stage, tagged(context.delivery, found, gitTag).release);
  const refusals: Refusal[] =
    unfit.length === 0
      ? []
      : [
          {
            code: 'wrong-input',
            what: unfit.join('\n'),
            next: 'name a version of that form; --git-tag TAG gives a release one',
          },
        ];
  const { images } = found.release;
  const resolved =
    refusals.length > 0
      ? { images, notices: [], refusals: [] }
      : source.kind === 'environment'
        ? keepDigests(context.delivery, source.environment, images, resolveDigest !== undefined)
        : await resolveDigests(context.delivery, images, resolveDigest);
  const [first, ...others] = [...refusals, ...resolved.refusals];
  if (first !== undefined) throw new OpsError(`${nameOf(unit)} was not promoted`, [first, ...others]);
  return {
    ...tagged(context.delivery, { ...found, release: { ...found.release, images: resolved.images } }, gitTag),
    notices: resolved.notices,
  };
}

interface Found {
  readonly release: Release;
  readonly origin: Origin;
}

/**
 * Makes it a release of that tag. Only bits that were verified elsewhere change their images' tag, because a build said its
 * own; and only those whose digest is known, because the new tag may not be in the registry. A chart says its version itself, and keeps it.
 */
function tagged({ artifacts }: Delivery, { release, origin }: Found, gitTag: string | undefined): Found {
  if (gitTag === undefined) return { release, origin };
  const charts = new Set(artifacts.flatMap(({ name, kind }) => (kind === 'chart' ? [name] : [])));
  const images = Object.entries(release.images).map(([artifact, image]): [string, ImageVersion] => [
    artifact,
    origin.kind === 'promotion' && image.digest !== undefined && !charts.has(artifact)
      ? { ...image, tag: imageTagOf(gitTag) }
      : image,
  ]);
  return { release: { ...release, images: Object.fromEntries(images), gitTag }, origin };
}

async function find(
  context: OpsContext,
  unit: Unit,
  stage: Stage,
  source: IncomingOptions['source'],
  { healthOf, look, sources }: Pick<IncomingOptions, 'healthOf' | 'look'> & { readonly sources: Ancestry },
): Promise<Found> {
  if (stage.intake.from === 'program')
    throw new OpsError(`${nameOf(unit)} was not promoted`, [
      {
        code: 'wrong-input',
        what: `${nameOf(unit)} runs no artifact, so that the program alone changes it`,
        next: `npx portolan publish ${typed(unit)}`,
      },
    ]);
  if (source.kind === 'environment') return candidateFromEnvironment(context, unit, stage, source, healthOf);
  if (source.kind === 'newest') {
    if (look === undefined)
      throw new OpsError(`${nameOf(unit)} was not promoted`, [
        {
          code: 'wrong-input',
          what: 'the newest is in a registry, and nobody is to ask one',
          next: `npx portolan promote ${typed(unit)} --newest, without --no-resolve`,
        },
      ]);
    return {
      release: await candidateFromRegistry(context.delivery, unit, stage, source, look, sources),
      origin: { kind: 'build' },
    };
  }
  const release = candidateFromBuild(
    context.delivery,
    environmentOf(context.delivery, unit.environment),
    stage,
    source,
  );
  if (stage.intake.from === 'supply' || stage.rebuild === true) return { release, origin: { kind: 'build' } };
  const name = nameOf(unit);
  const given = Object.values(release.images).map((image: ImageVersion) => writeImageReference(image));
  throw new OpsError(`${name} was not promoted`, [
    {
      code: 'wrong-input',
      what: `${name} takes what ${stage.intake.stages.join(' and ')} verified, not builds such as ${given.join(', ')}`,
      next: `npx portolan promote ${typed(unit)} --from ${environmentsTaken(context.delivery, stage).join(' or ')}; where it must build again, say rebuild in the model`,
    },
  ]);
}
