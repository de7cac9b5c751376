import type { KubernetesObject } from '../../model/application.ts';
import type { KubernetesLine } from '../../model/environment.ts';
import { compareObjects, type Difference } from './compare/compare-objects.ts';
import type { Rename } from './compare/find-renames.ts';
import type { ListKeyLookup } from './compare/list-rule.ts';
import { ownerOf } from './owner.ts';
import { describePath, type Path } from '../../objects/change/path.ts';
import { podMarkerAt } from './pods/pod-annotations.ts';
import { templatePathOf } from './pods/pod-template.ts';
import { growthRemark, recreationRemark, refusalAt, refusalsOf } from './recreation.ts';
import { redact, redactText } from './redact.ts';
import { fateOf, removalRemarks, type Remover } from './removal.ts';
import { fileConfigs, variableConfigs } from './pods/used-configs.ts';
import type { FieldChange, ObjectDiff } from './tree-diff.ts';
import type { TreeObject } from './tree-object.ts';
import { summaryOf } from './summary.ts';
import { wordsOf } from './words/words-of.ts';

/** What comparing two states of an object needs besides them. */
export interface ObjectContext {
  readonly listKeys?: ListKeyLookup;
  readonly line: KubernetesLine;
  readonly prunes: boolean;
  readonly engine: Remover;
  /** Names of ConfigMaps that differ, as `<namespace>/<name>`. */
  readonly changedConfigs: ReadonlySet<string>;
  /** Whether a checksum without a changed ConfigMap says nothing, because names of environments went into it. */
  readonly ignoresLoneChecksums: boolean;
}

/** An object that is in both trees: what differs, and which lists only moved. */
export function diffStaying(
  { before, after }: Rename,
  context: ObjectContext,
): { readonly diff: ObjectDiff; readonly reordered: readonly Path[] } {
  const { changes, reordered } = compareObjects(before.object, after.object, context.listKeys);
  const refusals = changes.length === 0 ? [] : refusalsOf(before.object, after.object, context.line, context.engine);
  const fields = changes.flatMap((difference): readonly FieldChange[] => {
    const change = fieldChange(difference, after.object, context);
    if (change === undefined) return [];
    const advice = refusalAt(refusals, change.path)?.advice;
    return [advice === undefined ? change : { ...change, immutable: advice }];
  });
  const isRecreated = fields.some(({ immutable }) => immutable !== undefined);
  const remarks = isRecreated ? [recreationRemark(before.object)] : growthRemark(before.object, after.object);
  return {
    diff: { ...headOf(after), action: isRecreated ? 'recreated' : 'changed', changes: fields, remarks },
    reordered,
  };
}

/** An object that is the same under another name. */
export function diffRenamed({ before, after }: Rename, context: ObjectContext): ObjectDiff {
  const { changes } = compareObjects(before.object, after.object, context.listKeys);
  const { namespace, name } = before.object.metadata;
  const moves = namespace !== after.object.metadata.namespace;
  const fate = fateOf(before, context.prunes, context.engine);
  return {
    ...headOf(after),
    action: 'renamed',
    changes: changes
      .filter(({ path }) => !(path[0] === 'metadata' && (path[1] === 'name' || path[1] === 'namespace')))
      .flatMap((difference) => fieldChange(difference, after.object, context) ?? []),
    remarks: removalRemarks(before.object, fate, context.engine).map((remark) => `the old one: ${remark}`),
    renamedFrom: moves ? `${namespace ?? ''}/${name}` : name,
    fate,
  };
}

/** An object that was not there. */
export const diffCreated = (item: TreeObject): ObjectDiff => ({
  ...headOf(item),
  action: 'created',
  changes: [],
  remarks: summaryOf(item.object),
});

/** An object that is no longer there. */
export function diffRemoved(item: TreeObject, { prunes, engine }: ObjectContext): ObjectDiff {
  const fate = fateOf(item, prunes, engine);
  return { ...headOf(item), action: 'removed', changes: [], remarks: removalRemarks(item.object, fate, engine), fate };
}

function headOf(item: TreeObject): Pick<ObjectDiff, 'apiVersion' | 'kind' | 'namespace' | 'name' | 'owner' | 'path'> {
  const { apiVersion, kind, metadata } = item.object;
  const { namespace, name } = metadata;
  return {
    apiVersion,
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    owner: ownerOf(item),
    ...(item.path === undefined ? {} : { path: item.path }),
  };
}

/** One field for people: secrets hidden, and in their words. Nothing for a checksum that says nothing. */
function fieldChange(
  { path, before, after }: Difference,
  object: KubernetesObject,
  context: ObjectContext,
): FieldChange | undefined {
  const marker = markerWords(path, object, before, after, context);
  if (marker === null) return undefined;
  const [left, right] = [redact(object.kind, path, before), redact(object.kind, path, after)];
  const shown = {
    ...(before === undefined ? {} : { before: left.value }),
    ...(after === undefined ? {} : { after: right.value }),
  };
  const words = marker ?? wordsOf({ object, path, ...shown });
  return {
    path: redactText(describePath(path)),
    ...shown,
    ...(words === undefined ? {} : { words: redactText(words) }),
    ...(left.hidden || right.hidden ? { hidden: true } : {}),
  };
}

/** Words for what only makes new pods; null when there is nothing to say, undefined when it is no such thing. */
function markerWords(
  path: Path,
  object: KubernetesObject,
  before: unknown,
  after: unknown,
  context: ObjectContext,
): string | null | undefined {
  const template = templatePathOf(object);
  const marker = template === undefined ? undefined : podMarkerAt(path.slice(template.length));
  switch (marker?.kind) {
    case undefined:
      return undefined;
    case 'restart':
      return 'restarted by hand';
    case 'credential':
      return before === undefined || after === undefined
        ? `credential ${marker.credential} ${after === undefined ? 'no longer used' : 'used'}`
        : `credential ${marker.credential} rotated`;
    case 'checksum': {
      const configs = changedConfigsOf(object, context.changedConfigs);
      if (configs.length > 0) return configs.map((name) => `config ${name} changed`).join(', ');
      if (context.ignoresLoneChecksums) return null;
      return before === undefined
        ? 'follows its configuration'
        : after === undefined
          ? 'no longer follows its configuration'
          : 'configuration changed';
    }
  }
}

function changedConfigsOf(object: KubernetesObject, changed: ReadonlySet<string>): readonly string[] {
  const namespace = object.metadata.namespace ?? '';
  return [...new Set([...variableConfigs(object), ...fileConfigs(object)])]
    .filter((name) => changed.has(`${namespace}/${name}`))
    .sort();
}
