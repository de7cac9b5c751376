import type { RenderedObject } from '../rendered-object.ts';
import { fieldsOf, placesOf, type Fields, type FieldPlace } from '../fields.ts';
import { isEmptySelector, labelSelector, mapSelector, type LabelSelector } from './label-selector.ts';

/** A selector over pods of the object's own namespace, and where it stands. */
export interface PodSelector {
  readonly rendered: RenderedObject;
  readonly path: string;
  readonly selector: LabelSelector;
  /** What the object does with the pods: makes them, sends traffic to them or protects them together, or names them as peers. */
  readonly use: 'owns' | 'groups' | 'peers';
}

/** Kinds that make pods and find them again by a selector. */
const owners = ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet', 'Rollout.argoproj.io'] as const;

/** Every selector that is meant to select some pods, but not all of them. */
export function podSelectors(objects: {
  readonly ofKind: (kind: string) => readonly RenderedObject[];
}): readonly PodSelector[] {
  const found: PodSelector[] = [];
  const add = (rendered: RenderedObject, path: string, selector: LabelSelector, use: PodSelector['use']): void => {
    if (!isEmptySelector(selector)) found.push({ rendered, path, selector, use });
  };
  for (const kind of owners)
    for (const rendered of objects.ofKind(kind))
      add(rendered, 'spec.selector', labelSelector(specOf(rendered)['selector']), 'owns');
  for (const rendered of objects.ofKind('Service'))
    add(rendered, 'spec.selector', mapSelector(specOf(rendered)['selector']), 'groups');
  for (const rendered of objects.ofKind('PodDisruptionBudget'))
    add(rendered, 'spec.selector', labelSelector(specOf(rendered)['selector']), 'groups');
  for (const rendered of objects.ofKind('NetworkPolicy')) {
    add(rendered, 'spec.podSelector', labelSelector(specOf(rendered)['podSelector']), 'peers');
    for (const { fields, path } of policyPeers(specOf(rendered)))
      add(rendered, `${path}.podSelector`, labelSelector(fields['podSelector']), 'peers');
  }
  return found;
}

const specOf = ({ object }: RenderedObject): Fields => fieldsOf(object['spec']);

/** The peers of a NetworkPolicy that are pods of its own namespace. */
function policyPeers(spec: Fields): readonly FieldPlace[] {
  const peers: FieldPlace[] = [];
  for (const [direction, list] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const rule of placesOf(spec[direction], `spec.${direction}`)) {
      for (const peer of placesOf(rule.fields[list], `${rule.path}.${list}`)) {
        if (peer.fields['podSelector'] !== undefined && peer.fields['namespaceSelector'] === undefined)
          peers.push(peer);
      }
    }
  }
  return peers;
}
