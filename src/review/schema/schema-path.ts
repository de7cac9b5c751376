/** Step into an object: the name of a field, or the position in a list. */
export type FieldStep = string | number;

/** Writes a path as people read it: `spec.ports[0].name`, `metadata.labels["app.kubernetes.io/name"]`. */
export function schemaPath(steps: readonly FieldStep[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    if (!/^[\w$-]+$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
}
