import type { IngressPlugin } from './ingress.ts';
import { traefik } from './traefik/traefik.ts';

/** Programs that let traffic in. */
export type IngressKind = 'traefik';

/** Programs that let traffic into a cluster: one without an entry does not compile. */
export const ingresses = { traefik } satisfies { readonly [Kind in IngressKind]: IngressPlugin<Kind> };

/** Every one of them, in the order of the table. */
export const everyIngress: readonly IngressPlugin[] = Object.values(ingresses);
