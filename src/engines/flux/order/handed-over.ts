import type { KubernetesObject } from '../../../model/application.ts';
import { numberOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { OrderStep } from '../../order-step.ts';

/**
 * Workloads whose number of pods leaves the branch because an autoscaler chooses it. Flux applies on the server's side, where a field that
 * its only owner says no more is set back to its default: 6 pods become 1. Another owner that says the same keeps it, until the autoscaler
 * changes it.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#transferring-ownership
 */
export function handedOver(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): readonly OrderStep[] {
  const earlier = new Map(before.map((object) => [keyOf(object), object]));
  const scaled = new Set(after.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map(targetOf));
  return after.flatMap((object): readonly OrderStep[] => {
    if (!scaled.has(keyOf(object))) return [];
    const old = earlier.get(keyOf(object));
    const replicas = old === undefined ? undefined : numberOf(valueAt(old, 'spec', 'replicas'));
    if (replicas === undefined || replicas <= 1 || valueAt(object, 'spec', 'replicas') !== undefined) return [];
    const name = `${object.kind}/${object.metadata.name}`;
    return [
      {
        when: 'before',
        object: name,
        message: `spec.replicas of ${name} must have an owner of its own before it leaves the branch`,
        command: applyLine(object, replicas),
        hurts: `Flux would take spec.replicas of ${name} away: from ${replicas} to 1 pod, until its autoscaler acts`,
        isOfBranch: true,
      },
    ];
  });
}

const keyOf = ({ kind, metadata }: KubernetesObject): string => `${metadata.namespace ?? ''}/${kind}/${metadata.name}`;

const targetOf = (autoscaler: KubernetesObject): string => {
  const target = (field: string): string => textOf(valueAt(autoscaler, 'spec', 'scaleTargetRef', field)) ?? '';
  return `${autoscaler.metadata.namespace ?? ''}/${target('kind')}/${target('name')}`;
};

/** The line that says the number once more, under another owner's name. */
function applyLine({ apiVersion, kind, metadata }: KubernetesObject, replicas: number): string {
  const said = JSON.stringify({ apiVersion, kind, metadata: { name: metadata.name }, spec: { replicas } });
  return `echo '${said}' | kubectl -n ${metadata.namespace ?? 'default'} apply --server-side --field-manager=autoscaler -f -`;
}
