import { listAt, textAt } from '../../objects/fields-at.ts';
import type { KubernetesObject } from '../../model/application.ts';
import type { OrderStep } from '../../engines/order-step.ts';

/** Objects that a step names; of more the number is said. */
const mostNamed = 5;

/**
 * A step of the order with the time that it has come to, as a sentence. What waits until a kind is pruned waits no more once no Application
 * tracks an object of it. One that tracks nothing at all was never compared, and says nothing of it.
 *
 * @param applications - of the environment, as the cluster has them
 */
export function timedStep({ when, message, prunes }: OrderStep, applications: readonly KubernetesObject[]): string {
  if (when === 'before') return `now: ${message}`;
  const tracked = applications.map((application) => listAt(application, 'status', 'resources'));
  if (prunes === undefined || tracked.length === 0 || tracked.some(({ length }) => length === 0))
    return `once it is pruned: ${message}`;
  const left = tracked
    .flat()
    .filter((one) => textAt(one, 'group') === prunes.group && textAt(one, 'kind') === prunes.kind)
    .map((one) => `${prunes.kind}/${textAt(one, 'name')}`);
  if (left.length === 0) {
    const kind = [prunes.kind, prunes.group].filter((part) => part !== '').join('.');
    return `now: Argo CD tracks nothing of ${kind} any more, and the AppProject may stop allowing it`;
  }
  const more = left.length > mostNamed ? ` and ${left.length - mostNamed} more` : '';
  return `once it is pruned: ${message}; Argo CD still tracks ${left.slice(0, mostNamed).join(', ')}${more}`;
}
