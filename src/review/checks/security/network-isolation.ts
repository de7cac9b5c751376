import { foundAt, type Check } from '../check.ts';
import { fieldsOf, textsOf } from '../objects/fields.ts';
import { labelSelector } from '../objects/label-selector.ts';
import type { Workload } from '../objects/workload.ts';

/** Every pod is selected by a network policy for what comes in and by one for what goes out; a pod without talks to everybody. */
export const networkIsolation: Check = {
  name: 'network-isolation',
  *find({ objects }) {
    const isolated = { Ingress: new Set<Workload>(), Egress: new Set<Workload>() };
    for (const rendered of objects.ofKind('NetworkPolicy')) {
      const spec = fieldsOf(rendered.object['spec']);
      const given = textsOf(spec['policyTypes']);
      const types = given.length > 0 ? given : ['Ingress', ...(spec['egress'] === undefined ? [] : ['Egress'])];
      const selected = objects.selected(labelSelector(spec['podSelector']), objects.namespaceOf(rendered.object));
      for (const type of ['Ingress', 'Egress'] as const) {
        if (types.includes(type)) for (const workload of selected) isolated[type].add(workload);
      }
    }
    for (const workload of objects.workloads) {
      const open = (['Ingress', 'Egress'] as const).filter((type) => !isolated[type].has(workload));
      if (open.length === 0) continue;
      const what = open.map((type) => (type === 'Ingress' ? 'what comes in' : 'what goes out')).join(' and ');
      yield foundAt(workload.rendered, '', `no network policy limits ${what}; declare its connections in the model, or add a policy that denies by default`);
    }
  },
};
