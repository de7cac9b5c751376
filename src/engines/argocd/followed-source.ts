import type { Application } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';
import { withoutEnding } from '../../model/formats/repository-address.ts';
import { branchOf } from '../../model/derived/units.ts';
import { applicationFolder } from '../../model/names.ts';
import { listAt, textAt } from '../../objects/fields-at.ts';
import { readAddress } from './repository-address.ts';
import { differences, type FollowedFields } from '../followed-fields.ts';
import { ownCluster } from './settings.ts';

/** What the Application of one of an environment's applications is to follow. */
export const toFollow = (
  environment: Environment,
  application: Application,
  opsRepository: string,
): FollowedFields => ({
  repository: readAddress(environment, opsRepository),
  branch: branchOf(environment, application),
  folder: applicationFolder(application.name),
  namespace: environment.namespace,
  cluster: environment.cluster.server ?? ownCluster,
});

/**
 * How what a live Application follows differs from what it is to follow; nothing where it does not. What Argo CD says of one that follows
 * something else is no answer about this environment.
 */
export function followsElse(live: unknown, wanted: FollowedFields): string | undefined {
  const sources = listAt(live, 'spec', 'sources').length;
  if (sources > 0) return `it follows ${sources} sources, not ${wanted['folder']} of ${wanted['branch']} alone`;
  const follows: FollowedFields = {
    repository: textAt(live, 'spec', 'source', 'repoURL'),
    branch: textAt(live, 'spec', 'source', 'targetRevision'),
    folder: textAt(live, 'spec', 'source', 'path'),
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
  return field === 'folder' ? value.replace(/^\.?\//, '').replace(/\/$/, '') : value;
}
