/** A part of a custom resource that has a schema of its own, which nothing holds it against before it is used. */
export interface EmbeddedPart {
  /** Where it stands in the object. */
  readonly path: string;
  /** The part, with the API version and the kind that its schema is known by. */
  readonly part: Readonly<Record<string, unknown>>;
}
