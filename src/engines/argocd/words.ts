import { entryOf } from '../../objects/change/path.ts';
import { labelled, switched, type Say } from '../../objects/change/phrase.ts';
import { textOf, valueAt } from '../../objects/fields.ts';

const allowedKind: Say = ({ path, before, after }) => {
  const { group, kind } = {
    group: textOf(valueAt(after ?? before, 'group')) ?? '',
    kind: textOf(valueAt(after ?? before, 'kind')) ?? entryOf(path, 'namespaceResourceWhitelist') ?? '',
  };
  return `kind ${kind}${group === '' ? '' : ` (${group})`} ${after === undefined ? 'no longer allowed' : 'allowed'}`;
};

/** Fields of Argo CD's kinds in the owner's words. */
export const words: Readonly<Record<string, Readonly<Record<string, Say>>>> = {
  Application: {
    'spec.source.repoURL': labelled('repository'),
    'spec.source.targetRevision': labelled('follows'),
    'spec.source.path': labelled('folder'),
    'spec.sources[].repoURL': labelled('repository'),
    'spec.sources[].targetRevision': labelled('follows'),
    'spec.sources[].path': labelled('folder'),
    'spec.project': labelled('AppProject'),
    'spec.destination.namespace': labelled('namespace'),
    'spec.destination.server': labelled('cluster'),
    'spec.syncPolicy.automated.prune': switched('removes what is no longer there', 'removes nothing'),
    'spec.syncPolicy.automated.selfHeal': switched('undoes edits by hand', 'leaves edits by hand'),
    'spec.syncPolicy.syncOptions[]': labelled('sync option'),
  },
  AppProject: {
    'spec.namespaceResourceWhitelist[]': allowedKind,
    'spec.clusterResourceWhitelist[]': allowedKind,
    'spec.sourceRepos[]': labelled('repository'),
  },
};
