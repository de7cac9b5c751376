import { BlockList, isIPv6 } from 'node:net';
import type { KubernetesObject } from '../../src/model/application.ts';

/** A pod as network policies see it. */
export interface PodEndpoint {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Address inside the cluster; the pods of one workload may share it. */
  readonly address: string;
  /** Ports that its containers name. */
  readonly namedPorts: ReadonlyMap<string, number>;
}

/** Something outside the cluster, or a node of it. */
export interface AddressEndpoint {
  readonly name: string;
  readonly address: string;
}

export type Endpoint = PodEndpoint | AddressEndpoint;

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** One attempt to connect. */
export interface Attempt {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol: Protocol;
}

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

interface PolicyPeer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: Protocol;
}

interface PolicySpec {
  readonly podSelector: Selector;
  readonly policyTypes?: readonly ('Ingress' | 'Egress')[];
  readonly ingress?: readonly { readonly from?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
  readonly egress?: readonly { readonly to?: readonly PolicyPeer[]; readonly ports?: readonly PolicyPort[] }[];
}

interface Policy {
  readonly namespace: string;
  readonly spec: PolicySpec;
}

interface Rule {
  readonly peers: readonly PolicyPeer[] | undefined;
  readonly ports: readonly PolicyPort[] | undefined;
}

/**
 * Answers whether a connection is let through, as the API's documentation defines it: a pod that no policy selects for a
 * direction is open in it; else one rule of one policy must allow it; and both ends must. An ipBlock is matched against pods'
 * addresses too, which is the most that any network plugin does. A node always reaches its own pods, so probes need no rule.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
export function networkPolicyEngine(objects: readonly KubernetesObject[]): (attempt: Attempt) => boolean {
  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ metadata, spec }): Policy => ({ namespace: metadata.namespace ?? 'default', spec: spec as PolicySpec }));

  const allowedAt = (side: 'Ingress' | 'Egress', own: Endpoint, peer: Endpoint, attempt: Attempt): boolean => {
    if (!isPod(own)) return true;
    const selecting = policies.filter(
      ({ namespace, spec }) =>
        namespace === own.namespace && typesOf(spec).includes(side) && selects(spec.podSelector, own.labels),
    );
    if (selecting.length === 0) return true;
    return selecting.some(({ namespace, spec }) =>
      rulesOf(spec, side).some((rule) => peerMatches(rule, peer, namespace) && portMatches(rule, attempt)),
    );
  };
  return (attempt) =>
    allowedAt('Egress', attempt.from, attempt.to, attempt) && allowedAt('Ingress', attempt.to, attempt.from, attempt);
}

const isPod = (endpoint: Endpoint): endpoint is PodEndpoint => 'labels' in endpoint;

const typesOf = (spec: PolicySpec): readonly string[] =>
  spec.policyTypes ?? ['Ingress', ...(spec.egress === undefined ? [] : ['Egress'])];

const rulesOf = (spec: PolicySpec, side: 'Ingress' | 'Egress'): readonly Rule[] =>
  side === 'Ingress'
    ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
    : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));

function selects(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          throw new Error(`no such operator of a label selector: ${operator}`);
      }
    })
  );
}

/** A rule without peers, or with an empty list of them, takes anybody. */
function peerMatches({ peers = [] }: Rule, endpoint: Endpoint, policyNamespace: string): boolean {
  return peers.length === 0 || peers.some((peer) => matches(peer, endpoint, policyNamespace));
}

function matches(
  { podSelector, namespaceSelector, ipBlock }: PolicyPeer,
  endpoint: Endpoint,
  policyNamespace: string,
): boolean {
  if (ipBlock !== undefined)
    return (
      inRange(ipBlock.cidr, endpoint.address) &&
      !(ipBlock.except ?? []).some((range) => inRange(range, endpoint.address))
    );
  if (!isPod(endpoint)) return false;
  const namespaceFits =
    namespaceSelector === undefined
      ? endpoint.namespace === policyNamespace
      : selects(namespaceSelector, { 'kubernetes.io/metadata.name': endpoint.namespace });
  return namespaceFits && selects(podSelector ?? {}, endpoint.labels);
}

/** A rule without ports, or with an empty list of them, takes any. A port's name means what the receiving pod calls so. */
function portMatches({ ports = [] }: Rule, { to, port, protocol }: Attempt): boolean {
  return (
    ports.length === 0 ||
    ports.some((allowed) => {
      if ((allowed.protocol ?? 'TCP') !== protocol) return false;
      if (allowed.port === undefined) return true;
      const first =
        typeof allowed.port === 'number' ? allowed.port : isPod(to) ? to.namedPorts.get(allowed.port) : undefined;
      return first !== undefined && port >= first && port <= (allowed.endPort ?? first);
    })
  );
}

function inRange(cidr: string, address: string): boolean {
  const [network = '', bits] = cidr.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  if (isIPv6(address) !== isIPv6(network)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family);
  return list.check(address, family);
}
