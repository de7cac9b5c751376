import { labelled, switched, type Say } from '../../objects/change/phrase.ts';

/** Fields of Flux's kinds in the owner's words. */
export const words: Readonly<Record<string, Readonly<Record<string, Say>>>> = {
  GitRepository: {
    'spec.url': labelled('repository'),
    'spec.ref.branch': labelled('follows'),
    'spec.interval': labelled('looks at the branch every'),
    'spec.secretRef.name': labelled('reads with the Secret'),
  },
  Alert: {
    'spec.eventSources': labelled('listens to'),
    'spec.inclusionList': labelled('hands on alone'),
    'spec.exclusionList': labelled('keeps to itself'),
  },
  Provider: {
    'spec.address': labelled('tells'),
    'spec.secretRef.name': labelled('tells with the Secret'),
    'spec.commitStatusExpr': labelled('name of the commit status'),
  },
  Kustomization: {
    'spec.path': labelled('folder'),
    'spec.prune': switched('removes what is no longer there', 'removes nothing'),
    'spec.wait': switched('is Ready when everything is', 'is Ready when everything is applied'),
    'spec.force': switched('makes anew what cannot change in place', 'makes nothing anew'),
    'spec.interval': labelled('undoes edits by hand every'),
    'spec.timeout': labelled('waits for health'),
    'spec.serviceAccountName': labelled('applies as'),
    'spec.sourceRef.name': labelled('source'),
  },
};
