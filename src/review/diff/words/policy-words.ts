import { fieldsOf, itemsOf, textMapOf, textOf, valueAt } from '../../../objects/fields.ts';

/** Who a rule of a NetworkPolicy lets through and where, one sentence for each peer and port, e.g. `from app=orders on TCP 5432`. */
export function ruleSentences(direction: 'ingress' | 'egress', rule: unknown): readonly string[] {
  const peers = itemsOf(valueAt(rule, direction === 'ingress' ? 'from' : 'to'));
  const ports = itemsOf(valueAt(rule, 'ports'));
  const preposition = direction === 'ingress' ? 'from' : 'to';
  const who = peers.length === 0 ? [direction === 'ingress' ? 'anybody' : 'anywhere'] : peers.map(peerWords);
  const where = ports.length === 0 ? ['any port'] : ports.map(portWords);
  return who.flatMap((peer) => where.map((port) => `${preposition} ${peer} on ${port}`));
}

/** Pods that a selector selects, e.g. `app=orders`, or `all pods`. */
export function selectorWords(selector: unknown): string {
  const labels = Object.entries(textMapOf(valueAt(selector, 'matchLabels'))).map(([key, value]) => `${key}=${value}`);
  const expressions = itemsOf(valueAt(selector, 'matchExpressions')).map((expression) => {
    const { key, operator, values } = fieldsOf(expression);
    return `${String(key)} ${String(operator)} ${itemsOf(values).join('|')}`.trim();
  });
  return [...labels, ...expressions].sort().join(',') || 'all pods';
}

function peerWords(peer: unknown): string {
  const { ipBlock, namespaceSelector, podSelector } = fieldsOf(peer);
  if (ipBlock !== undefined) {
    const except = itemsOf(valueAt(ipBlock, 'except')).length;
    return `${textOf(valueAt(ipBlock, 'cidr')) ?? 'an address block'}${except === 0 ? '' : ` except ${except === 1 ? '1 block' : `${except} blocks`}`}`;
  }
  const pods = podSelector === undefined ? 'all pods' : selectorWords(podSelector);
  if (namespaceSelector === undefined) return pods;
  const namespaces = selectorWords(namespaceSelector).replaceAll('kubernetes.io/metadata.name=', '');
  return `${pods} in ${namespaces === 'all pods' ? 'any namespace' : namespaces}`;
}

function portWords(port: unknown): string {
  const { port: number, endPort, protocol } = fieldsOf(port);
  const name = typeof number === 'number' || typeof number === 'string' ? String(number) : 'any port';
  return `${textOf(protocol) ?? 'TCP'} ${name}${typeof endPort === 'number' ? `-${endPort}` : ''}`;
}
