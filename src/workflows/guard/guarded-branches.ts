import { createHash } from 'node:crypto';
import type { Delivery } from '../../model/delivery.ts';
import { repositoryAddress } from '../../model/formats/repository-address.ts';
import { publicGitHub } from '../../model/formats/host.ts';
import { promotionBranch } from '../../model/names.ts';
import { stagesOf, unitsOf, type Unit } from '../../model/derived/units.ts';
import { promotionIdentity } from '../../model/derived/promotion-identity.ts';
import type { Repository } from '../../model/repository.ts';
import { writeMode, type Stage } from '../../model/stage.ts';
import { promoterOf } from '../../promoters/promoters.ts';

/** What a pull request to one branch may be like. */
export interface GuardedBranch {
  /** Name at GitHub of the app that promotes, as an author of pull requests. @default - only people open them */
  readonly promoter?: string;
  /** Whether somebody else than the program moves fields of it, and may propose that. @default false */
  readonly moves?: true;
  /** How the branches of pull requests start that a run of the program made. */
  readonly prefix: string;
  /** Files below `.github/` as the program renders them: the id of each one's content at Git. */
  readonly files: Readonly<Record<string, string>>;
}

/** Whether the promoter of a stage moves fields of its branch by itself. */
export type MovesItself = (stage: Stage) => boolean;

/** As the table of promoters has it. */
const inTable: MovesItself = (stage) => promoterOf(stage)?.moves !== undefined;

/** Workflow files that the program renders to a unit's branch, by path. */
export type FilesOf = (unit: Unit) => ReadonlyMap<string, string>;

/**
 * Units whose branch in a repository takes pull requests alone. On github.com only: an older GitHub Enterprise server takes the
 * workflow from the branch that the pull request goes to, where it is not.
 */
const guardedUnits = (delivery: Delivery, ops: Repository): readonly Unit[] =>
  repositoryAddress(ops.url)?.host === publicGitHub
    ? unitsOf(delivery).filter(
        (unit) =>
          unit.repository === ops.name && stagesOf(delivery, unit).some((stage) => writeMode(stage) === 'pullRequest'),
      )
    : [];

/** Every branch of a repository that is guarded, by its name. */
export function guardedBranches(
  delivery: Delivery,
  ops: Repository,
  filesOf: FilesOf,
  movesItself: MovesItself = inTable,
): Readonly<Record<string, GuardedBranch>> {
  return Object.fromEntries(
    guardedUnits(delivery, ops).map((unit) => {
      const promoter = promotionIdentity(delivery, unit);
      const slug = delivery.actors.find((actor) => actor.name === promoter)?.slug ?? promoter;
      const files = [...filesOf(unit)].map(([path, text]) => [path, blobId(text)]);
      return [
        unit.branch,
        {
          ...(slug === undefined ? {} : { promoter: `${slug}[bot]` }),
          ...(unit.stage !== undefined && movesItself(unit.stage) ? { moves: true as const } : {}),
          prefix: promotionBranch(unit.environment, '', unit.application),
          files: Object.fromEntries(files) as Readonly<Record<string, string>>,
        },
      ];
    }),
  );
}

/** The id that Git gives a file's content. */
function blobId(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
