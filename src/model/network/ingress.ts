import type { PodPeer } from './pod-peer.ts';

/** The certificate that the hosts of an environment are answered with. */
export type Tls =
  | {
      /** A Secret that somebody keeps. */
      readonly kind: 'credential';
      /** Name of a credential of the environment, for the purpose `certificate`. */
      readonly credential: string;
    }
  | {
      /** A Secret that cert-manager makes, and renews, for each application. */
      readonly kind: 'certManager';
      /** Name of the issuer. */
      readonly issuer: string;
      /** Whether the issuer serves the whole cluster, or lies in the environment's namespace. @default 'ClusterIssuer' */
      readonly issuerKind?: 'ClusterIssuer' | 'Issuer';
    };

/** What lets traffic into an environment, and as whose objects the routes are written. */
export type Ingress =
  | {
      /** Which program it is. @default 'traefik' */
      readonly kind?: 'traefik';
      /** Names of its entry points, e.g. `web`; with `tls` those that it answers encrypted requests at, e.g. `websecure`. */
      readonly entryPoints: readonly string[];
      /** Answers with encryption alone, for every host of a route. @default - without */
      readonly tls?: Tls;
      /** Its pods. */
      readonly controller: PodPeer;
    }
  /** Kubernetes' own Ingress, by a controller of whatever class. It cannot take a path off a request before a service sees it. */
  | {
      readonly kind: 'kubernetes';
      /** Name of the IngressClass, e.g. `nginx`. */
      readonly className: string;
      /** Annotations that its controller reads. @default - none */
      readonly annotations?: Readonly<Record<string, string>>;
      /** Answers with encryption, for every host of a route. @default - without */
      readonly tls?: Tls;
      /** The controller's pods. */
      readonly controller: PodPeer;
    }
  /** The Gateway API. Listeners, and with them certificates, belong to the Gateway, which somebody else keeps. */
  | {
      readonly kind: 'gateway';
      /** The Gateway that the routes are attached to; it must let routes of the environment's namespace in. */
      readonly gateway: {
        /** Name of the Gateway. */
        readonly name: string;
        /** Namespace that it lies in. */
        readonly namespace: string;
        /** Name of its listener. @default - every listener that fits */
        readonly listener?: string;
      };
      /** Pods that the Gateway's traffic comes from. */
      readonly controller: PodPeer;
    };

/** The program that lets traffic into a cluster. */
export type IngressKind = NonNullable<Ingress['kind']>;

/** The certificate that an environment's hosts are answered with. @returns nothing where they are not, or somebody else's Gateway has it */
export const tlsOf = (ingress: Ingress | undefined): Tls | undefined =>
  ingress === undefined || ingress.kind === 'gateway' ? undefined : ingress.tls;
