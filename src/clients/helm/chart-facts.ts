import { parse } from 'yaml';
import { fieldsOf, itemsOf, textOf } from '../../objects/fields.ts';
import type { Fields } from '../../objects/fields.ts';
import type { Helm } from './helm-program.ts';

/** What a chart says of itself. */
export interface ChartFacts {
  readonly version: string;
  /** Version of the program in it. @default - it says none */
  readonly appVersion?: string;
  /** Names under which it gives values to other charts. */
  readonly dependencies: readonly string[];
  /** Its own values. */
  readonly values: Fields;
  /** Whether its folder `crds` holds any definition. */
  readonly hasDefinitions: boolean;
}

/** Reads what an archive says of itself. */
export function chartFacts(helm: Helm, archive: string): ChartFacts {
  const show = (what: string): string => helm(['show', what, archive]).stdout;
  const { version, appVersion, dependencies } = fieldsOf(parse(show('chart')));
  return {
    version: textOf(version) ?? '',
    ...(typeof appVersion === 'string' || typeof appVersion === 'number' ? { appVersion: String(appVersion) } : {}),
    dependencies: itemsOf(dependencies).flatMap((each) => {
      const { name, alias } = fieldsOf(each);
      return [textOf(name), textOf(alias)].filter((it) => it !== undefined);
    }),
    values: fieldsOf(parse(show('values'))),
    hasDefinitions: show('crds').trim() !== '',
  };
}

/**
 * Keys of values that a chart's own values do not have, each as the keys to it. Below an empty default anything may stand; so it may below the
 * name of another chart, and in `global`.
 */
export function unknownKeys(values: Fields, { values: own, dependencies }: ChartFacts): readonly (readonly string[])[] {
  const free = new Set([...dependencies, 'global']);
  const below = (given: Fields, known: Fields, keys: readonly string[]): readonly (readonly string[])[] =>
    Object.entries(given).flatMap(([key, value]) => {
      const at = [...keys, key];
      if (keys.length === 0 && free.has(key)) return [];
      if (!Object.hasOwn(known, key)) return [at];
      const [inner, default_] = [fieldsOf(value), fieldsOf(known[key])];
      return Object.keys(default_).length === 0 ? [] : below(inner, default_, at);
    });
  return below(values, own, []);
}

/** Values without what stands at some keys. */
export function without(values: Fields, [key = '', ...rest]: readonly string[]): Fields {
  const { [key]: gone, ...others } = values;
  return rest.length === 0 ? others : { ...others, [key]: without(fieldsOf(gone), rest) };
}
