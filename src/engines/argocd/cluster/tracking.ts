import { itemsOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { EngineInCluster } from '../../engine-in-cluster.ts';

/** Name of the Application that an object is marked with, by annotation or by label. */
export const markOf: EngineInCluster['markOf'] = ({ metadata: { annotations = {}, labels = {} } }) => {
  const [id = ''] = (annotations['argocd.argoproj.io/tracking-id'] ?? '').split(':');
  return id === '' ? labels['app.kubernetes.io/instance'] : id;
};

/** What an Application looks after: what its status lists. */
export const looksAfter: EngineInCluster['looksAfter'] = (live) =>
  itemsOf(valueAt(live, 'status', 'resources')).map((one) => ({
    group: textOf(valueAt(one, 'group')) ?? '',
    kind: textOf(valueAt(one, 'kind')) ?? '',
    name: textOf(valueAt(one, 'name')) ?? '',
  }));
