import { registryRepositoryOf, type Delivery } from '../../../model/delivery.ts';
import { lookedFor } from '../../../model/derived/looks/looked-for.ts';
import { minutesBetweenLooks } from '../../../model/derived/kargo/registry-looks.ts';
import { nameOf, typed, type Unit } from '../../../model/derived/units.ts';
import { describeScheme } from '../../../model/derived/version-fit.ts';
import { asSources, type ImageVersion, type Release } from '../../../model/release.ts';
import type { Stage } from '../../../model/stage.ts';
import type { Supply } from '../../../model/supply.ts';
import { promoterOf } from '../../../promoters/promoters.ts';
import { OpsError, type Refusal } from '../../ops-error.ts';
import { schemeOf } from '../../order/release-order.ts';
import type { Ancestry } from '../../program/ancestry.ts';
import { RegistryError } from '../../registry/registry-error.ts';
import { codes } from '../resolve-digests.ts';
import { newestTag } from './newest-tag.ts';
import type { NewestSource, RegistryLook } from './newest-source.ts';
import { refuseUntested } from './refuse-untested.ts';

/** An image that is there, and what it says of itself. */
interface Found {
  readonly artifact: string;
  readonly supply: Supply;
  readonly image: ImageVersion;
  readonly commit: string;
}

/**
 * Images that are passed over where their branches are gone, before the newest of them is refused. Branches come and go; so many at the top
 * of a registry with no branch among them that is there is a checkout that has none, or somebody else's images.
 */
const MOST_GONE = 20;

/**
 * Makes a release of the newest images that the registry has for a stage, each of a commit that could have passed.
 *
 * Where a commit is named, it is waited for: a builder that looks itself needs its time.
 *
 * @throws OpsError with every reason why there is none
 */
export async function candidateFromRegistry(
  delivery: Delivery,
  unit: Unit,
  stage: Stage,
  { sourceCommit }: NewestSource,
  look: RegistryLook,
  sources: Ancestry,
): Promise<Release> {
  const supplies = lookedFor(delivery, stage);
  if (supplies.length === 0) throw new OpsError(`${nameOf(unit)} was not promoted`, [nothingLookedFor(unit, stage)]);
  const pause = Math.max(1, ...supplies.map((supply) => minutesBetweenLooks(delivery, supply)));
  const patience = stage.waitMinutes ?? 0;
  let waited = 0;
  for (;;) {
    const { found, refusals } = await lookOnce(delivery, stage, supplies, look, sources);
    const isOpen = sourceCommit !== undefined && refusals.every(({ code }) => code === 'not-found');
    const late = isOpen ? await notYet(sourceCommit, found, sources) : undefined;
    const [first, ...others] = [...refusals, ...(late === undefined ? [] : [late])];
    if (first === undefined) return releaseOf(found);
    if (late === undefined || waited >= patience)
      throw new OpsError(`${nameOf(unit)} was not promoted`, [first, ...others]);
    const minutes = Math.min(pause, patience - waited);
    await look.wait(minutes * 60_000, late.what);
    waited += minutes;
  }
}

/** Why there is nothing to look for: somebody else looks, or nobody is told to. */
function nothingLookedFor(unit: Unit, stage: Stage): Refusal {
  const promoter = promoterOf(stage);
  const byHand = `npx portolan promote ${typed(unit)} --image SERVICE=REF`;
  return promoter?.moves === undefined
    ? {
        code: 'wrong-input',
        what: `${nameOf(unit)} takes from no supply whose images are looked for in their registry`,
        next: `write discovery: { kind: "registryPoll" } at the supply, or: ${byHand}`,
      }
    : {
        code: 'wrong-input',
        what: `${nameOf(unit)} is moved by ${promoter.title}, which looks in the registry itself`,
        next: `have ${promoter.title} promote it, or name what enters: ${byHand}`,
      };
}

/** Whether what was found is of a commit that is waited for, or of a later one. */
async function notYet(sourceCommit: string, found: readonly Found[], sources: Ancestry): Promise<Refusal | undefined> {
  const relations = await Promise.all(found.map(({ commit }) => sources.relate(commit, sourceCommit)));
  const isThere = found.length > 0 && relations.every((relation) => relation === 'same' || relation === 'newer');
  return isThere
    ? undefined
    : {
        code: 'not-found',
        what: `the registry has no image yet that was built from ${sourceCommit.slice(0, 12)}, or from a later commit`,
        next: 'look whether its build goes on or failed, and run the same again',
      };
}

async function lookOnce(
  delivery: Delivery,
  stage: Stage,
  supplies: readonly Supply[],
  look: RegistryLook,
  sources: Ancestry,
): Promise<{ readonly found: readonly Found[]; readonly refusals: readonly Refusal[] }> {
  const found: Found[] = [];
  const refusals: Refusal[] = [];
  for (const supply of supplies)
    for (const artifact of supply.artifacts) {
      const answer = await newestOf(delivery, stage, supply, artifact, look, sources);
      if ('code' in answer) refusals.push(answer);
      else found.push(answer);
    }
  const sets = new Map<string, Set<string>>();
  for (const { supply, commit } of found) sets.set(supply.source, (sets.get(supply.source) ?? new Set()).add(commit));
  for (const [repository, commits] of sets)
    if (commits.size > 1)
      refusals.push({
        code: 'not-found',
        what: `the newest images were built from different commits of ${repository}: ${found.map(({ image, commit }) => `${image.repository}:${image.tag} from ${commit.slice(0, 12)}`).join(', ')}`,
        next: 'wait until each of them is built of the newest commit, and run the same again',
      });
  return { found, refusals };
}

async function newestOf(
  delivery: Delivery,
  stage: Stage,
  supply: Supply,
  artifact: string,
  look: RegistryLook,
  sources: Ancestry,
): Promise<Found | Refusal> {
  const repository = registryRepositoryOf(delivery, artifact);
  const scheme = schemeOf(delivery, stage, artifact);
  try {
    let tags = await look.tagsOf(repository);
    let first: Refusal | undefined;
    for (let gone = 0; ; gone += 1) {
      const { tag, same } = await newestTag(scheme, tags, sources);
      if (tag === undefined) return first ?? noneLike(repository, describeScheme(scheme));
      const reference = `${repository}:${tag}`;
      if (same !== undefined)
        return {
          code: 'wrong-input',
          what: `${reference} and ${repository}:${same} are the same version, so that neither is the newest`,
          next: `name in artifacts.${artifact}.scheme what tells them apart`,
        };
      const commit = await look.revisionOf(reference);
      if (commit === undefined)
        return {
          code: 'unmerged',
          what: `${reference} does not say which commit it was built from, so that nothing says that it was tested`,
          next: 'have its builder write the label org.opencontainers.image.revision, as buildpacks say it by themselves',
        };
      const refusal = await refuseUntested(delivery, supply, { reference, commit }, sources);
      if (refusal === undefined) return { artifact, supply, image: { repository, tag }, commit };
      first ??= refusal;
      // Where branches are built that nobody merged, they go again, and what they left in the registry is nobody's to try.
      if (supply.buildsUnmerged !== true || gone === MOST_GONE) return first;
      tags = tags.filter((other) => other !== tag);
    }
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    return {
      code: codes[error.kind],
      what: `the newest of ${repository} cannot be found: ${error.message.replace(/^portolan: /, '')}`,
      next: 'do that, and run the same again',
    };
  }
}

const noneLike = (repository: string, looks: string): Refusal => ({
  code: 'not-found',
  what: `${repository} has no tag that is ${looks}`,
  next: 'look whether anything was built, and how the builder calls it',
});

const releaseOf = (found: readonly Found[]): Release => ({
  images: Object.fromEntries(found.map(({ artifact, image }) => [artifact, image])),
  ...asSources(Object.fromEntries(found.map(({ supply, commit }) => [supply.source, commit]))),
});
