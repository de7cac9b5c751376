import type { KubernetesObject } from '../../../model/application.ts';
import { textAt } from '../../../objects/fields-at.ts';
import { numberOf, valueAt } from '../../../objects/fields.ts';
import type { LiveApplication } from '../../live-application.ts';
import { commitIn, conditionOf, generationOf, isSuspended, type Condition } from './conditions.ts';

/** What a Kustomization says, in the words of every engine. */
export type Judged = Omit<LiveApplication, 'name' | 'ailments'>;

/**
 * What a Kustomization's status means.
 *
 * @param fetched - commit of the branch that lies ready for it. @default - nobody knows
 */
export function verdictOf(live: KubernetesObject, fetched?: string): Judged {
  const applied = commitIn(textAt(live, 'status', 'lastAppliedRevision'));
  const tried = commitIn(textAt(live, 'status', 'lastAttemptedRevision')) ?? applied;
  const ready = conditionOf(live, 'Ready');
  const at = (commit: string | undefined): Pick<Judged, 'revision'> =>
    commit === undefined ? {} : { revision: commit };
  const isSynced = (commit: string | undefined): 'Synced' | 'OutOfSync' =>
    commit !== undefined && commit === (fetched ?? commit) ? 'Synced' : 'OutOfSync';

  if (valueAt(live, 'metadata', 'deletionTimestamp') !== undefined)
    return {
      sync: 'Unknown',
      health: 'Unknown',
      ...at(applied),
      message: 'is being deleted, and what it applied with it',
    };
  if (isSuspended(live))
    return {
      sync: 'Unknown',
      health: 'Suspended',
      ...at(applied),
      message: `is suspended: nothing is applied, healed or judged; to go on: ${resumeLine(live)}`,
    };
  if (ready.status === 'True' && ready.isCurrent)
    return { sync: isSynced(applied), health: 'Healthy', ...at(applied), operation: 'Succeeded' };
  if (ready.status === 'False' && ready.isCurrent)
    return { ...failure(ready, tried === undefined ? 'OutOfSync' : isSynced(tried)), ...at(tried) };
  if (looksAgain(live, ready, tried, applied))
    return { sync: isSynced(applied), health: 'Healthy', ...at(applied), operation: 'Succeeded' };
  const { message, isCurrent } = conditionOf(live, 'Reconciling');
  const isApplied = isCurrent && message.startsWith('Running health checks');
  return {
    sync: isApplied ? isSynced(tried) : 'OutOfSync',
    health: 'Progressing',
    ...at(tried),
    operation: 'Running',
    ...(isCurrent && message !== '' ? { message } : {}),
  };
}

/**
 * Whether Flux only looks once more at a commit, and at the settings, that it called healthy the last time. It does so every minute or so,
 * and is not Ready meanwhile; what it said is what is known.
 */
function looksAgain(
  live: KubernetesObject,
  ready: Condition,
  tried: string | undefined,
  applied: string | undefined,
): boolean {
  return (
    ready.status === 'Unknown' &&
    applied !== undefined &&
    tried === applied &&
    numberOf(valueAt(live, 'status', 'observedGeneration')) === generationOf(live) &&
    textAt(live, 'status', 'history', 0, 'lastReconciledStatus') === 'ReconciliationSucceeded'
  );
}

/** What it means that a Kustomization is not Ready, by the reason that it gives. */
function failure({ reason, message }: Condition, sync: 'Synced' | 'OutOfSync'): Judged {
  switch (reason) {
    // Everything is applied. What only takes longer than it is waited for may still become healthy: Flux looks again and again.
    case 'HealthCheckFailed':
      return {
        sync,
        health: message.includes("status: 'Failed'") ? 'Degraded' : 'Progressing',
        operation: 'Succeeded',
        message,
      };
    case 'HealthCheckCanceled':
    case 'DependencyNotReady':
      return { sync: 'OutOfSync', health: 'Progressing', operation: 'Running', message };
    // What runs is what ran before, and nobody looked at it.
    default:
      return { sync: 'OutOfSync', health: 'Unknown', operation: 'Failed', message };
  }
}

/** The line that ends a suspension. */
export const resumeLine = ({ kind, metadata }: KubernetesObject): string =>
  `kubectl -n ${metadata.namespace ?? ''} patch ${kind.toLowerCase()} ${metadata.name} --type merge -p '{"spec":{"suspend":false}}'`;
