/** Reads a field, or an item of a list by its place, of an object whose shape nobody has checked; undefined where a step is missing. */
export function fieldAt(object: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined,
    object,
  );
}

/** The text at a path, or an empty one. */
export function textAt(object: unknown, ...path: readonly (string | number)[]): string {
  const value = fieldAt(object, ...path);
  return typeof value === 'string' ? value : '';
}

/** The list at a path, or an empty one. */
export function listAt(object: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = fieldAt(object, ...path);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
