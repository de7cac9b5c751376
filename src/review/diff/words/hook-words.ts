import { itemsOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { Say } from '../../../objects/change/phrase.ts';

/** Words for what is done beside a container's program, e.g. `before the stop waits 5 s`. */
export const hooked =
  (when: string): Say =>
  ({ before, after }) => {
    const [left, right] = [actionWords(before), actionWords(after)];
    if (after === undefined) return `${when} no longer ${left}`;
    return before === undefined ? `${when} ${right}` : `${when} ${right}, and no longer ${left}`;
  };

/** Words for both hooks of a container, where it had none or keeps none. */
export const lifecycleHooks: Say = (wording) => {
  const hook = (name: string, when: string): string | undefined => {
    const [before, after] = [valueAt(wording.before, name), valueAt(wording.after, name)];
    return before === undefined && after === undefined ? undefined : hooked(when)({ ...wording, before, after });
  };
  return [hook('postStart', 'after the start'), hook('preStop', 'before the stop')]
    .filter((it) => it !== undefined)
    .join('; ');
};

function actionWords(action: unknown): string {
  const seconds = valueAt(action, 'sleep', 'seconds');
  if (typeof seconds === 'number') return `waits ${seconds} s`;
  const path = textOf(valueAt(action, 'httpGet', 'path'));
  if (path !== undefined) return `asks for ${path}`;
  const command = itemsOf(valueAt(action, 'exec', 'command')).flatMap((word) => textOf(word) ?? []);
  return command.length === 0 ? 'does something' : `runs ${command[0] ?? ''}`;
}
