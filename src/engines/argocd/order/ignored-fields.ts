import type { KubernetesObject } from '../../../model/application.ts';
import type { OrderStep } from '../../order-step.ts';
import { entriesOf, specOf } from './spec-entries.ts';

/** One field that an Application leaves to others. */
interface IgnoredField {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** JSON pointer, e.g. `/spec/replicas`. */
  readonly pointer: string;
}

/**
 * The fields that an Application starts or stops leaving to others. One that leaves the branch before the Application ignores it is
 * taken away from what runs: Argo CD sets it back to its default, e.g. 6 replicas to 1.
 */
export function ignoredSteps(
  old: KubernetesObject,
  application: KubernetesObject,
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): readonly OrderStep[] {
  const [was, is] = [ignoredFields(old), ignoredFields(application)];
  const object = `Application/${application.metadata.name}`;
  return [
    ...[...is].flatMap(([key, field]): readonly OrderStep[] => {
      if (was.has(key)) return [];
      const hurts = takenAway(field, before, after);
      return [
        {
          when: 'before',
          object,
          message: `the Application must leave ${describe(field)} alone before it leaves the branch`,
          ...(hurts === undefined ? {} : { hurts }),
        },
      ];
    }),
    ...[...was].flatMap(([key, field]): readonly OrderStep[] =>
      is.has(key)
        ? []
        : [
            {
              when: 'after',
              object,
              message: `the Application leaves ${describe(field)} alone until then; only afterwards does Argo CD set it again`,
            },
          ],
    ),
  ];
}

const describe = ({ kind, name, pointer }: IgnoredField): string =>
  `${pointer.slice(1).replaceAll('/', '.')} of ${kind}/${name}`;

function ignoredFields(application: KubernetesObject): ReadonlyMap<string, IgnoredField> {
  const fields = [...entriesOf(specOf(application), 'ignoreDifferences').values()].flatMap((entry): IgnoredField[] => {
    const { group, kind, name, jsonPointers } = (entry ?? {}) as Readonly<Record<string, unknown>>;
    const pointers: readonly unknown[] = Array.isArray(jsonPointers) ? jsonPointers : [];
    return pointers.flatMap((pointer) =>
      typeof pointer === 'string' ? [{ group: textOf(group), kind: textOf(kind), name: textOf(name), pointer }] : [],
    );
  });
  return new Map(fields.map((field) => [JSON.stringify(field), field]));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What happens to a field that the branch says now and will not say; nothing where no object loses it. */
function takenAway(
  field: IgnoredField,
  before: readonly KubernetesObject[],
  after: readonly KubernetesObject[],
): string | undefined {
  const is = (object: KubernetesObject): boolean =>
    object.kind === field.kind &&
    object.metadata.name === field.name &&
    (object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '') === field.group;
  const [old, next] = [before.find(is), after.find(is)];
  if (old === undefined || next === undefined) return undefined;
  const [was, isNow] = [valueAt(old, field.pointer), valueAt(next, field.pointer)];
  if (was === undefined || isNow !== undefined) return undefined;
  const fallen = field.pointer === '/spec/replicas' ? 'to 1 pod, until its autoscaler acts' : 'to its default';
  return `Argo CD would take ${describe(field)} away: from ${JSON.stringify(was)} ${fallen}`;
}

const valueAt = (object: KubernetesObject, pointer: string): unknown =>
  pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined,
      object,
    );
