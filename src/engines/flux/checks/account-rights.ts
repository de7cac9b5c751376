import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { placesOf, textOf, textsOf, valueAt } from '../../../objects/fields.ts';
import { apiGroup, isClusterScoped, kindOf } from '../../../objects/kind.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import { resourcesOf } from '../account/resource-of.ts';

/** What an apply on the server's side needs of a kind. */
const needed = ['get', 'create', 'patch'] as const;

/** What may be done with what nobody renders: Flux looks at it to know whether something is healthy. */
const looking: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

/**
 * The account that Flux applies with may do what the environment needs and nothing else: no wildcard, nothing with Secrets, and every kind
 * that is rendered, without which it applies nothing at all.
 */
export const accountRights: Check = {
  name: 'account-rights',
  find({ objects }, report) {
    for (const kustomization of objects.ofKind('Kustomization.kustomize.toolkit.fluxcd.io')) {
      const account = textOf(valueAt(kustomization.object, 'spec', 'serviceAccountName'));
      const roles =
        account === undefined
          ? []
          : objects
              .ofKind('Role', 'ClusterRole')
              .filter(({ application, object }) => application === undefined && object.metadata.name === account);
      for (const role of roles) reportRole(role, objects, report);
    }
  },
};

function reportRole(role: RenderedObject, objects: ObjectIndex, report: Report): void {
  const isOfCluster = role.object.kind === 'ClusterRole';
  const applied = objects.all.filter(
    ({ application, object }) =>
      application !== undefined &&
      isClusterScoped(kindOf(object)) === isOfCluster &&
      (isOfCluster || objects.namespaceOf(object) === objects.namespaceOf(role.object)),
  );
  const resourceOf = resourcesOf(objects.all.map(({ object }) => object));
  const rendered = new Map(applied.map(({ object }) => [`${apiGroup(object)}/${resourceOf(object)}`, object.kind]));
  const allowed = new Map<string, Set<string>>();
  const wildcards = new Set<string>();
  for (const { fields, path } of placesOf(role.object['rules'], 'rules')) {
    const [groups, resources, verbs] = ['apiGroups', 'resources', 'verbs'].map((field) => textsOf(fields[field]));
    if ([...(groups ?? []), ...(resources ?? []), ...(verbs ?? [])].includes('*')) {
      wildcards.add(path);
      report(foundAt(role, path, 'a wildcard allows more than this environment needs; write what it needs, got "*"'));
      continue;
    }
    for (const group of groups ?? [])
      for (const resource of resources ?? []) {
        const key = `${group}/${resource}`;
        const known = allowed.get(key) ?? new Set<string>();
        allowed.set(key, known);
        for (const verb of verbs ?? []) known.add(verb);
        if (key === '/secrets')
          report(foundAt(role, path, 'allows Secrets, so that a commit may read, change or delete one; remove it'));
      }
  }
  if (wildcards.size > 0) return;
  for (const [key, kind] of [...rendered].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (key === '/secrets') continue;
    const missing = needed.filter((verb) => allowed.get(key)?.has(verb) !== true);
    if (missing.length > 0)
      report(
        foundAt(
          role,
          'rules',
          `does not allow to ${missing.join(' and ')} ${kind}, which is rendered; Flux would apply nothing of a commit with one, add it`,
        ),
      );
  }
  // Rights that a rendered Role hands on are checked where they are rendered.
  if (applied.some(({ object }) => apiGroup(object) === 'rbac.authorization.k8s.io')) return;
  for (const [key, verbs] of allowed) {
    const changes = [...verbs].filter((verb) => !looking.has(verb));
    if (key === '/secrets' || rendered.has(key) || changes.length === 0) continue;
    const [group = '', resource = ''] = key.split('/');
    report(
      foundAt(
        role,
        'rules',
        `allows to ${changes.join(' and ')} ${resource}${group === '' ? '' : `.${group}`}, of which none is rendered; remove it`,
      ),
    );
  }
}
