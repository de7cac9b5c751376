import { foundAt, type Check } from '../../../objects/check.ts';
import { placesOf, textOf, valueAt } from '../../../objects/fields.ts';

/** The ServiceAccount of a Tekton listener is bound to a role; without one it can neither read its triggers nor start a run. */
export const listenerAccounts: Check = {
  name: 'listener-accounts',
  find({ objects }, report) {
    const bound = new Set(
      objects
        .ofKind('RoleBinding', 'ClusterRoleBinding')
        .flatMap(({ object }) =>
          placesOf(object['subjects'], '').map(
            ({ fields }) =>
              `${textOf(fields['namespace']) ?? objects.namespaceOf(object)}/${textOf(fields['name']) ?? ''}`,
          ),
        ),
    );
    for (const rendered of objects.ofKind('EventListener.triggers.tekton.dev')) {
      const name = textOf(valueAt(rendered.object, 'spec', 'serviceAccountName')) ?? 'default';
      if (bound.has(`${objects.namespaceOf(rendered.object)}/${name}`)) continue;
      report(
        foundAt(
          rendered,
          'spec.serviceAccountName',
          `no role is bound to the ServiceAccount "${name}", so that it cannot start a run; add a RoleBinding to tekton-triggers-eventlistener-roles`,
        ),
      );
    }
  },
};
