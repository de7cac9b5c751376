import { engineNamespaceOf } from '../../model/environment.ts';
import { environmentBranch, fluxName, kustomizationName } from '../../model/names.ts';
import { listAt, textAt } from '../../objects/fields-at.ts';
import { numberOf, valueAt } from '../../objects/fields.ts';
import type { EnginePlugin } from '../engine.ts';
import { folderOf, readsMark } from './kustomization.ts';
import { readAddress } from './repository-address.ts';
import { kustomizeApi } from './settings.ts';

/** The Kustomization of an application. */
export const watches: EnginePlugin['watches'] = ({ delivery, environment }, application) => ({
  apiVersion: kustomizeApi,
  kind: 'Kustomization',
  name: kustomizationName(delivery, environment, application),
  namespace: engineNamespaceOf(environment, 'flux'),
});

/** How a Kustomization follows something else than it is to; nothing where it does not. */
export const elsewhere: EnginePlugin['elsewhere'] = ({ delivery, environment, opsRepository }, application, live) => {
  const wanted = {
    branch: `${environmentBranch(environment.name)} of ${readAddress(environment, opsRepository)}`,
    source: `GitRepository/${fluxName(delivery, environment)}`,
    folder: folderOf(application),
  };
  const follows = {
    branch: textAt(live, 'metadata', 'annotations', readsMark),
    source: `${textAt(live, 'spec', 'sourceRef', 'kind')}/${textAt(live, 'spec', 'sourceRef', 'name')}`,
    folder: textAt(live, 'spec', 'path'),
  };
  const differing = (['branch', 'source', 'folder'] as const).filter((field) => follows[field] !== wanted[field]);
  if (differing.length === 0) return undefined;
  return `it follows ${differing.map((field) => `the ${field} ${follows[field]}, not ${wanted[field]}`).join('; ')}`;
};

/** What a Kustomization's status means. */
export const judge: EnginePlugin['judge'] = (binding, application, live, mend) => {
  const { name, namespace } = watches(binding, application);
  if (live === undefined)
    return {
      name,
      sync: 'Missing',
      health: 'Missing',
      message: `there is no Kustomization ${name} in ${namespace}; ${mend}`,
      ailments: [],
    };
  const other = elsewhere(binding, application, live);
  if (other !== undefined)
    return { name, sync: 'Unknown', health: 'Unknown', message: `${other}; ${mend}`, ailments: [] };
  const ready = listAt(live, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'Ready');
  const revision = textAt(live, 'status', 'lastAppliedRevision').replace(/^.*@sha1:/, '');
  const isSeen =
    numberOf(valueAt(live, 'status', 'observedGeneration')) === numberOf(valueAt(live, 'metadata', 'generation'));
  const status = textAt(ready, 'status');
  const health = !isSeen || status === 'Unknown' ? 'Progressing' : status === 'True' ? 'Healthy' : 'Degraded';
  return {
    name,
    sync: isSeen && status === 'True' ? 'Synced' : 'OutOfSync',
    health,
    ...(revision === '' ? {} : { revision }),
    ...(status === 'True' ? {} : { message: textAt(ready, 'message') }),
    ailments: [],
  };
};
