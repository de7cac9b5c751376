const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field's name behind those that it lies in; one with a dot or a slash in it in quotes. */
const within = (path: string, field: string): string => {
  const name = /^[A-Za-z0-9_-]+$/.test(field) ? field : JSON.stringify(field);
  return path === '' ? name : `${path}.${name}`;
};

/**
 * The fields of an object that would change in a live one, e.g. `metadata.labels.app`, in alphabetical order. What the live one has besides is
 * not looked at: the cluster and its controllers fill in a lot.
 *
 * @param wanted - what is written
 */
export function differingFields(wanted: unknown, live: unknown, path = ''): readonly string[] {
  if (isMapping(wanted)) {
    if (!isMapping(live)) return [path];
    return Object.keys(wanted)
      .sort()
      .flatMap((field) => differingFields(wanted[field], live[field], within(path, field)));
  }
  if (Array.isArray(wanted)) {
    const same =
      Array.isArray(live) &&
      wanted.length === live.length &&
      wanted.every((item, i) => differingFields(item, live[i]).length === 0);
    return same ? [] : [path];
  }
  return wanted === live ? [] : [path];
}
