import type { KubernetesObject } from '../../model/application.ts';
import { textOf, valueAt } from '../../objects/fields.ts';
import type { TreeObject } from './tree-object.ts';

/** Labels that name what an object belongs to, the first that is there. */
const labels = ['app.kubernetes.io/name', 'app', 'k8s-app'] as const;

/** Where labels and selectors stand; a selector says best whose pods are meant. */
const places = [
  ['spec', 'selector', 'matchLabels'],
  ['spec', 'selector'],
  ['spec', 'template', 'metadata', 'labels'],
  ['spec', 'podSelector', 'matchLabels'],
  ['metadata', 'labels'],
] as const;

/**
 * Whose an object is, in the owner's words: the service or database whose construct made it, else what its labels say, else
 * its own name. Jobs say what they do too, e.g. `orders-db backup dump`.
 */
export function ownerOf({ object, construct }: Pick<TreeObject, 'object' | 'construct'>): string {
  return (
    (construct === undefined ? undefined : ownerInPath(construct, object)) ??
    ownerInLabels(object) ??
    object.metadata.name
  );
}

/** A path is `<environment>/<application>/<owner>/…`; groups that are no service begin with a capital. */
function ownerInPath(construct: string, { kind }: KubernetesObject): string | undefined {
  const isJob = kind === 'CronJob' || kind === 'Job';
  const [, application = '', owner = '', ...rest] = construct.split('/', isJob ? undefined : 4);
  if (!beginsSmall(application) || owner === '') return undefined;
  if (owner === 'Claims') return rest[0];
  if (!beginsSmall(owner)) return undefined;
  return isJob ? [owner, ...rest.slice(0, -1)].join(' ') : owner;
}

const beginsSmall = (name: string): boolean => name >= 'a' && name < '{';

function ownerInLabels(object: KubernetesObject): string | undefined {
  for (const place of places) {
    for (const label of labels) {
      const value = textOf(valueAt(object, ...place, label));
      if (value !== undefined && value !== '') return value;
    }
  }
  return undefined;
}
