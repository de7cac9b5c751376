import { foundAt, type Check } from '../../../objects/check.ts';
import { isClusterScoped, kindOf } from '../../../objects/kind.ts';

/**
 * Everything that the engine applies lands in the environment's own namespace, whose name and settings are `bootstrap/`'s alone, or in one
 * that the environment declares beside it.
 */
export const namespaces: Check = {
  name: 'namespaces',
  inObject(rendered, report, { environment }) {
    if (rendered.application === undefined) return;
    const { kind, metadata } = rendered.object;
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
    } else if (
      metadata.namespace !== undefined &&
      metadata.namespace !== environment.namespace &&
      !(environment.furtherNamespaces ?? []).includes(metadata.namespace)
    ) {
      report(
        foundAt(
          rendered,
          'metadata.namespace',
          `must be the environment's namespace; write "${environment.namespace}", got "${metadata.namespace}"`,
        ),
      );
    }
  },
};
