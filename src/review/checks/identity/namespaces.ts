import { allowedNamespacesOf } from '../../../model/derived/places/namespaces.ts';
import { oneOf } from '../../../model/suggestion.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { isClusterScoped, kindOf } from '../../../objects/kind.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';

/**
 * Everything that the engine applies lands in a namespace of the environment, whose name and settings are `bootstrap/`'s alone, or in one of
 * somebody else that it declares beside them.
 */
export const namespaces: Check = {
  name: 'namespaces',
  find({ environment, objects }, report) {
    const allowed = allowedNamespacesOf(environment);
    for (const rendered of objects.all) if (rendered.application !== undefined) inObject(rendered, allowed, report);
  },
};

function inObject(rendered: RenderedObject, allowed: readonly string[], report: Report): void {
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
  } else if (metadata.namespace !== undefined && !allowed.includes(metadata.namespace)) {
    report(
      foundAt(
        rendered,
        'metadata.namespace',
        `must be ${allowed.length === 1 ? "the environment's namespace" : 'a namespace of the environment'}; write ${oneOf(allowed)}, got "${metadata.namespace}"`,
      ),
    );
  }
}
