import type { KubernetesObject } from '../../../model/application.ts';
import { textOf } from '../../../objects/fields.ts';
import { sourcesOf } from '../charts/chart-sources.ts';
import type { OrderStep } from '../../order-step.ts';
import { ignoredSteps } from './ignored-fields.ts';
import { entriesOf, specOf } from './spec-entries.ts';

/** Fields of an AppProject that list what is allowed, and what an entry allows. */
const allowances = ['namespaceResourceWhitelist', 'clusterResourceWhitelist', 'sourceRepos', 'destinations'] as const;

/**
 * What of `bootstrap/` comes before a change of the branch, and what after it. What is added is needed before: Argo CD refuses a
 * kind that its AppProject does not allow. What is removed is needed until Argo CD pruned: it does not see an object of a kind that
 * it may not apply, and leaves it running under "Synced, Healthy".
 *
 * @param before - everything the branch holds, or the cluster
 * @param after - everything it is to hold
 */
export function argoOrder(
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): readonly OrderStep[] {
  const earlier = new Map(before.filter(isBootstrap).map((object) => [identityOf(object), object]));
  const later = new Map(after.filter(isBootstrap).map((object) => [identityOf(object), object]));
  return [
    ...[...later].flatMap(([identity, object]): readonly OrderStep[] => {
      const old = earlier.get(identity);
      if (old === undefined)
        return [{ when: 'before', object: nameOf(object), message: `${nameOf(object)} is new and comes first` }];
      if (object.kind === 'AppProject') return projectSteps(old, object);
      return object.kind === 'Application'
        ? [...followedSteps(old, object), ...ignoredSteps(old, object, before, after)]
        : [];
    }),
    ...[...earlier].flatMap(([identity, object]): readonly OrderStep[] =>
      later.has(identity)
        ? []
        : [
            {
              when: 'after',
              object: nameOf(object),
              message: `${nameOf(object)} goes last, and with it everything that it applied`,
            },
          ],
    ),
  ];
}

/** Whether an object is one of those that Argo CD itself is told what to do by. */
const isBootstrap = ({ apiVersion, kind }: KubernetesObject): boolean =>
  apiVersion.startsWith('argoproj.io/') && (kind === 'AppProject' || kind === 'Application');

const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;

const identityOf = (object: KubernetesObject): string => `${object.metadata.namespace ?? ''}|${nameOf(object)}`;

/** An Application that is to follow another branch, or other folders of charts: what it follows keeps what it applied until then. */
function followedSteps(old: KubernetesObject, object: KubernetesObject): readonly OrderStep[] {
  const [was, is] = [branchFollowed(old), branchFollowed(object)];
  const name = nameOf(object);
  if (was !== is)
    return [
      {
        when: 'before',
        object: name,
        message: `the Application must follow ${is}, where its objects lie now, and no longer ${was}`,
      },
    ];
  const [left, right] = [chartFoldersFollowed(old), chartFoldersFollowed(object)];
  const [added, removed] = [
    right.filter((folder) => !left.includes(folder)),
    left.filter((folder) => !right.includes(folder)),
  ];
  return [
    ...added.map((folder): OrderStep => ({
      when: 'before',
      object: name,
      message: `the Application must follow ${folder} too before the branch has it; else what the chart makes is pruned`,
    })),
    ...removed.map((folder): OrderStep => ({
      when: 'after',
      object: name,
      message: `the Application follows ${folder} until it has left the branch; else what the chart made is pruned before the branch has it otherwise`,
    })),
  ];
}

const branchFollowed = (application: KubernetesObject): string =>
  textOf(sourcesOf(application)[0]?.fields['targetRevision']) ?? '';

/** Besides the one with its objects. */
const chartFoldersFollowed = (application: KubernetesObject): readonly string[] =>
  sourcesOf(application)
    .slice(1)
    .map(({ fields }) => textOf(fields['path']) ?? '');

function projectSteps(old: KubernetesObject, object: KubernetesObject): readonly OrderStep[] {
  const name = nameOf(object);
  return allowances.flatMap((list) => {
    const [was, is] = [entriesOf(specOf(old), list), entriesOf(specOf(object), list)];
    const isKind = list.endsWith('Whitelist');
    const added = [...is].filter(([key]) => !was.has(key)).map(([, entry]) => entry);
    const removed = [...was].filter(([key]) => !is.has(key)).map(([, entry]) => entry);
    return [
      ...added.map((entry): OrderStep => ({
        when: 'before',
        object: name,
        message: isKind
          ? `the AppProject must allow ${describeAllowance(entry)} before Argo CD applies one`
          : `the AppProject must allow ${describeAllowance(entry)} before Argo CD uses it`,
        command: patchLine(object, list, entry),
      })),
      ...removed.map((entry): OrderStep => ({
        when: 'after',
        object: name,
        message: isKind
          ? `the AppProject must allow ${describeAllowance(entry)} until Argo CD pruned the last one; else it runs on for ever, and nothing says so`
          : `the AppProject must allow ${describeAllowance(entry)} until Argo CD uses it no more`,
        ...(isKind ? prunesOf(entry) : {}),
      })),
    ];
  });
}

function prunesOf(entry: unknown): Pick<OrderStep, 'prunes'> {
  const { kind, group } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  return typeof kind === 'string' && typeof group === 'string'
    ? { prunes: { group, kind, then: 'the AppProject may stop allowing it' } }
    : {};
}

/** The line that adds one entry to a list of an AppProject and leaves the others as they are. */
function patchLine({ metadata }: KubernetesObject, list: string, entry: unknown): string {
  const patch = JSON.stringify([{ op: 'add', path: `/spec/${list}/-`, value: entry }]);
  return `kubectl -n ${metadata.namespace ?? 'argocd'} patch appproject ${metadata.name} --type json -p '${patch}'`;
}

/** An entry of an AppProject's list as people write it: `Kind.group`, a repository, or a namespace and its cluster. */
function describeAllowance(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  const { kind, group, namespace, server, name } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const parts = kind === undefined ? [namespace, server ?? name] : [kind, group];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(kind === undefined ? ' of ' : '.');
}
