import type { Environment } from '../../model/environment.ts';
import { releaseId } from '../../model/release.ts';
import { completeBranch, renderBranch } from '../branch/branch-files.ts';
import type { LostBranch } from '../branch/lost-branch.ts';
import { changeBy, clockTime, type OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { programRecord, refuseOlderProgram, refuseUnmerged } from '../program/refuse-program.ts';
import { initialApplications } from '../publish/initial-applications.ts';
import { wholeRelease, type ReleaseRecord } from '../release/release-record.ts';
import type { Attempt } from '../write/land.ts';
import { writeFiles } from '../write/write-files.ts';
import type { Prepared } from '../written/written.ts';
import type { RollbackOptions } from './rollback-options.ts';

/**
 * Goes back where no state of the branch can be believed: to the first release that the program names, rendered by this program, and held. It is the
 * one state that is known, and says so.
 *
 * @throws OpsError when a state is asked for by name, the program names no first release, or the write is refused
 */
export async function toFirstRelease(
  context: OpsContext,
  options: RollbackOptions,
  environment: Environment,
  state: LostBranch,
): Promise<Attempt<Prepared>> {
  const { delivery, program, repository, requester } = context;
  const { name } = environment;
  const failed = `${name} was not rolled back`;
  if (options.to !== undefined)
    throw new OpsError(failed, [
      {
        code: 'not-found',
        what: `no state of ${name} can be believed, and so not ${options.to}`,
        next: `npx portolan promote ${name} … --discard-edits brings a release in; without --to, the first release that the program names comes back`,
      },
    ]);
  const applications = initialApplications(delivery, environment, failed, 'no state of the branch can be believed');
  const release = wholeRelease(applications);
  const record: ReleaseRecord = {
    environment: name,
    applications,
    program: programRecord(program),
    origin: { kind: 'initial' },
    change: {
      ...changeBy(context, 'rollback'),
      ...(options.emergency === undefined ? {} : { emergency: options.emergency }),
    },
    // What was taken away is not known, so that only a person may end it.
    holds: [
      {
        kind: 'manual',
        reason: options.reason ?? options.emergency ?? 'rolled back',
        by: requester.actor,
        since: clockTime(context),
      },
    ],
  };
  context.onStep?.({ name: 'render', environment: name });
  return writeFiles(context, {
    environment: name,
    state,
    next: completeBranch(delivery.name, await renderBranch(context, environment, release), record),
    record,
    subject: `Roll ${name} back to its first release, ${releaseId(release)}`,
    failed,
    isUnchanged: false,
    refuse: async () => [
      ...(await refuseUnmerged(program, repository.isLocal, options)),
      ...(await refuseOlderProgram(program, {}, options)),
    ],
    allowances: options,
  });
}
