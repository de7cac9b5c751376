import { namespacesOf } from '../../../../model/derived/places/namespaces.ts';
import type { Environment } from '../../../../model/environment.ts';
import { foundAt, type Check } from '../../../../objects/check.ts';
import { fieldsOf, placesOf, textOf, valueAt } from '../../../../objects/fields.ts';
import { suggestion } from '../../../../objects/names/suggestion.ts';

/** Roles that every cluster has. */
const builtInRoles: ReadonlySet<string> = new Set(['admin', 'cluster-admin', 'edit', 'view']);

/** Accounts that somebody else makes, as the delivery says. */
const givenAccounts = ({ applications }: Environment): ReadonlySet<string> =>
  new Set(
    applications
      .flatMap(({ services }) => services)
      .flatMap(({ serviceAccount }) => (serviceAccount?.kind === 'given' ? [serviceAccount.name] : [])),
  );

/** Every ServiceAccount that a pod or a binding names, and every role that a binding grants, is there. */
export const serviceAccounts: Check = {
  name: 'service-accounts',
  find({ objects, environment }, report) {
    const given = givenAccounts(environment);
    const own = namespacesOf(environment);
    const missing = (name: string, namespace: string): string | undefined =>
      name === 'default' ||
      (given.has(name) && own.includes(namespace)) ||
      objects.find('ServiceAccount', name, namespace) !== undefined
        ? undefined
        : `there is no ServiceAccount "${name}" in this environment; ${suggestion(name, objects.namesOf('ServiceAccount', namespace))}`;

    for (const { rendered, pod, specPath, namespace } of objects.workloads) {
      const name = textOf(pod['serviceAccountName']);
      const problem = name === undefined ? undefined : missing(name, namespace);
      if (problem !== undefined) report(foundAt(rendered, `${specPath}.serviceAccountName`, problem));
    }
    for (const rendered of objects.ofKind('RoleBinding', 'ClusterRoleBinding')) {
      const within = objects.namespaceOf(rendered.object);
      for (const { fields, path } of placesOf(rendered.object['subjects'], 'subjects')) {
        const name = textOf(fields['name']);
        const namespace = textOf(fields['namespace']) ?? within;
        const problem =
          fields['kind'] === 'ServiceAccount' && name !== undefined && namespace === objects.namespace
            ? missing(name, namespace)
            : undefined;
        if (problem !== undefined) report(foundAt(rendered, `${path}.name`, problem));
      }
      const role = fieldsOf(valueAt(rendered.object, 'roleRef'));
      const kind = textOf(role['kind']) ?? 'Role';
      const name = textOf(role['name']) ?? '';
      const known =
        (kind === 'ClusterRole' && (builtInRoles.has(name) || name.startsWith('system:'))) ||
        objects.find(kind, name, within) !== undefined;
      if (!known)
        report(
          foundAt(
            rendered,
            'roleRef.name',
            `there is no ${kind} "${name}" in this environment; ${suggestion(name, objects.namesOf(kind, within))}`,
          ),
        );
    }
  },
};
