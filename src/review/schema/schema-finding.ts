/** One place where an object does not match the schema of its kind. */
export interface SchemaFinding {
  /** Path inside the object, e.g. `spec.template.spec.containers[0].image`. */
  readonly field: string;
  /** What is wrong and what to write: lower case, no full stop. */
  readonly message: string;
  /** The value found there as short JSON, e.g. `"3"`; never of a field that may hold a secret. @default - not shown */
  readonly given?: string;
}

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
