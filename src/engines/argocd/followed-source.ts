import type { Application, KubernetesObject } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';
import { withoutEnding } from '../../model/formats/repository-address.ts';
import { branchOf } from '../../model/derived/units.ts';
import { textOf } from '../../objects/fields.ts';
import { listAt, textAt } from '../../objects/fields-at.ts';
import { foldersOf, sourcesOf } from './charts/chart-sources.ts';
import { readAddress } from './repository-address.ts';
import { differences, type FollowedFields } from '../followed-fields.ts';
import { ownCluster } from './settings.ts';

/** Between several of a field. */
const and = ' and ';

/** What the Application of one of an environment's applications is to follow. */
export const toFollow = (
  environment: Environment,
  application: Application,
  opsRepository: string,
): FollowedFields => ({
  repository: readAddress(environment, opsRepository),
  branch: branchOf(environment, application),
  folder: foldersOf(application).join(and),
  namespace: environment.namespace,
  cluster: environment.cluster.server ?? ownCluster,
});

/**
 * How what a live Application follows differs from what it is to follow; nothing where it does not. What Argo CD says of one that follows
 * something else is no answer about this environment.
 */
export function followsElse(live: KubernetesObject, wanted: FollowedFields): string | undefined {
  const sources = sourcesOf(live).map(({ fields }) => fields);
  const several = listAt(live, 'spec', 'sources').length;
  if (several > 0 && wanted['folder']?.includes(and) !== true)
    return `it follows ${several} sources, not ${wanted['folder']} of ${wanted['branch']} alone`;
  const all = (field: string): readonly string[] => sources.map((source) => textOf(source[field]) ?? '');
  const follows: FollowedFields = {
    repository: [...new Set(all('repoURL'))].join(and),
    branch: [...new Set(all('targetRevision'))].join(and),
    folder: all('path').join(and),
    namespace: textAt(live, 'spec', 'destination', 'namespace'),
    cluster: clusterOf(live),
  };
  const differing = differences(follows, wanted, spelled);
  return differing.length === 0 ? undefined : `it follows ${differing.join('; ')}`;
}

/** Argo CD takes a cluster by address or by name; its own has both. */
function clusterOf(live: unknown): string {
  const [server, name] = [textAt(live, 'spec', 'destination', 'server'), textAt(live, 'spec', 'destination', 'name')];
  return server === '' && name === 'in-cluster' ? ownCluster : server === '' ? name : server;
}

/** Spellings that Argo CD takes for the same: of an address the ending `.git`, of a branch its full name, of a folder a slash around it. */
function spelled(field: string, value: string): string {
  if (field === 'repository') return withoutEnding(value.toLowerCase().replace(/\/$/, ''));
  if (field === 'branch') return value.replace(/^refs\/heads\//, '');
  const ofFolder = (folder: string): string => folder.replace(/^\.?\//, '').replace(/\/$/, '');
  return field === 'folder' ? value.split(and).map(ofFolder).join(and) : value;
}
