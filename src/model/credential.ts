import type { SecretOrigin } from './secrets/secret-origin.ts';

/** A reference to a secret: what it is for, who holds it, where it is. Never a value. */
export interface Credential {
  /** Unique in the delivery or environment that declares it. */
  readonly name: string;
  /** One purpose; two purposes are two credentials. `clusterRead` is a kubeconfig for the account of a cluster that looks, and changes nothing. */
  readonly purpose:
    | 'database'
    | 'certificate'
    | 'webhook'
    | 'gitPush'
    | 'gitRead'
    | 'registryPush'
    | 'registryRead'
    | 'clusterRead'
    | 'triggerAuthentication'
    | 'notification'
    | 'administration';
  /** Who uses it: a service, a controller or a workflow, by name. */
  readonly holder: string;
  /** Where it is kept. */
  readonly store:
    /** A Kubernetes Secret; the name is complete, prefix included. */
    | {
        readonly kind: 'kubernetes';

        /** Name of the Secret, prefix included. */
        readonly secretName: string;

        /** Keys of its data. */
        readonly keys: readonly string[];

        /** Namespace of the Secret. @default - that of the environment */
        readonly namespace?: string;
      }
    /** An Actions secret of a repository, or of one of its GitHub environments. */
    | {
        readonly kind: 'githubActions';

        /** Name of the repository whose Actions read it. */
        readonly repository: string;

        /** GitHub environment that it is kept in. @default - the repository itself */
        readonly environment?: string;

        /** Names of its secrets and variables. */
        readonly keys: readonly string[];

        /**
         * Names of the people and teams one of whom lets each job begin that enters the GitHub environment.
         * @default - nobody is asked
         */
        readonly approvers?: readonly string[];
      };
  /**
   * Host of the registry that it logs in to, for `registryPush` alone: `docker.io`, `ghcr.io`.
   * @default - the one registry that a job pushes to and that no other credential is for
   */
  readonly registry?: string;
  /** What it may do, in the holder's words, e.g. `contents: write on shop-ops`. */
  readonly scope: string;
  /** Raised by one at each rotation; a change rolls the pods that use it. Not a secret. @default 1 */
  readonly generation?: number;
  /**
   * Where the value comes from: Pulumi makes it once, or takes it from the stack's secret configuration, or something in the cluster makes
   * the Secret: whatever it is, or of an object that is rendered. Of that nobody is asked for a value; `doctor` looks whether it is there. @default 'given'
   */
  readonly origin?: 'generated' | 'given' | 'external' | SecretOrigin;
}

/** Whether something in the cluster makes the Secret of a credential, so that nobody else has its value. */
export const isMadeInCluster = ({ origin, store }: Credential): boolean =>
  (origin === 'external' || typeof origin === 'object') && store.kind === 'kubernetes';

/**
 * Whether a key of a credential holds a name or a number that is no secret: an account's name, the number of a GitHub App.
 *
 * It must not be kept as an Actions secret: GitHub blanks out every text with a secret's value in it, and drops job outputs
 * with it, e.g. the address `acme/shop` of an image that the account `acme` pushed.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 */
export const isPlainKey = (key: string): boolean => /(USERNAME|APP_ID)$/i.test(key);

/** Whether a credential is the token that GitHub makes for each run of a workflow; its registry is ghcr.io alone. */
export const isRunToken = ({ store }: Credential): boolean =>
  store.kind === 'githubActions' && store.keys.includes('GITHUB_TOKEN');

/** The only key of a credential that workflows ask clusters with: the text of a kubeconfig. */
export const KUBECONFIG_KEY = 'KUBECONFIG';

/** The only key of a Secret that a kubelet logs in to registries with. */
export const PULL_SECRET_KEY = '.dockerconfigjson';

/** The key of a Secret with a private key for SSH, as Kubernetes calls it. */
export const SSH_SECRET_KEY = 'ssh-privatekey';

/** The keys of a Secret that holds a certificate and its private key. */
export const TLS_SECRET_KEYS = ['tls.crt', 'tls.key'] as const;

/** Types of Secrets that somebody in a cluster reads no other in place of. */
type SecretType = 'kubernetes.io/dockerconfigjson' | 'kubernetes.io/ssh-auth' | 'kubernetes.io/tls' | 'Opaque';

/**
 * The type of the Kubernetes Secret that keeps a credential. A kubelet reads pull secrets of one type alone, an ingress
 * certificates of another, builders in the cluster keys for SSH of a third, and the type of a Secret cannot be changed later.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
 */
export function secretTypeOf({ purpose, store }: Credential): SecretType {
  if ((purpose === 'registryRead' || purpose === 'registryPush') && store.keys.includes(PULL_SECRET_KEY))
    return 'kubernetes.io/dockerconfigjson';
  if (store.keys.includes(SSH_SECRET_KEY)) return 'kubernetes.io/ssh-auth';
  return purpose === 'certificate' ? 'kubernetes.io/tls' : 'Opaque';
}
