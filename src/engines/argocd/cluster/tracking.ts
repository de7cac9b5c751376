import { listAt, textAt } from '../../../objects/fields-at.ts';
import type { EngineInCluster } from '../../engine-in-cluster.ts';

/** Name of the Application that an object is marked with, by annotation or by label. */
export const markOf: EngineInCluster['markOf'] = ({ metadata: { annotations = {}, labels = {} } }) => {
  const [id = ''] = (annotations['argocd.argoproj.io/tracking-id'] ?? '').split(':');
  return id === '' ? labels['app.kubernetes.io/instance'] : id;
};

/** What an Application looks after: what its status lists. */
export const looksAfter: EngineInCluster['looksAfter'] = (live) =>
  listAt(live, 'status', 'resources').map((one) => ({
    group: textAt(one, 'group'),
    kind: textAt(one, 'kind'),
    name: textAt(one, 'name'),
  }));

/** An Application that does not sync by itself compares on, and does nothing. */
export const suspension: EngineInCluster['suspension'] = ({ name, namespace = '' }, kubectl) => {
  const line = (enabled: string): string =>
    `${kubectl} -n ${namespace} patch application ${name} --type merge -p '{"spec":{"syncPolicy":{"automated":{"enabled":${enabled}}}}}'`;
  return { suspend: line('false'), resume: line('null') };
};

/** Without its finalizer an Application takes nothing along. */
export const letGo: EngineInCluster['letGo'] = ({ name, namespace = '' }, kubectl) => [
  `${kubectl} -n ${namespace} patch application ${name} --type merge -p '{"metadata":{"finalizers":null}}'`,
  `${kubectl} -n ${namespace} delete application ${name}`,
];
