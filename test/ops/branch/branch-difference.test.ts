import { describe, expect, test } from '@jest/globals';
import { changesTo, differenceOf } from '../../../src/ops/branch/branch-difference.ts';
import type { BranchState } from '../../../src/ops/branch/branch-state.ts';
import { blobId } from '../../../src/ops/git/blob-id.ts';
import type { ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import fc from '../../support/properties.ts';

const like = '0'.repeat(40);
const entry = (text: string, mode = '100644'): { mode: string; id: string } => ({ mode, id: blobId(text, like) });

/** A branch of ours with these files, of which some are listed as ours. */
function branch(files: Readonly<Record<string, string>>, own: readonly string[]): BranchState {
  const record = { environment: 'dev' } as unknown as ReleaseRecord;
  const index = {
    project: 'shop',
    environment: 'dev',
    secrets: {},
    objects: {},
    files: Object.fromEntries(own.map((path) => [path, ''])),
  };
  return {
    kind: 'ours',
    tip: like,
    tree: new Map(Object.entries(files).map(([path, text]) => [path, entry(text)])),
    index,
    record,
    recordText: '',
  };
}

describe('the difference between a branch and the files it should hold', () => {
  test('is by path and contents, and leaves out what is not ours', () => {
    const state = branch({ same: '1', other: '1', gone: '1', theirs: '1' }, ['same', 'other', 'gone']);

    expect(
      differenceOf(
        state,
        new Map([
          ['same', '1'],
          ['other', '2'],
          ['more', '3'],
        ]),
      ),
    ).toEqual({
      added: ['more'],
      changed: ['other'],
      removed: ['gone'],
      foreign: ['theirs'],
      inTheWay: [],
      replaced: [],
    });
  });

  test('tells what is replaced from what is left alone: a file in the place of our folder, a folder in that of our file', () => {
    const state = branch({ manifests: '1', 'README.md/x': '1', 'notes/y': '1' }, []);
    const { foreign, replaced, inTheWay } = differenceOf(
      state,
      new Map([
        ['manifests/a', '1'],
        ['README.md', '1'],
      ]),
    );

    expect({ foreign, replaced, inTheWay }).toEqual({
      foreign: ['notes/y'],
      replaced: ['README.md/x', 'manifests'],
      inTheWay: ['manifests/a', 'README.md'],
    });
  });

  test('sees a file whose mode was changed', () => {
    const state = { ...branch({}, ['a']), tree: new Map([['a', entry('1', '100755')]]) } as BranchState;

    expect(differenceOf(state, new Map([['a', '1']])).changed).toEqual(['a']);
  });

  test('names a file of others where one of ours should be, and a folder where a file should be, and the reverse', () => {
    const state = branch({ a: '1', 'b/c': '1', d: '1' }, []);

    expect(
      differenceOf(
        state,
        new Map([
          ['a', '2'],
          ['b', '2'],
          ['d/e', '2'],
          ['f', '2'],
        ]),
      ).inTheWay,
    ).toEqual(['a', 'b', 'd/e']);
  });

  test('makes, when it is applied, exactly the wanted files beside those of others', () => {
    const path: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c/d', 'c/e', 'f/g/h');
    const files = fc.dictionary(path, fc.constantFrom('1', '2', '3') as fc.Arbitrary<string>);
    fc.assert(
      fc.property(files, files, fc.array(path), (before, wanted, foreign) => {
        fc.pre(foreign.every((it) => !(it in wanted)));
        const state = branch(
          before,
          Object.keys(before).filter((it) => !foreign.includes(it)),
        );
        const after = new Map(Object.entries(before));
        for (const [it, change] of changesTo(state, new Map(Object.entries(wanted)))) {
          if (change.kind === 'write') after.set(it, change.text);
          else after.delete(it);
        }
        const expected = {
          ...Object.fromEntries(Object.entries(before).filter(([it]) => foreign.includes(it))),
          ...wanted,
        };
        expect(Object.fromEntries(after)).toEqual(expected);
      }),
    );
  });

  test('is everything for a branch that is not there, and the placeholder README of a first commit is replaced', () => {
    const wanted = new Map([['README.md', 'ours']]);

    expect(differenceOf({ kind: 'absent' }, wanted).added).toEqual(['README.md']);
    const first: BranchState = {
      kind: 'first-commit',
      tip: like,
      tree: new Map([
        ['README.md', entry('# first')],
        ['LICENSE', entry('')],
      ]),
    };
    expect(differenceOf(first, wanted)).toEqual({
      added: [],
      changed: ['README.md'],
      removed: [],
      foreign: ['LICENSE'],
      inTheWay: [],
      replaced: [],
    });
  });
});
