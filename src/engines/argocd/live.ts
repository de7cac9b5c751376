import type { KubernetesObject } from '../../model/application.ts';
import { engineNamespaceOf } from '../../model/environment.ts';
import { argoApplicationName } from '../../model/names.ts';
import { listAt, textAt } from '../../objects/fields-at.ts';
import type { Ailment } from '../ailment.ts';
import type { EnginePlugin } from '../engine.ts';
import { followingElse, missing } from '../live-application.ts';
import { followsElse, toFollow } from './followed-source.ts';
import { argoApi } from './settings.ts';
import { suspension } from './cluster/tracking.ts';
import { textsOf, valueAt } from '../../objects/fields.ts';

/** The Application of an application. */
export const watches: EnginePlugin['watches'] = ({ delivery, environment }, application) => ({
  apiVersion: argoApi,
  kind: 'Application',
  name: argoApplicationName(delivery, environment, application),
  namespace: engineNamespaceOf(environment),
});

/** How an Application follows something else than it is to; nothing where it does not. */
export const elsewhere: EnginePlugin['elsewhere'] = ({ environment, opsRepository }, application, live) =>
  followsElse(live, toFollow(environment, application, opsRepository));

/** What an Application's status means. */
export const judge: EnginePlugin['judge'] = (binding, application, live, mend) => {
  const watched = watches(binding, application);
  if (live === undefined) return missing(watched, mend);
  const { name } = watched;
  const other = elsewhere(binding, application, live, []);
  if (other !== undefined) return followingElse(name, other, mend);
  const revision = comparedRevision(live);
  if (valueAt(live, 'spec', 'syncPolicy', 'automated', 'enabled') === false)
    return {
      name,
      sync: 'Unknown',
      health: 'Suspended',
      ...(revision === '' ? {} : { revision }),
      message: `is suspended: nothing is synced or healed; to go on: ${suspension(watched, 'kubectl').resume}`,
      ailments: unhealthyResources(live),
    };
  const operation = textAt(live, 'status', 'operationState', 'phase');
  const message = [
    ...listAt(live, 'status', 'conditions').map((condition) => textAt(condition, 'message')),
    operation === 'Succeeded' ? '' : textAt(live, 'status', 'operationState', 'message'),
  ]
    .filter((text) => text !== '')
    .join('; ');
  return {
    name,
    sync: textAt(live, 'status', 'sync', 'status') || 'Unknown',
    health: textAt(live, 'status', 'health', 'status') || 'Unknown',
    ...(revision === '' ? {} : { revision }),
    ...(operation === '' ? {} : { operation }),
    ...(message === '' ? {} : { message }),
    ailments: [...(operation === 'Succeeded' ? [] : refusedResources(live)), ...unhealthyResources(live)],
  };
};

/** The commit that everything which an Application follows was compared with; none while its sources are at several. */
function comparedRevision(live: KubernetesObject): string {
  const [first = '', ...others] = textsOf(valueAt(live, 'status', 'sync', 'revisions'));
  const one = others.every((other) => other === first) ? first : '';
  return one === '' ? textAt(live, 'status', 'sync', 'revision') : one;
}

function unhealthyResources(application: unknown): readonly Ailment[] {
  return listAt(application, 'status', 'resources').flatMap((resource): Ailment[] => {
    const health = textAt(resource, 'health', 'status');
    if (health === '' || health === 'Healthy' || health === 'Suspended') return [];
    const message = textAt(resource, 'health', 'message');
    return [
      {
        object: `${textAt(resource, 'kind')}/${textAt(resource, 'name')}`,
        message: message === '' ? health : `${health}: ${message}`,
      },
    ];
  });
}

/** What a sync could not apply, and what ran in it and did not end well. The operation's own message may only count them. */
function refusedResources(application: unknown): readonly Ailment[] {
  return listAt(application, 'status', 'operationState', 'syncResult', 'resources').flatMap((resource): Ailment[] => {
    const why = textAt(resource, 'message');
    const message =
      textAt(resource, 'status') === 'SyncFailed'
        ? `not synced: ${why}`
        : ['Failed', 'Error'].includes(textAt(resource, 'hookPhase')) && textAt(resource, 'hookType') !== ''
          ? `did not end well: ${why}`
          : undefined;
    const object = `${textAt(resource, 'kind')}/${textAt(resource, 'name')}`;
    return message === undefined ? [] : [{ object, message }];
  });
}
