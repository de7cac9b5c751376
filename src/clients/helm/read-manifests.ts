import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../model/application.ts';
import { fieldsOf, isFields, itemsOf, textOf, valueAt } from '../../objects/fields.ts';
import { ChartRefusal } from './chart-refusal.ts';
import { isClusterScoped, kindOf } from '../../objects/kind.ts';

/**
 * The objects in what Helm writes, each in its namespace. A value that a reader of YAML 1.1, as Kubernetes has one, takes for something else
 * than one of 1.2 is refused: the object would be another one on the branch than in Helm's hands.
 *
 * @param namespace - of objects that say none, and live in one
 */
export function readManifests(text: string, namespace: string): readonly KubernetesObject[] {
  const [older, newer] = (['1.1', '1.2'] as const).map((version) =>
    parseAllDocuments(text, { version, logLevel: 'silent' }),
  );
  if (!Array.isArray(older) || !Array.isArray(newer)) return [];
  return newer.flatMap((document, i) => {
    const [error] = document.errors;
    if (error !== undefined) throw new ChartRefusal(`makes what is no YAML: ${firstLine(error.message)}`);
    const value: unknown = document.toJS();
    const before: unknown = older[i]?.toJS();
    if (value === null) return [];
    const name = `${textOf(valueAt(value, 'kind')) ?? '?'}/${textOf(valueAt(value, 'metadata', 'name')) ?? '?'}`;
    const read = asKubernetesReads(value, before);
    if (read === undefined)
      throw new ChartRefusal(
        `writes a value of ${name} that some readers of YAML take for a number or a time, and others for text; let the chart quote it`,
      );
    return (valueAt(read, 'kind') === 'List' ? itemsOf(valueAt(read, 'items')) : [read]).map((each) =>
      inNamespace(each, namespace),
    );
  });
}

/**
 * A value as Kubernetes reads it, which is by YAML 1.1 where that is a number in place of another, `0440`, or yes and no; nothing where the two
 * readings differ in another way, of which nobody knows how it is taken.
 */
function asKubernetesReads(newer: unknown, older: unknown): unknown {
  if (Array.isArray(newer) && Array.isArray(older)) {
    const items = newer.map((item: unknown, i) => asKubernetesReads(item, older[i]));
    return newer.length !== older.length || items.includes(undefined) ? undefined : items;
  }
  if (isFields(newer) && isFields(older)) {
    const keys = Object.keys(newer);
    if (keys.join('\0') !== Object.keys(older).join('\0')) return undefined;
    const entries = keys.map((key) => [key, asKubernetesReads(newer[key], older[key])] as const);
    return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
  }
  if (Object.is(newer, older)) return older;
  const [was, is] = [typeof newer, typeof older];
  return (was === 'number' && is === 'number') || (was === 'string' && is === 'boolean') ? older : undefined;
}

function inNamespace(value: unknown, namespace: string): KubernetesObject {
  const { apiVersion, kind, metadata } = fieldsOf(value);
  if (textOf(apiVersion) === undefined || textOf(kind) === undefined)
    throw new ChartRefusal('makes what is no object: it says no apiVersion or no kind');
  const object = value as KubernetesObject;
  if (isClusterScoped(kindOf(object))) return object;
  return { ...object, metadata: { namespace, ...fieldsOf(metadata) } as KubernetesObject['metadata'] };
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
