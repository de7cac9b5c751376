import type { k8s } from 'cdk8s-plus-28';
import { progressDeadlineOf } from '../../model/pods/progress-deadline.ts';
import type { Service } from '../../model/service.ts';
import type { Place } from '../place.ts';
import { intOrString } from '../pod/probe.ts';
import { present } from '../present.ts';

/** What Kubernetes does itself where a rolling update says nothing. */
const usualShare = '25%';

/** How a Deployment replaces its pods, and when it gives up. */
export function deploymentRollout(place: Place, service: Service): Partial<k8s.DeploymentSpec> {
  return {
    strategy: strategyOf(place, service),
    ...revisionsOf(service),
    progressDeadlineSeconds: progressDeadlineOf(service),
  };
}

/** When a new pod counts, and how many old revisions are kept; every workload has the two. */
export const revisionsOf = ({
  rollout,
}: Service): { readonly minReadySeconds?: number; readonly revisionHistoryLimit?: number } =>
  present({ minReadySeconds: rollout?.minReadySeconds, revisionHistoryLimit: rollout?.revisionHistoryLimit });

/** What a rolling update is told; nothing where the service leaves both to Kubernetes. */
export function rollingUpdateOf({
  rollout,
}: Service): { readonly maxSurge?: k8s.IntOrString; readonly maxUnavailable?: k8s.IntOrString } | undefined {
  const { maxSurge, maxUnavailable } = rollout ?? {};
  if (maxSurge === undefined && maxUnavailable === undefined) return undefined;
  return present({
    maxSurge: maxSurge === undefined ? undefined : intOrString(maxSurge),
    maxUnavailable: maxUnavailable === undefined ? undefined : intOrString(maxUnavailable),
  });
}

function strategyOf(place: Place, service: Service): k8s.DeploymentStrategy {
  const type = service.strategy ?? (keepsItsVolume(place, service) ? 'Recreate' : 'RollingUpdate');
  if (type === 'Recreate') return { type };
  const said = rollingUpdateOf(service);
  if (place.marks.writesDefaults !== true) return said === undefined ? { type } : { type, rollingUpdate: said };
  const usual = intOrString(usualShare);
  return { type, rollingUpdate: { maxSurge: usual, maxUnavailable: usual, ...said } };
}

/** Whether only pods of one node may have one of its volumes, so that a new pod must wait for the old one to let go. */
function keepsItsVolume(place: Place, service: Service): boolean {
  const path = place.pathOf(service.name);
  return (service.volumes ?? []).some(
    (volume) =>
      volume.kind === 'claim' &&
      place.claim(volume.claim, `${path}.volumes.${volume.name}`).accessMode !== 'ReadWriteMany',
  );
}
