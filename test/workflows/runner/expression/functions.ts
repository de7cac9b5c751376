import { isEqual, isList, textOf, type Value } from './value.ts';

type Function = (given: readonly Value[]) => Value;

/** The functions that generated workflows may call; `hashFiles` is not among them, because none reads files. */
export const functions: Readonly<Record<string, Function>> = {
  contains: ([where = null, what = null]) =>
    isList(where)
      ? where.some((one) => isEqual(one, what))
      : textOf(where).toLowerCase().includes(textOf(what).toLowerCase()),
  startswith: ([text = null, start = null]) => textOf(text).toLowerCase().startsWith(textOf(start).toLowerCase()),
  endswith: ([text = null, end = null]) => textOf(text).toLowerCase().endsWith(textOf(end).toLowerCase()),
  format: ([pattern = null, ...given]) =>
    textOf(pattern).replaceAll(/\{\{|\}\}|\{(\d+)\}/g, (token, index?: string) => {
      if (index === undefined) return token.charAt(0);
      const value = given[Number(index)];
      if (value === undefined) throw new Error(`format() has no value number ${index}`);
      return textOf(value);
    }),
  join: ([list = null, separator = ',']) =>
    isList(list) ? list.map((one) => textOf(one)).join(textOf(separator)) : textOf(list),
  tojson: ([value = null]) => JSON.stringify(value, undefined, 2),
  fromjson: ([text = null]) => JSON.parse(textOf(text)) as Value,
};
