import type { KubernetesObject } from '../../../model/application.ts';
import { itemsOf, textOf, valueAt } from '../../../objects/fields.ts';
import { rightsApi } from '../account/account.ts';
import { isOwnApi, kustomizeApi } from '../settings.ts';

/**
 * The objects that Flux is told by what to do: its own kinds, and the accounts that they name with their bindings and Roles. Roles of the
 * applications themselves are none of them.
 */
export function ownObjects(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const accounts = new Set(
    objects
      .filter(({ apiVersion }) => apiVersion === kustomizeApi)
      .map(
        (object) => `${object.metadata.namespace ?? ''}/${textOf(valueAt(object, 'spec', 'serviceAccountName')) ?? ''}`,
      ),
  );
  const isOfAccount = ({ subjects }: KubernetesObject): boolean =>
    itemsOf(subjects).some((subject) =>
      accounts.has(`${textOf(valueAt(subject, 'namespace')) ?? ''}/${textOf(valueAt(subject, 'name')) ?? ''}`),
    );
  const bindings = objects.filter((object) => object.apiVersion === rightsApi && isOfAccount(object));
  const roles = new Set(
    bindings.map(({ metadata, roleRef }) => {
      const kind = textOf(valueAt(roleRef, 'kind')) ?? '';
      return `${kind}/${kind === 'Role' ? (metadata.namespace ?? '') : ''}/${textOf(valueAt(roleRef, 'name')) ?? ''}`;
    }),
  );
  return objects.filter((object) => {
    const { apiVersion, kind, metadata } = object;
    if (isOwnApi(apiVersion)) return true;
    if (apiVersion === 'v1')
      return kind === 'ServiceAccount' && accounts.has(`${metadata.namespace ?? ''}/${metadata.name}`);
    return (
      apiVersion === rightsApi &&
      (bindings.includes(object) || roles.has(`${kind}/${metadata.namespace ?? ''}/${metadata.name}`))
    );
  });
}
