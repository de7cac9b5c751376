import { isApplied } from '../../engines/engines.ts';
import { environmentOf } from '../../model/delivery.ts';
import { environmentBranch } from '../../model/names.ts';
import { releaseId } from '../../model/release.ts';
import { changesTo, straysOf } from '../branch/branch-difference.ts';
import { completeBranch, renderBranch } from '../branch/branch-files.ts';
import { readBranch } from '../branch/branch-state.ts';
import type { OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { wholeRelease } from '../release/release-record.ts';

/** Which state of an environment is looked at. */
export interface VerifyOptions {
  readonly environment: string;
  /** Commit of the ops repository, e.g. the head of a pull request. @default - the branch's tip */
  readonly revision?: string;
}

/** Whether a branch holds what the program renders. */
export interface BranchVerification {
  readonly environment: string;
  readonly commit: string;
  readonly release: string;
  /** Commit of the program that the release names. @default - not known */
  readonly program?: string;
  /** Whether this program is the one that the release names, with nothing uncommitted. */
  readonly sameProgram: boolean;
  /** Files that a fresh rendering would make differently. */
  readonly differing: readonly string[];
  /** Files that this program never wrote. */
  readonly strays: readonly string[];
  /** Those of them that the engine brings into the cluster. */
  readonly applied: readonly string[];
}

/**
 * Renders the release that a branch records, with this program, compares every file of ours, and looks for others.
 *
 * @throws OpsError when there is no such branch, or it is not ours
 */
export async function verify(
  context: OpsContext,
  { environment: name, revision }: VerifyOptions,
): Promise<BranchVerification> {
  const environment = environmentOf(context.delivery, name);
  const { repository, program } = context;
  const state = await readBranch(
    repository,
    context.delivery,
    name,
    revision ?? (await repository.tip(environmentBranch(name))),
  );
  if (state.kind !== 'ours') {
    throw new OpsError(`${name} cannot be verified`, [
      { code: 'no-branch', what: `${environmentBranch(name)} holds nothing yet`, next: `npx portolan publish ${name}` },
    ]);
  }
  const release = wholeRelease(state.record.applications);
  const content = await renderBranch(context, environment, release);
  const { files } = completeBranch(context.delivery.name, content, state.record, state);
  const recorded = state.record.program.commit;
  const strays = straysOf(state);
  return {
    environment: name,
    commit: state.tip,
    release: releaseId(release),
    ...(recorded === undefined ? {} : { program: recorded }),
    sameProgram: recorded !== undefined && recorded === program.commit && !program.uncommitted,
    differing: [...changesTo(state, files).keys()].sort(),
    strays,
    applied: strays.filter((path) => isApplied(context.delivery, environment, path)),
  };
}
