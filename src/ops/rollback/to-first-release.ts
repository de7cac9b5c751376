import { nameOf, typed, type Unit } from '../../model/derived/units.ts';
import { completeBranch, renderBranch } from '../branch/branch-files.ts';
import type { LostBranch } from '../branch/lost-branch.ts';
import { changeBy, clockTime, type OpsContext } from '../ops-context.ts';
import { OpsError } from '../ops-error.ts';
import { programRecord, refuseOlderProgram, refuseUnmerged } from '../program/refuse-program.ts';
import { initialApplications } from '../publish/initial-applications.ts';
import { recordedId, wholeRelease, type ReleaseRecord } from '../release/release-record.ts';
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
  unit: Unit,
  state: LostBranch,
): Promise<Attempt<Prepared>> {
  const { delivery, program, repository, requester } = context;
  const name = nameOf(unit);
  const failed = `${name} was not rolled back`;
  if (options.to !== undefined)
    throw new OpsError(failed, [
      {
        code: 'not-found',
        what: `no state of ${name} can be believed, and so not ${options.to}`,
        next: `npx portolan promote ${typed(unit)} … --discard-edits brings a release in; without --to, the first release that the program names comes back`,
      },
    ]);
  const applications = initialApplications(delivery, unit, failed, 'no state of the branch can be believed');
  const record: ReleaseRecord = {
    environment: unit.environment,
    applications,
    program: programRecord(program),
    origin: { kind: 'initial' },
    change: {
      ...changeBy(context, unit, 'rollback'),
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
  context.onStep?.({ name: 'render', environment: unit.environment });
  return writeFiles(context, {
    unit,
    state,
    next: completeBranch(delivery.name, await renderBranch(context, unit, wholeRelease(applications)), record),
    record,
    subject: `Roll ${name} back to its first release, ${recordedId(record)}`,
    failed,
    isUnchanged: false,
    refuse: async () => [
      ...(await refuseUnmerged(program, repository.isLocal, options)),
      ...(await refuseOlderProgram(program, {}, options)),
    ],
    allowances: options,
  });
}
