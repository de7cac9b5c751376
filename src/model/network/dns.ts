/** Where pods look names up, as network policies name it. */
export type Dns =
  | {
      /** What the servers are. @default 'pods' */
      readonly kind?: 'pods';
      /** Namespace that the servers run in. */
      readonly namespace: string;
      /** Labels that they have. */
      readonly podLabels: Readonly<Record<string, string>>;
      /** Port that they listen on themselves, whatever the Service in front says: 5353 on OpenShift. @default 53 */
      readonly port?: number;
    }
  /** Servers that are no pods, or that run in the network of the node. */
  | {
      readonly kind: 'addresses';
      /** Their addresses, e.g. `169.254.20.10` for a cache on each node. */
      readonly addresses: readonly string[];
      /** Port that they listen on. @default 53 */
      readonly port?: number;
    };
