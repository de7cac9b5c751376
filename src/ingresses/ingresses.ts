import type { CarriedWord } from '../model/carried-out/carrier.ts';
import type { ingresses as words } from '../model/carried-out/surroundings.ts';
import type { IngressPlugin } from './ingress.ts';
import { traefik } from './traefik/traefik.ts';

/** Programs that let traffic into a cluster: one without an entry does not compile. */
export const ingresses = { traefik } satisfies { readonly [Kind in CarriedWord<typeof words>]: IngressPlugin<Kind> };

/** Every one of them, in the order of the table. */
export const everyIngress: readonly IngressPlugin[] = Object.values(ingresses);
