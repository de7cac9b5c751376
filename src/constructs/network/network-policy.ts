import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import { intOrString } from '../pod/probe.ts';
import type { Allowance, Peer, Traffic, TrafficPort } from './traffic.ts';

/** Some pods, and everything they may receive and send. */
export interface NetworkPolicyProps {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the pods; none selects every pod of the namespace. */
  readonly selector: Readonly<Record<string, string>>;
  readonly traffic: Traffic;
}

/**
 * What some pods may receive and send, and nothing else.
 *
 * Defines: a NetworkPolicy. Does not define: its other side, which needs an allowance of its own.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, { name, namespace, selector, traffic }: NetworkPolicyProps) {
    super(scope, id);

    new k8s.KubeNetworkPolicy(this, 'policy', {
      metadata: { name, namespace },
      spec: {
        podSelector: Object.keys(selector).length === 0 ? {} : { matchLabels: { ...selector } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: traffic.ingress.map((allowance) => ({ ...withPeers('from', allowance), ports: portsOf(allowance) })),
        egress: traffic.egress.map((allowance) => ({ ...withPeers('to', allowance), ports: portsOf(allowance) })),
      },
    });
  }
}

/** Nothing in, nothing out: what pods get for which nothing else is said. */
export const nothing: Traffic = { ingress: [], egress: [] };

/**
 * What is not the internet: private networks, carriers' shared space, link-local addresses (a cloud's metadata service is
 * one of them) and the loopback.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 */
const privateRanges = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
];

/** @see https://www.iana.org/assignments/iana-ipv6-special-registry/ */
const privateRangesV6 = ['fc00::/7', 'fe80::/10'];

function withPeers<Side extends 'from' | 'to'>(
  side: Side,
  { peer }: Allowance,
): Partial<Record<Side, k8s.NetworkPolicyPeer[]>> {
  const peers = peersOf(peer);
  return peers === undefined ? {} : ({ [side]: peers } as Record<Side, k8s.NetworkPolicyPeer[]>);
}

/** Undefined for anybody: a rule without peers allows all. */
function peersOf(peer: Peer): k8s.NetworkPolicyPeer[] | undefined {
  switch (peer.kind) {
    case 'anywhere':
      return undefined;
    case 'internet':
      return [
        { ipBlock: { cidr: '0.0.0.0/0', except: [...privateRanges] } },
        { ipBlock: { cidr: '::/0', except: [...privateRangesV6] } },
      ];
    case 'addresses':
      return peer.cidrs.map((cidr) => ({ ipBlock: { cidr } }));
    case 'pods':
      return [
        {
          ...('namespace' in peer
            ? { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } } }
            : {}),
          podSelector: { matchLabels: { ...peer.labels } },
        },
      ];
  }
}

const portsOf = ({ ports }: Allowance): k8s.NetworkPolicyPort[] =>
  ports.map(({ port, protocol = 'TCP' }: TrafficPort) => ({ protocol, port: intOrString(port) }));
