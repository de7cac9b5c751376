/** One place where an object does not match the schema of its kind. */
export interface SchemaFinding {
  /** Path inside the object, e.g. `spec.template.spec.containers[0].image`. */
  readonly field: string;
  /** What is wrong and what to write: lower case, no full stop. */
  readonly message: string;
  /** The value found there as short JSON, e.g. `"3"`; never of a field that may hold a secret. @default - not shown */
  readonly given?: string;
}
