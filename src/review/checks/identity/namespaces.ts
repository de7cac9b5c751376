import { allowedNamespacesOf } from '../../../model/derived/places/namespaces.ts';
import { oneOf } from '../../../model/suggestion.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { isClusterScoped, kindOf } from '../../../objects/kind.ts';

/**
 * Everything that the engine applies lands in a namespace of the environment, whose name and settings are `bootstrap/`'s alone, or in one of
 * somebody else that it declares beside them.
 */
export const namespaces: Check = {
  name: 'namespaces',
  inObject(rendered, report, { environment }) {
    if (rendered.application === undefined) return;
    const { kind, metadata } = rendered.object;
    const allowed = allowedNamespacesOf(environment);
    if (kind === 'Namespace') {
      report(
        foundAt(
          rendered,
          '',
          `the namespace is made by bootstrap/, before the first sync; remove it from the application`,
        ),
      );
    } else if (isClusterScoped(kindOf(rendered.object))) {
      if (metadata.namespace !== undefined)
        report(
          foundAt(rendered, 'metadata.namespace', `a ${kind} has no namespace; remove it, got "${metadata.namespace}"`),
        );
    } else if (metadata.namespace !== undefined && !allowed.includes(metadata.namespace)) {
      report(
        foundAt(
          rendered,
          'metadata.namespace',
          `must be ${allowed.length === 1 ? "the environment's namespace" : 'a namespace of the environment'}; write ${oneOf(allowed)}, got "${metadata.namespace}"`,
        ),
      );
    }
  },
};
