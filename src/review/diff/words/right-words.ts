import { textsOf, valueAt } from '../../../objects/fields.ts';
import { listed } from '../../../model/formats/listed.ts';

/** What a rule of a Role allows, e.g. `get and watch configmaps named flags`. */
export function rightWords(rule: unknown): string {
  const of = (field: string): readonly string[] => textsOf(valueAt(rule, field));
  const everything = (list: readonly string[], all: string): string => (list.includes('*') ? all : listed(list));
  const names = of('resourceNames');
  const things = [...of('resources'), ...of('nonResourceURLs')];
  return `${everything(of('verbs'), 'do everything with')} ${everything(things, 'everything')}${names.length === 0 ? '' : ` named ${listed(names)}`}`;
}
