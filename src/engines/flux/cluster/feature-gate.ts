import type { KubernetesObject } from '../../../model/application.ts';
import { itemsOf, textOf, textsOf, valueAt } from '../../../objects/fields.ts';

/** Without it a newer commit waits until the health of the one before is known. */
export const cancelOnNewRevision = 'CancelHealthCheckOnNewRevision';

/** Words that the controller takes for "on". */
const on: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);

/** The container of a controller: Flux calls it `manager`. */
function managerOf(deployment: KubernetesObject): { readonly index: number; readonly args: readonly string[] } {
  const containers = itemsOf(valueAt(deployment['spec'], 'template', 'spec', 'containers'));
  const found = containers.findIndex((container) => textOf(valueAt(container, 'name')) === 'manager');
  const index = Math.max(found, 0);
  const container = containers[index];
  return { index, args: [...textsOf(valueAt(container, 'command')), ...textsOf(valueAt(container, 'args'))] };
}

/** Whether a controller runs with a feature gate on; of several answers the last one holds. */
export function hasGate(deployment: KubernetesObject, gate: string): boolean {
  const { args } = managerOf(deployment);
  const answers = args
    .flatMap((arg, i) => {
      const given = /^--?feature-gates(?:=(.*))?$/s.exec(arg);
      return given === null ? [] : (given[1] ?? args[i + 1] ?? '').split(',');
    })
    .flatMap((pair) => {
      const [name = '', value = ''] = pair.split('=').map((text) => text.trim());
      return name === gate ? [value] : [];
    });
  return on.has(answers.at(-1) ?? '');
}

/** What `kubectl patch --type json` is told to turn a feature gate of a controller on. */
export function gatePatch(deployment: KubernetesObject, gate: string): string {
  const { index } = managerOf(deployment);
  const containers = itemsOf(valueAt(deployment['spec'], 'template', 'spec', 'containers'));
  const value = `--feature-gates=${gate}=true`;
  const path = `/spec/template/spec/containers/${index}/args`;
  const isList = valueAt(containers[index], 'args') !== undefined;
  return JSON.stringify([{ op: 'add', ...(isList ? { path: `${path}/-`, value } : { path, value: [value] }) }]);
}
