import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import type { Trigger } from '../../supply.ts';
import { triggersIn } from '../place.ts';

/** What an outsider could send, if the trigger accepts something from outside and asks for no proof. */
function unproven(trigger: Trigger): string | undefined {
  const proof: string | undefined = 'authentication' in trigger ? trigger.authentication : undefined;
  if (trigger.on === 'manual' || trigger.on === 'schedule' || proof !== undefined) return undefined;
  if (trigger.on === 'dispatch') return 'dispatch';
  return trigger.by === 'webhook' || trigger.by === 'event' ? trigger.by : undefined;
}

const message = (what: string): string =>
  `anybody could send this ${what}; write the credential that it proves itself with as authentication`;

/** Whatever starts a move from outside proves who it is. */
export const authenticTriggers = (delivery: Delivery): readonly Problem[] => [
  ...triggersIn(delivery).flatMap(({ path, trigger }) => {
    const what = unproven(trigger);
    return what === undefined ? [] : [{ path, message: message(what) }];
  }),
  ...delivery.supplies.flatMap(({ name, discovery }) =>
    discovery.kind === 'registryWebhook' && discovery.authentication === undefined
      ? [{ path: `supplies.${name}.discovery`, message: message('webhook') }]
      : [],
  ),
];
