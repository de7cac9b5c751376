/** A right to objects of the environment's namespace. */
export interface AccountRule {
  /** API groups of the resources, without wildcards; `''` is the core group. */
  readonly apiGroups: readonly string[];
  /** Resources, in the plural as the API's addresses have them, e.g. `configmaps`; without wildcards. */
  readonly resources: readonly string[];
  /** Names of the objects, prefix included. @default - every object of the resources; those of Secrets must be said */
  readonly resourceNames?: readonly string[];
  /** What may be done with them. */
  readonly verbs: readonly ('get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection')[];
}

/** Who the pods of a service are to the API server and to clouds. */
export type ServiceAccount =
  | {
      readonly kind: 'own';
      /** Name of the ServiceAccount, its Role and its RoleBinding, without the environment's prefix. @default - the workload's */
      readonly name?: string;
      /** Annotations by which a cloud knows it, e.g. `eks.amazonaws.com/role-arn`. @default - none */
      readonly annotations?: Readonly<Record<string, string>>;
      /** What it may do in the namespace: a Role of these rules, and a RoleBinding. @default - nothing */
      readonly rules?: readonly AccountRule[];
      /** Mounts its token into every container, for programs that call the API server. @default false */
      readonly mountToken?: boolean;
    }
  | {
      readonly kind: 'given';
      /** Name of a ServiceAccount that somebody else makes in the namespace, complete. */
      readonly name: string;
      /** Mounts its token into every container, for programs that call the API server. @default false */
      readonly mountToken?: boolean;
    };
