/** What makes a Secret in the cluster, of an object that is rendered: it has the names of things, and never a value. */
export type SecretOrigin =
  /** The External Secrets Operator, from a store outside of the cluster that somebody set up. */
  | {
      readonly kind: 'externalSecret';
      /** Name of the store. */
      readonly store: string;
      /** Whether the store serves the whole cluster, or lies in the Secret's namespace. @default 'ClusterSecretStore' */
      readonly storeKind?: 'ClusterSecretStore' | 'SecretStore';
      /** What the store calls each key of the Secret. */
      readonly remote: Readonly<Record<string, RemoteSecret>>;
      /** Minutes between two looks at the store, 1 or more. @default 60 */
      readonly refreshMinutes?: number;
    }
  /** Bitnami's controller of sealed secrets, which alone can read what is written here. */
  | {
      readonly kind: 'sealedSecret';
      /** What `kubeseal` made of the value of each key, for the Secret's own name and namespace. */
      readonly encrypted: Readonly<Record<string, string>>;
    }
  /** cert-manager, which asks an issuer for a certificate and renews it; for the purpose `certificate`. */
  | {
      readonly kind: 'certificate';
      /** Name of the issuer. */
      readonly issuer: string;
      /** Whether the issuer serves the whole cluster, or lies in the Secret's namespace. @default 'ClusterIssuer' */
      readonly issuerKind?: 'ClusterIssuer' | 'Issuer';
      /** Hosts that it is for. */
      readonly hosts: readonly string[];
    };

/** Kinds of the objects that have a Secret be made, each of its name. */
export const secretMakers: ReadonlySet<string> = new Set(['ExternalSecret', 'SealedSecret', 'Certificate']);

/** A value in a store outside of the cluster. */
export interface RemoteSecret {
  /** Name that the store has for it, e.g. `shop/dev/smtp`. */
  readonly key: string;
  /** Which part of it, where it has parts, e.g. `password`. @default - all of it */
  readonly property?: string;
}
