import type { RenderedObject } from '../../../render/rendered-environment.ts';
import { fieldsOf, placesOf, valueAt } from './fields.ts';
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
const owners: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet', 'Rollout.argoproj.io']);

/** Every selector that is meant to select some pods, but not all of them. */
export function podSelectors(objects: { readonly ofKind: (...kinds: readonly string[]) => readonly RenderedObject[] }): readonly PodSelector[] {
  return [
    ...objects.ofKind(...owners).map((rendered) => whole(rendered, 'owns')),
    ...objects.ofKind('Service').map((rendered) => ({ rendered, path: 'spec.selector', selector: mapSelector(valueAt(rendered.object, 'spec', 'selector')), use: 'groups' as const })),
    ...objects.ofKind('PodDisruptionBudget').map((rendered) => whole(rendered, 'groups')),
    ...objects.ofKind('NetworkPolicy').flatMap(policySelectors),
  ].filter(({ selector }) => !isEmptySelector(selector));
}

const whole = (rendered: RenderedObject, use: PodSelector['use']): PodSelector => ({
  rendered,
  path: 'spec.selector',
  selector: labelSelector(valueAt(rendered.object, 'spec', 'selector')),
  use,
});

function policySelectors(rendered: RenderedObject): readonly PodSelector[] {
  const spec = fieldsOf(rendered.object['spec']);
  const peers = (['ingress', 'egress'] as const).flatMap((direction) =>
    placesOf(spec[direction], `spec.${direction}`).flatMap(({ fields, path }) => {
      const list = direction === 'ingress' ? 'from' : 'to';
      return placesOf(fields[list], `${path}.${list}`).filter((peer) => peer.fields['podSelector'] !== undefined && peer.fields['namespaceSelector'] === undefined);
    }),
  );
  return [
    { rendered, path: 'spec.podSelector', selector: labelSelector(spec['podSelector']), use: 'peers' },
    ...peers.map(({ fields, path }): PodSelector => ({ rendered, path: `${path}.podSelector`, selector: labelSelector(fields['podSelector']), use: 'peers' })),
  ];
}
