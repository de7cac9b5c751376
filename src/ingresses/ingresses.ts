import type { CarriedWord } from '../model/carried-out/carrier.ts';
import type { ingresses as words } from '../model/carried-out/surroundings.ts';
import type { Environment } from '../model/environment.ts';
import type { IngressPlugin } from './ingress.ts';
import type { RenderedObject } from '../objects/rendered-object.ts';
import { serviceReferences, type ServiceReference } from '../objects/traffic/service-references.ts';
import { gateway } from './gateway/gateway.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';
import { traefik } from './traefik/traefik.ts';

/** Programs that let traffic into a cluster: one without an entry does not compile. */
export const ingresses = { kubernetes, traefik, gateway } satisfies {
  readonly [Kind in CarriedWord<typeof words>]: IngressPlugin<Kind>;
};

/** What lets traffic into an environment. */
export const ingressOf = ({ ingress }: Environment): IngressPlugin => ingresses[ingress?.kind ?? 'traefik'];

/** Every one of them, in the order of the table. */
export const everyIngress: readonly IngressPlugin[] = Object.values(ingresses);

/** Every Service that an object of any kind names, outside of pod templates. */
export const servicesNamedBy = (rendered: RenderedObject): readonly ServiceReference[] => [
  ...serviceReferences(rendered),
  ...everyIngress.flatMap(({ services }) => services[rendered.object.kind]?.(rendered.object) ?? []),
];
