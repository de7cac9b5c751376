import type { Application } from '../model/application.ts';
import { engineOf, usualEngine } from '../engines/engines.ts';
import type { LiveApplication } from '../engines/live-application.ts';
import { unitOf } from '../model/derived/units.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import { unlessForbidden, type Cluster } from '../clients/kubernetes/cluster.ts';
import type { Ailment } from '../engines/ailment.ts';
import { readBeside } from './live/beside.ts';
import { ailingBackups } from './live/ailing-backups.ts';
import { failedJobs } from './live/failed-jobs.ts';
import { stalledDeployments, stuckPods } from './live/stuck-workloads.ts';

/** Which environment, and the ops repository that it is to follow. */
export interface LiveQuestion {
  readonly delivery: Delivery;
  readonly environment: Environment;
  /** https URL of the ops repository. */
  readonly opsRepository: string;
  /** Milliseconds since 1970. @default Date.now() */
  readonly now?: number;
}

/**
 * Reads what the engine says of an environment, and what it is told not to judge: failed jobs, backups, pods that a rollback does not free. An
 * application that follows something else has nothing to say of the environment: `Unknown`, and what it follows. What this account may not
 * ask is said where the answer would stand.
 *
 * @throws ClusterError when the cluster cannot be asked at all
 */
export async function readLiveState(cluster: Cluster, question: LiveQuestion): Promise<readonly LiveApplication[]> {
  const { environment, now = Date.now() } = question;
  const looks: readonly (readonly [what: string, look: () => Promise<readonly Ailment[]>])[] = [
    ['the jobs', () => failedJobs(cluster, environment)],
    ['the backups', () => ailingBackups(cluster, environment, now)],
    ['the Deployments', () => stalledDeployments(cluster, environment)],
    ['the pods', () => stuckPods(cluster, environment)],
  ];
  const found = await Promise.all(
    looks.map(([what, look]) =>
      unlessForbidden(look, (why) => [{ object: what, message: `cannot be looked at: ${why}` }]),
    ),
  );
  const live = environment.applications.map((application, i) =>
    unlessForbidden(
      () => readApplication(cluster, question, application, i === 0 ? found.flat() : []),
      (why): LiveApplication => ({
        name: (engineOf(question.delivery, environment.name) ?? usualEngine).watches(question, application).name,
        sync: 'Unknown',
        health: 'Unknown',
        message: why,
        ailments: i === 0 ? found.flat() : [],
      }),
    ),
  );
  return Promise.all(live);
}

async function readApplication(
  cluster: Cluster,
  question: LiveQuestion,
  application: Application,
  others: readonly Ailment[],
): Promise<LiveApplication> {
  const { delivery, environment } = question;
  const engine = engineOf(delivery, environment.name) ?? usualEngine;
  const { apiVersion, kind, name, namespace } = engine.watches(question, application);
  const mend = `pulumi up --stack ${environment.name}, or apply bootstrap/ of the branch ${unitOf(delivery, { environment: environment.name }).branch}`;
  const live = await cluster.read(apiVersion, kind, name, namespace);
  const beside = await readBeside(cluster, engine.beside(question, application));
  const judged = engine.judge(question, application, live, mend, beside.there);
  return { ...judged, ailments: [...judged.ailments, ...beside.hidden, ...others] };
}
