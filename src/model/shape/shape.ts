/**
 * What a value of the model must look like, as the types say it:
 * - `'text'`, `'number'`, `'boolean'`: a value of that kind;
 * - `'data'`: whatever a file could hold, to any depth;
 * - `'function'`: what makes something when it is called;
 * - `'#Service'`: the shape of that name;
 * - a key that ends with `?` may be left out.
 */
export type Shape = string | WordShape | ListShape | MapShape | FieldsShape | ChoiceShape;

/** One of some words. */
export interface WordShape {
  readonly words: readonly string[];
}

/** A list of any length. */
export interface ListShape {
  readonly list: Shape;
}

/** A mapping whose keys the user chooses. */
export interface MapShape {
  readonly map: Shape;
}

/** A mapping with known keys. */
export interface FieldsShape {
  readonly fields: Readonly<Record<string, Shape>>;
  /** Shape of what stands under any other key. @default - there may be no other key */
  readonly rest?: Shape;
}

/** One of several shapes; those that are mappings differ in a word of theirs, e.g. `kind`. */
export interface ChoiceShape {
  readonly anyOf: readonly Shape[];
}
