import type { Delivery } from '../../delivery.ts';
import { listenerOf } from '../../derived/looks/told-look.ts';
import type { Listener } from '../../network/listener.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';

/** A listener of Tekton's, whose it is, and where it is said. */
interface ListenerPlace {
  readonly owner: string;
  readonly path: string;
  readonly listener: Listener;
}

/** Every listener of a delivery: of pushes that build, and of registries that tell. */
const listenersIn = (delivery: Delivery): readonly ListenerPlace[] => [
  ...delivery.supplies.flatMap(({ name, builder }) =>
    builder.kind === 'tekton'
      ? [{ owner: `supplies.${name}`, path: `supplies.${name}.builder.listener`, listener: builder.listener }]
      : [],
  ),
  ...delivery.stages.flatMap((stage) => {
    const listener = listenerOf(stage);
    const owner = stagePath(stage);
    return listener === undefined ? [] : [{ owner, path: `${owner}.promoter.listener`, listener }];
  }),
];

/** A listener is reached over HTTPS, at an address that is no other one's. */
export function listenerAddresses(delivery: Delivery): readonly Problem[] {
  const all = listenersIn(delivery);
  return all.flatMap(({ path, listener: { address: given } }, i) => {
    const other = all.slice(0, i).find((it) => it.listener.address === given);
    return [
      ...(isPlain(given)
        ? []
        : [
            {
              path: `${path}.address`,
              message: 'must be https, a host and a path, and no more, e.g. "https://hooks.acme.example/cats"',
              given,
            },
          ]),
      ...(other === undefined
        ? []
        : [
            {
              path: `${path}.address`,
              message: `is that of ${other.owner}, whose listener would be told; give each a path of its own`,
              given,
            },
          ]),
    ];
  });
}

/** Whether an address is a scheme, a host and a path, which an Ingress can lead from. */
function isPlain(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, port, username, search, hash } = new URL(text);
  return protocol === 'https:' && [port, username, search, hash].every((part) => part === '');
}
