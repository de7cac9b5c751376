/** One step into an object: a field's name, an entry of a list by what tells it apart, or by its position. */
export type PathStep = string | number | { readonly entry: string };

/** A place in an object, from its root. */
export type Path = readonly PathStep[];

const plain = /^[A-Za-z_][\w-]*$/;
const plainEntry = /^[\w./:-]+$/;

/** Writes a path as people do, e.g. `spec.template.spec.containers[orders].image` or `data["init.sql"]`. */
export function describePath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (typeof step === 'object')
      text += `[${plainEntry.test(step.entry) ? step.entry : JSON.stringify(step.entry)}]`;
    else if (!plain.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** The path without what tells entries apart, e.g. `spec.template.spec.containers[].image`: what tables of fields name. */
export function fieldPattern(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step !== 'string') text += '[]';
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** The name of the entry of a list that the path leads through, e.g. `orders` of the list `containers`. */
export function entryOf(path: Path, list: string): string | undefined {
  const step = path[path.indexOf(list) + 1];
  return path.includes(list) && typeof step === 'object' ? step.entry : undefined;
}
