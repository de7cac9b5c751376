import type { Environment } from '../../model/environment.ts';
import type { Cluster, LiveObject } from '../../clients/kubernetes/cluster.ts';
import { listAt, textAt } from '../../objects/fields-at.ts';
import type { Ailment } from '../../engines/ailment.ts';
import { listIn } from './list-in.ts';
import { timeAt } from './time-of.ts';

/** The newest job of each CronJob, where it failed. */
export async function failedJobs(cluster: Cluster, environment: Environment): Promise<readonly Ailment[]> {
  const jobs = await listIn(cluster, 'batch/v1', 'Job', environment);
  const newest = new Map<string, LiveObject>();
  for (const job of jobs) {
    const owner = textAt(job, 'metadata', 'ownerReferences', 0, 'name');
    const known = newest.get(owner);
    if (owner !== '' && (known === undefined || createdAt(job) > createdAt(known))) newest.set(owner, job);
  }
  return [...newest].flatMap(([owner, job]): Ailment[] => {
    const failure = listAt(job, 'status', 'conditions').find(
      (condition) => textAt(condition, 'type') === 'Failed' && textAt(condition, 'status') === 'True',
    );
    if (failure === undefined) return [];
    const next = `kubectl --context ${cluster.context} -n ${job.metadata.namespace ?? environment.namespace} logs job/${job.metadata.name}`;
    return [
      {
        object: `CronJob/${owner}`,
        message: `its last job failed: ${textAt(failure, 'message') || textAt(failure, 'reason')}`,
        next,
      },
    ];
  });
}

const createdAt = (job: LiveObject): number => timeAt(job, 'metadata', 'creationTimestamp') ?? 0;
