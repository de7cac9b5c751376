import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldsOf, textsOf } from '../../../objects/fields.ts';
import { labelSelector } from '../../../objects/traffic/label-selector.ts';
import type { Workload } from '../../../objects/pods/workload.ts';

/** Every pod is selected by a network policy for what comes in and by one for what goes out; a pod without talks to everybody. */
export const networkIsolation: Check = {
  name: 'network-isolation',
  find({ objects }, report) {
    const isolated = { Ingress: new Set<Workload>(), Egress: new Set<Workload>() };
    for (const rendered of objects.ofKind('NetworkPolicy')) {
      const spec = fieldsOf(rendered.object['spec']);
      const given = textsOf(spec['policyTypes']);
      const limitsIngress = given.length === 0 || given.includes('Ingress');
      const limitsEgress = given.length === 0 ? spec['egress'] !== undefined : given.includes('Egress');
      for (const workload of objects.selected(
        labelSelector(spec['podSelector']),
        objects.namespaceOf(rendered.object),
      )) {
        if (limitsIngress) isolated.Ingress.add(workload);
        if (limitsEgress) isolated.Egress.add(workload);
      }
    }
    for (const workload of objects.workloads) {
      const open = [
        ...(isolated.Ingress.has(workload) ? [] : ['what comes in']),
        ...(isolated.Egress.has(workload) ? [] : ['what goes out']),
      ];
      if (open.length === 0) continue;
      report(
        foundAt(
          workload.rendered,
          '',
          `no network policy limits ${open.join(' and ')}; declare its connections in the model, or add a policy that denies by default`,
        ),
      );
    }
  },
};
