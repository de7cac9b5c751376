import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldsOf, itemsOf, textsOf } from '../../../objects/fields.ts';
import { objectId } from '../../../objects/kind.ts';
import type { Workload } from '../../../objects/pods/workload.ts';
import { isEmptySelector, labelSelector } from '../../../objects/traffic/label-selector.ts';

/**
 * Hand-written pods that policies for all pods alone select reach nobody when those deny: not even a name is looked up. For
 * services and databases of the model the connections that they declare make policies; those of a restore drill need none.
 */
export const cutOffPods: Check = {
  name: 'cut-off-pods',
  find({ environment, objects }, report) {
    const written = new Set(
      environment.applications.flatMap((application) => (application.objects ?? []).map(objectId)),
    );
    const denied = new Map<Workload, string>();
    const spoken = new Set<Workload>();
    for (const rendered of objects.ofKind('NetworkPolicy')) {
      const spec = fieldsOf(rendered.object['spec']);
      const selector = labelSelector(spec['podSelector']);
      const types = textsOf(spec['policyTypes']);
      const limitsEgress = types.length === 0 ? spec['egress'] !== undefined : types.includes('Egress');
      const allows = itemsOf(spec['egress']).length > 0 || itemsOf(spec['ingress']).length > 0;
      for (const workload of objects.selected(selector, objects.namespaceOf(rendered.object))) {
        if (!isEmptySelector(selector) || allows) spoken.add(workload);
        else if (limitsEgress) denied.set(workload, rendered.object.metadata.name);
      }
    }
    for (const [workload, policy] of denied) {
      if (spoken.has(workload) || !written.has(objectId(workload.rendered.object))) continue;
      report(
        foundAt(
          workload.rendered,
          '',
          `only the network policy "${policy}" selects its pods, and it lets nothing through, not even the look-up of a name; add a NetworkPolicy for their labels (${labelWords(workload)}) that says whom they talk to`,
        ),
      );
    }
  },
};

const labelWords = ({ labels }: Workload): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ') || 'they have none: give them some';
