import type { BackupJob } from '../../databases/database.ts';
import { databases } from '../../databases/databases.ts';
import type { Environment } from '../../model/environment.ts';
import { longestGapHours } from '../../model/formats/cron.ts';
import type { Cluster, LiveObject } from '../../clients/kubernetes/cluster.ts';
import { fieldAt, listAt, textAt } from '../../objects/fields-at.ts';
import type { Ailment } from '../../engines/ailment.ts';
import { timeAt } from './time-of.ts';

const hour = 3_600_000;
/** Milliseconds that a run may be late, or take to be ended, before it is told. */
const patience = hour / 4;

/** The CronJobs on which the backups of an environment rest, as each database program says. */
const backupJobsOf = (environment: Environment): readonly BackupJob[] =>
  environment.applications
    .flatMap((application) => application.databases ?? [])
    .flatMap((database) => databases[database.kind].backupJobs(environment, database));

/** Backups that are suspended, hang, never succeeded, or did not lately. An engine calls all of these Healthy. */
export async function ailingBackups(
  cluster: Cluster,
  environment: Environment,
  now: number,
): Promise<readonly Ailment[]> {
  const wanted = backupJobsOf(environment);
  if (wanted.length === 0) return [];
  const { namespace } = environment;
  const [cronJobs, jobs] = await Promise.all([
    cluster.list('batch/v1', 'CronJob', namespace),
    cluster.list('batch/v1', 'Job', namespace),
  ]);
  const kubectl = `kubectl --context ${cluster.context} -n ${namespace}`;
  return wanted.flatMap((job): readonly Ailment[] => {
    const live = cronJobs.find(({ metadata }) => metadata.name === job.name);
    return live === undefined ? [] : ailmentsOf(live, job, jobs, { now, kubectl });
  });
}

function ailmentsOf(
  live: LiveObject,
  { name, schedule, without }: BackupJob,
  jobs: readonly LiveObject[],
  { now, kubectl }: { readonly now: number; readonly kubectl: string },
): readonly Ailment[] {
  const object = `CronJob/${name}`;
  if (fieldAt(live, 'spec', 'suspend') === true)
    return [
      {
        object,
        message: `is suspended: ${without}`,
        next: `${kubectl} patch cronjob ${name} -p '{"spec":{"suspend":false}}'`,
      },
    ];
  const gap = longestGapHours(schedule) * hour;
  const hanging = jobs.find((job) => isOf(job, name) && isHanging(job, gap, now));
  if (hanging !== undefined)
    return [
      {
        object,
        message: `its job ${hanging.metadata.name} runs since ${ago(now - startOf(hanging))} and does not end: ${without} meanwhile`,
        next: `${kubectl} describe job ${hanging.metadata.name}`,
      },
    ];
  const succeeded = timeAt(live, 'status', 'lastSuccessfulTime');
  const since = succeeded ?? timeAt(live, 'metadata', 'creationTimestamp');
  if (since === undefined || now - since <= gap + patience) return [];
  return [
    {
      object,
      message:
        succeeded === undefined
          ? `never succeeded, in ${ago(now - since)}: ${without}`
          : `did not succeed for ${ago(now - since)}, though it is due every ${ago(gap)}: ${without}`,
      next: `${kubectl} describe cronjob ${name}`,
    },
  ];
}

const isOf = (job: LiveObject, cronJob: string): boolean =>
  listAt(job, 'metadata', 'ownerReferences').some(
    (owner) => textAt(owner, 'kind') === 'CronJob' && textAt(owner, 'name') === cronJob,
  );

/** When a job began; one whose pod never came has no start. */
const startOf = (job: LiveObject): number =>
  timeAt(job, 'status', 'startTime') ?? timeAt(job, 'metadata', 'creationTimestamp') ?? Number.NaN;

/** Whether a job should have been ended, by its own deadline, or by the next run that waits for it. */
function isHanging(job: LiveObject, gap: number, now: number): boolean {
  const ended = listAt(job, 'status', 'conditions').some(
    (condition) => ['Complete', 'Failed'].includes(textAt(condition, 'type')) && textAt(condition, 'status') === 'True',
  );
  const seconds = fieldAt(job, 'spec', 'activeDeadlineSeconds');
  const most = typeof seconds === 'number' ? Math.min(seconds * 1000, gap) : gap;
  return !ended && now - startOf(job) > most + patience;
}

/** A duration in the largest unit that says enough, e.g. `26 hours`. */
function ago(milliseconds: number): string {
  const [minutes, hours] = [Math.round(milliseconds / 60_000), Math.round(milliseconds / hour)];
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return minutes >= 120 ? `${hours} hours` : `${minutes} minutes`;
}
