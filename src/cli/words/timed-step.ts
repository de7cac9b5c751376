import type { AnyEngine } from '../../engines/engine.ts';
import type { KubernetesObject } from '../../model/application.ts';
import type { OrderStep } from '../../engines/order-step.ts';

/** Objects that a step names; of more the number is said. */
const mostNamed = 5;

/**
 * A step of the order with the time that it has come to, as a sentence. What waits until a kind is pruned waits no more once none of the
 * watched objects looks after an object of it. One that looks after nothing at all was never compared, and says nothing of it.
 *
 * @param watched - what the engine is watched by in the environment, as the cluster has it
 */
export function timedStep(
  { when, message, prunes }: OrderStep,
  watched: readonly KubernetesObject[],
  { title, looksAfter }: Pick<AnyEngine, 'title' | 'looksAfter'>,
): string {
  if (when === 'before') return `now: ${message}`;
  const tracked = watched.map(looksAfter);
  if (prunes === undefined || tracked.length === 0 || tracked.some(({ length }) => length === 0))
    return `once it is pruned: ${message}`;
  const left = tracked
    .flat()
    .filter(({ group, kind }) => group === prunes.group && kind === prunes.kind)
    .map(({ kind, name }) => `${kind}/${name}`);
  if (left.length === 0) {
    const kind = [prunes.kind, prunes.group].filter((part) => part !== '').join('.');
    return `now: ${title} tracks nothing of ${kind} any more, and ${prunes.then}`;
  }
  const more = left.length > mostNamed ? ` and ${left.length - mostNamed} more` : '';
  return `once it is pruned: ${message}; ${title} still tracks ${left.slice(0, mostNamed).join(', ')}${more}`;
}
