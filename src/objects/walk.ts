import { fieldsOf, itemsOf, textOf, type Fields } from './fields.ts';

/** A string at the end of a path, and the object that holds it. */
export interface TextPlace {
  readonly text: string;
  readonly path: string;
  /** The object whose field it is. */
  readonly parent: Fields;
}

/** The strings at a path in which `[]` stands for every entry of a list, e.g. `spec.routes[].services[].name`. */
export function textsAt(object: unknown, path: string): readonly TextPlace[] {
  let places: readonly { readonly value: unknown; readonly path: string; readonly parent: Fields }[] = [
    { value: object, path: '', parent: {} },
  ];
  for (const step of path.split('.')) {
    const key = step.replace('[]', '');
    places = places.flatMap(({ value, path: base }) => {
      const parent = fieldsOf(value);
      const at = base === '' ? key : `${base}.${key}`;
      if (!step.endsWith('[]')) return [{ value: parent[key], path: at, parent }];
      return itemsOf(parent[key]).map((item, i) => ({ value: item, path: `${at}[${i}]`, parent }));
    });
  }
  return places.flatMap(({ value, path: at, parent }) => {
    const text = textOf(value);
    return text === undefined ? [] : [{ text, path: at, parent }];
  });
}
