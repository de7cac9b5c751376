import type { Fields } from '../fields.ts';

/** A field of a custom resource that holds another object's name. */
export interface CustomReference {
  /** Kind and group of the object with the field. */
  readonly from: string;
  /** Path of the name; `[]` stands for every entry of a list. */
  readonly path: string;
  /** Kind and group of what is named; a function where a field beside the name says so. */
  readonly to: string | ((parent: Fields) => string | undefined);
}

/** An annotation of a custom resource that holds another object's namespace and name, with a colon between them. */
export interface AnnotationReference {
  /** Kind and group of the object with the annotation. */
  readonly from: string;
  readonly annotation: string;
  /** Kind and group of what is named. */
  readonly to: string;
}
