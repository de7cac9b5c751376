/**
 * How the entries of a list are told apart: by the values of fields, by being different scalars, or only by their
 * position.
 */
export type ListKeys = readonly string[] | 'set' | 'atomic';
