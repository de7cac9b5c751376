import type { Application, KubernetesObject, Patch } from './application.ts';
import type { Credential } from './credential.ts';
import type { Dns } from './network/dns.ts';
import type { Ingress } from './network/ingress.ts';
import type { Monitoring } from './network/monitoring.ts';
import type { PodPeer } from './network/pod-peer.ts';
import type { Hosts } from './network/route.ts';
import type { PodSecurity } from './pods/pod-security.ts';
import type { Engine, Gate, Write } from './stage.ts';

/** Kubernetes minor versions that the program knows. */
export type KubernetesLine = '1.28' | '1.29' | '1.30' | '1.31' | '1.32' | '1.33' | '1.34' | '1.35' | '1.36';

/** What the k3s distribution runs for DNS. */
export const k3sDns: PodPeer = { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } };

/** What the k3s distribution runs as ingress controller. */
export const k3sTraefik: PodPeer = { namespace: 'kube-system', podLabels: { 'app.kubernetes.io/name': 'traefik' } };

/** Namespaces that engines are usually installed in; that of an engine without an entry is `argocd`. */
const usualNamespaces: Readonly<Partial<Record<Engine['kind'], string>>> = { flux: 'flux-system' };

/** Namespace that the engine of an environment runs in, with its own objects and its key to the ops repository. */
export const engineNamespaceOf = (
  { cluster }: Pick<Environment, 'cluster'>,
  engine: Engine['kind'] = 'argocd',
): string => cluster.engineNamespace ?? usualNamespaces[engine] ?? 'argocd';

/** A place: cluster, namespace, name prefix, and everything that runs there. */
export interface Environment {
  /** Lower-case name; the branch is `env/<name>`, and with several applications holds what these share. */
  readonly name: string;

  /** The cluster that it runs in. */
  readonly cluster: {
    /** Name that people know; environments of one name share the cluster. */
    readonly name: string;
    /** API server as Argo CD addresses it; Flux deploys to the cluster that it runs in. @default 'https://kubernetes.default.svc' */
    readonly server?: string;
    /** Namespace that the engine runs in: its own objects lie there, and its key to the ops repository. @default - `argocd`, or `flux-system` where Flux follows */
    readonly engineNamespace?: string;
    /** Oldest and newest Kubernetes line that the environment may run on. */
    readonly kubernetes: {
      /** Oldest line, e.g. `1.30`. */
      readonly oldest: KubernetesLine;
      /** Newest line, e.g. `1.36`. */
      readonly newest: KubernetesLine;
    };
    /** What may be requested in all, as quantities; checked against the sum of requests. @default - not checked */
    readonly capacity?: {
      /** All CPUs that pods may request, e.g. `4`. */
      readonly cpu: string;
      /** All memory that pods may request, e.g. `8Gi`. */
      readonly memory: string;
    };
  };

  /** Kubernetes namespace, of no other environment of the cluster. */
  readonly namespace: string;
  /**
   * Further namespaces of it, of no other environment of the cluster, which `bootstrap/` makes: objects that no construct of Portolan's makes,
   * and Secrets, may lie in them. @default - none
   */
  readonly namespaces?: readonly string[];
  /**
   * Namespaces of others in which objects of its applications may lie too, e.g. `monitoring`; they exist already. @default - none
   */
  readonly furtherNamespaces?: readonly string[];
  /** What its own namespaces let all of their pods do, whoever wrote them. For one service say it there. @default - no more than Pod Security "restricted" */
  readonly podSecurity?: PodSecurity;
  /** Put before every object name; ends with a dash, or is empty. */
  readonly namePrefix: string;
  /** URL path under which the environment is reached, e.g. `/dev`. @default - the root */
  readonly pathPrefix?: string;
  /** Host that traffic from outside must ask for, or several hosts. @default - any host */
  readonly host?: Hosts;
  /** What lets traffic in. @default - Traefik, entry point `web`, pods as k3s runs them */
  readonly ingress?: Ingress;
  /** @default - as k3s runs it */
  readonly dns?: Dns;
  /** @default - nobody asks for metrics */
  readonly monitoring?: Monitoring;
  /** What must exist in the namespace before the first sync. */
  readonly credentials: readonly Credential[];
  readonly applications: readonly Application[];
  /** Changes to what lies in `bootstrap/`: the namespace, and what the engine needs. @default - none */
  readonly patches?: readonly Patch[];
  /** Settings of the environment that only people read, e.g. a colour. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A place in a cluster for what builders and promoters need there. It is rendered like an environment, and has no release. */
export interface Toolchain {
  /** Lower-case name, of no environment; the branch is `env/<name>`. */
  readonly name: string;

  /** The cluster that it is in. */
  readonly cluster: Environment['cluster'];

  /** Kubernetes namespace, of no other place of the cluster. */
  readonly namespace: string;
  /** Further namespaces of it, in which its objects and Secrets may lie. @default - none */
  readonly namespaces?: readonly string[];
  /** What its namespaces let pods do, e.g. those that build. @default - no more than Pod Security "restricted" */
  readonly podSecurity?: PodSecurity;
  /** What must exist in its namespaces before the first sync. */
  readonly credentials: readonly Credential[];
  /** Objects besides those that builders and promoters need, complete with their final names. @default - none */
  readonly objects?: readonly KubernetesObject[];
  /** What must be true before its branch is written: at least what the strictest of the stages that it serves asks for. */
  readonly gate: Gate;
  readonly write: Write;
  readonly engine: Engine;
  /** Who may push past the gate in an emergency, by actor name. @default - nobody */
  readonly emergency?: readonly string[];
  /** Changes to what lies in `bootstrap/`: the namespaces, and what the engine needs. @default - none */
  readonly patches?: readonly Patch[];
}
