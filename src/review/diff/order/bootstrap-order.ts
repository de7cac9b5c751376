import type { KubernetesObject } from '../../../model/application.ts';
import { everyEngine } from '../../../engines/engines.ts';
import type { OrderStep } from '../../../engines/order-step.ts';
import { leavingEngines, letsGo } from './engine-change.ts';
import { redactText } from '../redact.ts';

/**
 * What of `bootstrap/` comes before a change of the branch, and what after it, in this order, as the engines say. Secrets are hidden,
 * and a line that would show one is left out.
 *
 * @param before - everything the branch holds, or the cluster
 * @param after - everything it is to hold
 */
export function bootstrapOrder(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): readonly OrderStep[] {
  const leaving = leavingEngines(before, after);
  const steps = [
    ...leaving.flatMap((engine) => letsGo(before, engine)),
    ...everyEngine.filter((engine) => !leaving.includes(engine)).flatMap((engine) => engine.order(before, after)),
  ].map(withoutSecrets);
  return [...steps.filter(({ when }) => when === 'before'), ...steps.filter(({ when }) => when === 'after')];
}

function withoutSecrets({ command, hurts, ...step }: OrderStep): OrderStep {
  return {
    ...step,
    message: redactText(step.message),
    ...(command === undefined || redactText(command) !== command ? {} : { command }),
    ...(hurts === undefined ? {} : { hurts: redactText(hurts) }),
  };
}
