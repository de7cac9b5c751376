import { everyEngine } from '../../../engines/engines.ts';
import type { OrderStep } from '../../../engines/order-step.ts';
import type { KubernetesObject } from '../../../model/application.ts';

type Asked = (typeof everyEngine)[number];

const followsIn = (objects: readonly KubernetesObject[], engine: Asked): boolean =>
  engine.setUp.rendered(objects) !== undefined;

/** Engines that follow `before`, where another one is to follow `after`. */
export const leavingEngines = (
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): readonly Asked[] => {
  const comes = everyEngine.some((engine) => followsIn(after, engine) && !followsIn(before, engine));
  return comes ? everyEngine.filter((engine) => followsIn(before, engine) && !followsIn(after, engine)) : [];
};

/** What comes first where another engine takes over: the one that leaves lets go of everything, instead of taking it along. */
export function letsGo(before: readonly KubernetesObject[], engine: Asked): readonly OrderStep[] {
  const rendered = engine.setUp.rendered(before);
  if (rendered === undefined) return [];
  const { kind, apiVersion } = engine.setUp.asksInUse(rendered).watched;
  return rendered.applications.map((name) => ({
    when: 'before',
    object: `${kind}/${name}`,
    message: `${kind}/${name} must let go first: another engine takes over, and deleted as it is it takes along everything that it applied`,
    command: engine.letGo({ apiVersion, kind, name, namespace: rendered.namespace }, 'kubectl').join(' && '),
  }));
}
