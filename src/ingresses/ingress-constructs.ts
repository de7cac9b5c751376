import type { Construct } from 'constructs';
import type { Place } from '../constructs/place.ts';
import type { CarriedWord } from '../model/carried-out/carrier.ts';
import type { ingresses as words } from '../model/carried-out/surroundings.ts';
import type { Environment } from '../model/environment.ts';
import { Routing as GatewayRouting } from './gateway/routing.ts';
import { Routing as KubernetesRouting } from './kubernetes/routing.ts';
import { Routing as TraefikRouting } from './traefik/routing.ts';

/** The construct that brings an application's traffic in. */
type RoutingConstruct = new (scope: Construct, id: string, props: { readonly place: Place }) => Construct;

/**
 * The routing of each program that lets traffic in: one without an entry does not compile. It stands beside the faces, because
 * what asks a face (a check, a difference) must not load what draws objects.
 */
export const routings = { traefik: TraefikRouting, kubernetes: KubernetesRouting, gateway: GatewayRouting } satisfies {
  readonly [Kind in CarriedWord<typeof words>]: RoutingConstruct;
};

/** The routing of an environment. */
export const routingOf = ({ ingress }: Environment): RoutingConstruct => routings[ingress?.kind ?? 'traefik'];
