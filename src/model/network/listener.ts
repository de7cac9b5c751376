/** Where somebody outside of the cluster tells a listener of Tekton's that something happened. */
export interface Listener {
  /** Address that whoever tells it reaches: `https://`, a host, and a path where others share the host, e.g. `https://hooks.acme.example/cats`. */
  readonly address: string;
  /** Class of the Ingress that leads there. @default - the cluster's default class */
  readonly ingressClass?: string;
  /** Name of the credential that holds the certificate of the host. @default - whoever lets traffic in has one */
  readonly certificate?: string;
}
