import type { RenderedObject } from '../rendered-object.ts';
import { fieldsOf, placesOf, valueAt, type Fields, type FieldPlace } from '../fields.ts';
import { isEmptySelector, labelSelector, mapSelector, type LabelSelector } from './label-selector.ts';

/** A selector over pods of the object's own namespace, and where it stands. */
export interface PodSelector {
  readonly rendered: RenderedObject;
  readonly path: string;
  readonly selector: LabelSelector;
  /** What the object does with the pods: makes them, sends traffic to them or protects them together, or names them as peers. */
  readonly use: 'owns' | 'groups' | 'peers';
}

/** What has a selector beside a template of pods makes those pods and finds them again by it, whatever its kind. A Job is given its selector. */
const makesPods = ({ object: { kind, spec } }: RenderedObject): boolean =>
  kind !== 'Job' && valueAt(spec, 'template', 'spec') !== undefined && valueAt(spec, 'selector') !== undefined;

/** Every selector that is meant to select some pods, but not all of them. */
export function podSelectors(objects: {
  readonly all: readonly RenderedObject[];
  readonly ofKind: (kind: string) => readonly RenderedObject[];
}): readonly PodSelector[] {
  const found: PodSelector[] = [];
  const add = (rendered: RenderedObject, path: string, selector: LabelSelector, use: PodSelector['use']): void => {
    if (!isEmptySelector(selector)) found.push({ rendered, path, selector, use });
  };
  for (const rendered of objects.all)
    if (makesPods(rendered)) add(rendered, 'spec.selector', labelSelector(specOf(rendered)['selector']), 'owns');
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
