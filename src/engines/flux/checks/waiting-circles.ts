import { foundAt, type Check } from '../../../objects/check.ts';
import { itemsOf, textOf, valueAt } from '../../../objects/fields.ts';

/** No Kustomization waits for itself by way of others: none of them would ever apply anything. */
export const waitingCircles: Check = {
  name: 'waiting-circles',
  find({ objects }, report) {
    const all = objects.ofKind('Kustomization.kustomize.toolkit.fluxcd.io');
    const waits = new Map(
      all.map(({ object }) => [
        object.metadata.name,
        itemsOf(valueAt(object, 'spec', 'dependsOn')).flatMap((each) => textOf(valueAt(each, 'name')) ?? []),
      ]),
    );
    for (const rendered of all) {
      const { name } = rendered.object.metadata;
      const reached = new Set<string>();
      const open = [...(waits.get(name) ?? [])];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (reached.has(next)) continue;
        reached.add(next);
        open.push(...(waits.get(next) ?? []));
      }
      if (reached.has(name))
        report(
          foundAt(
            rendered,
            'spec.dependsOn',
            `waits for itself by way of ${[...reached].filter((each) => each !== name).join(', ') || 'nobody else'}; move what the others need into one of them`,
          ),
        );
    }
  },
};
