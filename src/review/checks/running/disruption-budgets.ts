import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldsOf } from '../../../objects/fields.ts';
import { labelSelector } from '../../../objects/traffic/label-selector.ts';
import { replicasOf } from '../../../objects/pods/scaling.ts';

/** A disruption budget leaves at least one pod that may go; else no node can be drained. */
export const disruptionBudgets: Check = {
  name: 'disruption-budgets',
  find({ objects }, report) {
    const scale = replicasOf(objects);
    for (const rendered of objects.ofKind('PodDisruptionBudget')) {
      const spec = fieldsOf(rendered.object['spec']);
      const selected = objects
        .selected(labelSelector(spec['selector']), objects.namespaceOf(rendered.object))
        .filter(({ lasting }) => lasting);
      if (selected.length === 0) continue;
      const replicas = selected.reduce((sum, workload) => sum + scale(workload).min, 0);
      const field = spec['minAvailable'] === undefined ? 'maxUnavailable' : 'minAvailable';
      const given = spec[field];
      const pods = podsOf(given, replicas);
      if (pods === undefined) continue;
      const mayGo = field === 'minAvailable' ? replicas - pods : Math.min(pods, replicas);
      if (replicas === 0 || mayGo > 0) continue;
      report(
        foundAt(
          rendered,
          `spec.${field}`,
          `no pod may ever go (${replicas} replica${replicas === 1 ? '' : 's'}), so that no node can be drained; write maxUnavailable: 1, got ${String(given)}`,
        ),
      );
    }
  },
};

/** A number of pods, or a share of them; Kubernetes rounds shares up. */
function podsOf(given: unknown, replicas: number): number | undefined {
  if (typeof given === 'number') return given;
  const percent = typeof given === 'string' ? /^(\d+)%$/.exec(given)?.[1] : undefined;
  return percent === undefined ? undefined : Math.ceil((Number(percent) / 100) * replicas);
}
