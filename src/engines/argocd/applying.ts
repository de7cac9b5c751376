import { annotationItems } from '../../objects/annotation-items.ts';
import { textsOf, valueAt } from '../../objects/fields.ts';
import type { EnginePlugin } from '../engine.ts';
import { syncOptions } from './settings.ts';

/** What keeps Argo CD from a copy of the whole object in an annotation; nothing where it is told so, by the object or by an Application. */
export const againstCopies: EnginePlugin['againstCopies'] = (object, objects) => {
  const options = [
    ...annotationItems(object, syncOptions),
    ...objects
      .ofKind('Application.argoproj.io')
      .flatMap((application) => textsOf(valueAt(application.object, 'spec', 'syncPolicy', 'syncOptions'))),
  ];
  return options.includes('ServerSideApply=true') ? undefined : `annotate it with ${syncOptions}: ServerSideApply=true`;
};

/** Argo CD deletes and makes again what is a hook, or says so itself. */
export const remakes: EnginePlugin['remakes'] = (object) => {
  const { annotations } = object.metadata;
  if (annotations === undefined) return false;
  if (annotations['argocd.argoproj.io/hook'] !== undefined) return true;
  const options = annotationItems(object, syncOptions);
  return options.includes('Replace=true') && options.includes('Force=true');
};
