import { listAt, textAt } from '../../../objects/fields-at.ts';
import type { EngineInCluster } from '../../engine-in-cluster.ts';

/** Name of the Kustomization that an object is marked with. */
export const markOf: EngineInCluster['markOf'] = ({ metadata: { labels = {} } }) =>
  labels['kustomize.toolkit.fluxcd.io/name'];

/**
 * What a Kustomization looks after: what its inventory lists, as `<namespace>_<name>_<group>_<kind>`. A colon of a name is written as two
 * underscores there.
 */
export const looksAfter: EngineInCluster['looksAfter'] = (live) =>
  listAt(live, 'status', 'inventory', 'entries').flatMap((entry) => {
    const parts = textAt(entry, 'id').split('_');
    const [kind, group] = [parts.at(-1), parts.at(-2)];
    if (parts.length < 4 || kind === undefined || group === undefined) return [];
    return [{ group, kind, name: parts.slice(1, -2).join('_').replaceAll('__', ':') }];
  });

/**
 * Both are suspended: the Kustomization, so that nothing is applied, healed or pruned, and what fetches its branch, so that nothing new runs
 * before a release either.
 */
export const suspension: EngineInCluster['suspension'] = ({ name, namespace = '' }, kubectl) => {
  const line = (suspend: boolean): string =>
    `${kubectl} -n ${namespace} patch gitrepository,kustomization ${name} --type merge -p '{"spec":{"suspend":${suspend}}}'`;
  return { suspend: line(true), resume: line(false) };
};

/** Suspended, a Kustomization takes nothing along. */
export const letGo: EngineInCluster['letGo'] = ({ name, namespace = '' }, kubectl) => [
  `${kubectl} -n ${namespace} patch kustomization ${name} --type merge -p '{"spec":{"suspend":true}}'`,
  `${kubectl} -n ${namespace} delete kustomization ${name}`,
];
