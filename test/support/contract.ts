import { describe, expect, test } from '@jest/globals';

/** One thing that every face of a table promises. */
export interface Promised<Face> {
  /** What it does: the name of its test, e.g. `makes nothing where it follows nothing`. */
  readonly sentence: string;
  /** Fails with an assertion where a face does not keep it. */
  readonly keep: (face: Face) => void;
  /** The face that the tests make up, with the fault that breaks this promise and, as far as can be, no other. */
  readonly broken: Face;
}

/** Promises as they are, so that each is typed where it is written. */
export const promised = <Face>(...promises: readonly Promised<Face>[]): readonly Promised<Face>[] => promises;

/**
 * The contract of a table of faces: each promise is held by every face and by the made-up one, and fails for a face that breaks it,
 * so that none of them is a promise that cannot be broken.
 *
 * @param what - what the faces are, e.g. `an engine`
 */
export function contract<Face extends { readonly kind: string }>(
  what: string,
  {
    faces,
    madeUp,
    promises,
  }: {
    readonly faces: readonly Face[];
    readonly madeUp: Face;
    readonly promises: readonly Promised<Face>[];
  },
): void {
  const named = [...faces.map((face) => [face.kind, face] as const), ['a made-up one', madeUp] as const];
  describe.each(named)(`%s as ${what}`, (_, face) => {
    test.each(promises.map((promise) => [promise.sentence, promise] as const))('%s', (_sentence, { keep }) => {
      keep(face);
    });
  });

  describe(`what is no such thing as ${what}`, () => {
    test.each(promises.map((promise) => [promise.sentence, promise] as const))(
      'fails where it is not so that it %s',
      (_sentence, { keep, broken }) => {
        expect(() => {
          keep(broken);
        }).toThrow(/expect/);
      },
    );
  });
}
