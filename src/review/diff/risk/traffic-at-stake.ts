import { everyIngress } from '../../../ingresses/ingresses.ts';
import { treeObjectId, type FieldChange, type ObjectDiff, type PodRestart, type RiskNote } from '../tree-diff.ts';
import { saidOf } from './said.ts';

/** Kinds that decide where traffic goes. */
const routing: ReadonlySet<string> = new Set([
  'EndpointSlice',
  'NetworkPolicy',
  'Service',
  ...everyIngress.flatMap(({ routes, modifiers }) => [...routes, ...modifiers]),
]);

/** Kinds that send traffic nowhere by themselves. */
const modifying: ReadonlySet<string> = new Set(['Service', ...everyIngress.flatMap(({ modifiers }) => modifiers)]);

const workloads: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

const probe = /\.(?:readinessProbe|livenessProbe|startupProbe)(?:\.|$)/;
const podLabels = 'spec.template.metadata.labels';

/** What happens to services, routes, policies and probes, and to pods that all stop at once. */
export function trafficAtStake(diff: ObjectDiff, restart: PodRestart | undefined): readonly RiskNote[] {
  const note = (message: string): RiskNote => ({ object: treeObjectId(diff), message });
  if (routing.has(diff.kind)) return ofRoute(diff).map(note);
  if (!workloads.has(diff.kind)) return [];
  if (diff.action === 'removed') return [note('no longer runs')];
  if (diff.action === 'renamed') return [note(`is removed as ${diff.renamedFrom ?? ''} and created anew`)];
  if (diff.action === 'created') return [];
  const changes = diff.changes.filter(({ path }) => probe.test(path) || path.startsWith(podLabels));
  return [
    ...(changes.length === 0 ? [] : [saidOf(changes)]),
    ...(diff.changes.some(stops) ? ['no pod is left'] : []),
    ...(restart?.manner === 'allAtOnce'
      ? [`all its pods stop before new ones start: ${restart.causes.slice(0, 3).join(', ')}`]
      : []),
    ...(diff.action === 'recreated' && diff.kind !== 'StatefulSet'
      ? ['must be re-created: no pod runs meanwhile']
      : []),
  ].map(note);
}

const stops = ({ path, after }: FieldChange): boolean => path === 'spec.replicas' && after === 0;

function ofRoute(diff: ObjectDiff): readonly string[] {
  switch (diff.action) {
    case 'created':
      return modifying.has(diff.kind)
        ? []
        : [`is new: ${diff.remarks.slice(0, 3).join(', ') || 'it changes who reaches whom'}`];
    case 'removed':
      return ['is removed'];
    case 'renamed':
      return [`is removed as ${diff.renamedFrom ?? ''} and created anew`];
    case 'recreated':
      return ['must be re-created: nobody reaches it meanwhile'];
    case 'changed': {
      const changes = diff.changes.filter(({ path }) => !path.startsWith('metadata'));
      return changes.length === 0 ? [] : [saidOf(changes)];
    }
  }
}
