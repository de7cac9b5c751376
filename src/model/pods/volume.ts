/** One key as a file. */
export interface FileItem {
  /** Key of the config or credential. */
  readonly key: string;
  /** Path of the file below the mount, e.g. `tls/ca.crt`. */
  readonly path: string;
  /** Who may read and write it, in octal, e.g. `0440`. @default - the volume's `defaultMode` */
  readonly mode?: string;
}

/** One of several sources whose files lie in one folder. */
export type ProjectedSource =
  | {
      readonly kind: 'config';
      /** Name of a config of the service. */
      readonly config: string;
      /** Keys that become files. @default - every key, under its own name */
      readonly items?: readonly FileItem[];
    }
  | {
      readonly kind: 'secret';
      /** Name of a credential of the environment. */
      readonly credential: string;
      /** Keys that become files. @default - every key, under its own name */
      readonly items?: readonly FileItem[];
    }
  | {
      readonly kind: 'downwardAPI';
      /** Fields of the pod that become files; those of labels follow what is changed while it runs. */
      readonly items: readonly {
        /** Which field. */
        readonly field: 'metadata.name' | 'metadata.namespace' | 'metadata.uid' | 'metadata.labels';
        /** Path of the file below the mount. */
        readonly path: string;
      }[];
    }
  | {
      readonly kind: 'serviceAccountToken';
      /** Whom the token is for; nobody else believes it. */
      readonly audience: string;
      /** Path of the file below the mount. */
      readonly path: string;
      /** Seconds that a token is good for; the kubelet writes a new one in time. @default 3600 */
      readonly expirationSeconds?: number;
    };

/** A volume of a pod. */
export type Volume =
  | {
      /** Unique in the service. */
      readonly name: string;
      readonly kind: 'claim';
      /** Name of a claim of the application. */
      readonly claim: string;
    }
  | {
      /** Unique in the service. */
      readonly name: string;
      readonly kind: 'claimPerReplica';
      /** Kubernetes quantity, e.g. `1Gi`: disk space that each pod of a StatefulSet keeps, also when it is scaled down or goes. */
      readonly size: string;
      /** Name of the StorageClass. */
      readonly storageClass: string;
    }
  | {
      /** Unique in the service. */
      readonly name: string;
      readonly kind: 'config';
      /** Name of a config of the service. */
      readonly config: string;
      /** Keys that become files. @default - every key, under its own name */
      readonly items?: readonly FileItem[];
      /** Who may read and write its files, in octal. @default '0644' */
      readonly defaultMode?: string;
    }
  | {
      /** Unique in the service. */
      readonly name: string;
      readonly kind: 'secret';
      /** Name of a credential of the environment. */
      readonly credential: string;
      /** Keys that become files. @default - every key, under its own name */
      readonly items?: readonly FileItem[];
      /** Who may read and write its files, in octal. @default '0440' */
      readonly defaultMode?: string;
    }
  | {
      /** Unique in the service. */
      readonly name: string;
      readonly kind: 'projected';
      /** What its files come from; two of one path are refused. */
      readonly sources: readonly ProjectedSource[];
      /** Who may read and write its files, in octal. @default '0440' */
      readonly defaultMode?: string;
    }
  | {
      /** Unique in the service. */
      readonly name: string;
      readonly kind: 'ephemeral';
      /** Kubernetes quantity, e.g. `1Gi`: disk space of a StorageClass that goes with its pod. */
      readonly size: string;
      /** Name of the StorageClass. */
      readonly storageClass: string;
    }
  | {
      /** Unique in the service. */
      readonly name: string;
      readonly kind: 'node';
      /** Absolute path of a folder or file of the node, e.g. `/var/log`; `podSecurity` of the service must say "privileged". */
      readonly path: string;
      /** What must be there before a pod starts. @default 'Directory' */
      readonly type?: 'Directory' | 'DirectoryOrCreate' | 'File' | 'FileOrCreate' | 'Socket';
    }
  | {
      /** Unique in the service. */
      readonly name: string;
      readonly kind: 'emptyDir';
      /** Kubernetes quantity, e.g. `1Gi`. @default - the node's disk */
      readonly sizeLimit?: string;
      /** Keeps it in memory, which counts for the memory limits of the pod's containers. @default - on the node's disk */
      readonly medium?: 'Memory';
    };
