import type { KubernetesObject } from '../../model/application.ts';
import type { Environment } from '../../model/environment.ts';
import type { TreeObject } from './tree-object.ts';

/** A word of one environment and what stands for it in another, e.g. `dev` and `prod`. */
export type WordPair = readonly [before: string, after: string];

/** The words in which two environments differ because they are two: names, namespaces, prefixes. */
export function environmentWords(before: Environment, after: Environment): readonly WordPair[] {
  const pairs: readonly WordPair[] = [
    [before.namespace, after.namespace],
    [before.namePrefix.replace(/-$/, ''), after.namePrefix.replace(/-$/, '')],
    [(before.pathPrefix ?? '').replace(/^\//, ''), (after.pathPrefix ?? '').replace(/^\//, '')],
    [before.name, after.name],
  ];
  const seen = new Set<string>();
  return pairs.filter(([left, right]) => {
    const isNew = left !== '' && right !== '' && left !== right && !seen.has(left);
    seen.add(left);
    return isNew;
  });
}

/** The objects of one environment as if they were another's: whole words are replaced wherever they stand. */
export function alignTree(objects: readonly TreeObject[], words: readonly WordPair[]): readonly TreeObject[] {
  if (words.length === 0) return objects;
  const byWord = new Map(words);
  const alternatives = words.map(([word]) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${alternatives})(?![A-Za-z0-9])`, 'g');
  const rename = (text: string): string => text.replace(pattern, (word) => byWord.get(word) ?? word);
  return objects.map(({ object, path, construct }) => ({
    object: renamed(object, rename) as KubernetesObject,
    ...(path === undefined ? {} : { path: rename(path) }),
    ...(construct === undefined ? {} : { construct: rename(construct) }),
  }));
}

function renamed(value: unknown, rename: (text: string) => string): unknown {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((entry) => renamed(entry, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [rename(key), renamed(field, rename)]));
}
