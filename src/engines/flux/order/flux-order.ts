import type { KubernetesObject } from '../../../model/application.ts';
import { listed } from '../../../model/formats/listed.ts';
import { itemsOf, textsOf, valueAt } from '../../../objects/fields.ts';
import { apiGroup } from '../../../objects/kind.ts';
import type { OrderStep } from '../../order-step.ts';
import { resourcesOf } from '../account/resource-of.ts';
import { handedOver } from './handed-over.ts';
import { ownObjects } from './own-objects.ts';

/**
 * What of `bootstrap/` comes before a change of the branch, and what after it. A right that is added is needed before: Flux cannot apply
 * a kind that its account may not, and nothing else of the commit either. One that is removed is needed until Flux pruned.
 *
 * @param before - everything the branch holds, or the cluster
 * @param after - everything it is to hold
 */
export function fluxOrder(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): readonly OrderStep[] {
  const [earlier, later] = [byIdentity(before), byIdentity(after)];
  return [
    ...(earlier.size === 0 || later.size === 0 ? [] : handedOver(before, after)),
    ...[...later].flatMap(([identity, object]): readonly OrderStep[] => {
      const old = earlier.get(identity);
      if (old === undefined)
        return [{ when: 'before', object: nameOf(object), message: `${nameOf(object)} is new and comes first` }];
      return object.kind.endsWith('Role') ? roleSteps(old, object, before) : [];
    }),
    ...[...earlier].flatMap(([identity, object]): readonly OrderStep[] =>
      later.has(identity) ? [] : [{ when: 'after', object: nameOf(object), message: goesLast(object) }],
    ),
  ];
}

const goesLast = (object: KubernetesObject): string =>
  object.kind === 'Kustomization'
    ? `${nameOf(object)} goes last, and with it everything that it applied`
    : `${nameOf(object)} goes after the Kustomizations, which need it to prune`;

const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;

const byIdentity = (objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> =>
  new Map(
    ownObjects(objects).map((object) => [`${object.metadata.namespace ?? ''}|${nameOf(object)}`, object] as const),
  );

/** One right: a verb on a resource, or on some of its objects. */
interface Right {
  readonly group: string;
  readonly resource: string;
  readonly names: readonly string[];
  readonly verb: string;
}

/** The rights of a Role, each once, however its rules put them together. */
const rightsOf = (role: KubernetesObject): ReadonlyMap<string, Right> =>
  new Map(
    itemsOf(role['rules']).flatMap((rule) => {
      const list = (field: string): readonly string[] => textsOf(valueAt(rule, field));
      const names = list('resourceNames');
      return list('apiGroups').flatMap((group) =>
        list('resources').flatMap((resource) =>
          list('verbs').map((verb) => {
            const right: Right = { group, resource, names, verb };
            return [JSON.stringify(right), right] as const;
          }),
        ),
      );
    }),
  );

/** What differs between two states of a Role, by resource. */
function roleSteps(
  old: KubernetesObject,
  role: KubernetesObject,
  before: readonly KubernetesObject[],
): readonly OrderStep[] {
  const [was, is] = [rightsOf(old), rightsOf(role)];
  const name = nameOf(role);
  const only = (from: ReadonlyMap<string, Right>, not: ReadonlyMap<string, Right>): readonly Right[] =>
    [...from].filter(([key]) => !not.has(key)).map(([, right]) => right);
  return [
    ...byResource(only(is, was)).map((rights): OrderStep => ({
      when: 'before',
      object: name,
      message: `the ${role.kind} must allow ${described(rights)} before Flux applies one; else it applies nothing of the commit`,
      command: patchLine(role, rights),
    })),
    ...byResource(only(was, is)).map((rights): OrderStep => ({
      when: 'after',
      object: name,
      message: `the ${role.kind} must allow ${described(rights)} until Flux pruned the last one; else it is not pruned, and the Kustomization not Ready`,
      ...prunesOf(rights, before),
    })),
  ];
}

function byResource(rights: readonly Right[]): readonly (readonly [Right, ...Right[]])[] {
  const groups = new Map<string, [Right, ...Right[]]>();
  for (const right of rights) {
    const key = JSON.stringify([right.group, right.resource, right.names]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [right]);
    else group.push(right);
  }
  return [...groups.values()];
}

/** E.g. `get, list and delete of deployments.apps`. */
function described([first, ...others]: readonly [Right, ...Right[]]): string {
  const verbs = [first, ...others].map(({ verb }) => verb);
  const which = first.names.length === 0 ? '' : ` named ${first.names.join(', ')}`;
  return `${listed(verbs)} of ${first.resource}${first.group === '' ? '' : `.${first.group}`}${which}`;
}

/** The kind of which the last one must be pruned; nothing where no object of the branch has the resource. */
function prunesOf(
  [{ group, resource }]: readonly [Right, ...Right[]],
  before: readonly KubernetesObject[],
): Pick<OrderStep, 'prunes'> {
  const resourceOf = resourcesOf(before);
  const object = before.find((each) => apiGroup(each) === group && resourceOf(each) === resource);
  return object === undefined ? {} : { prunes: { group, kind: object.kind, then: 'the Role may stop allowing it' } };
}

/** The line that adds one rule to a Role and leaves the others as they are. */
function patchLine({ kind, metadata }: KubernetesObject, [first, ...others]: readonly [Right, ...Right[]]): string {
  const { group, resource, names } = first;
  const value = {
    apiGroups: [group],
    resources: [resource],
    ...(names.length === 0 ? {} : { resourceNames: names }),
    verbs: [first, ...others].map(({ verb }) => verb),
  };
  const patch = JSON.stringify([{ op: 'add', path: '/rules/-', value }]);
  const where = metadata.namespace === undefined ? 'kubectl' : `kubectl -n ${metadata.namespace}`;
  return `${where} patch ${kind.toLowerCase()} ${metadata.name} --type json -p '${patch}'`;
}
