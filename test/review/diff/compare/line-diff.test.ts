import { describe, expect, test } from '@jest/globals';
import { aroundChanges, countLines, diffLines } from '../../../../src/objects/change/line-diff.ts';
import fc from '../../../support/properties.ts';
import { yardsOf } from '../../../support/yards.ts';

const written = (before: string, after: string): readonly string[] =>
  diffLines(before, after).map(({ sign, text }) => `${sign}${text}`);

describe('the difference of two texts', () => {
  test('is line by line', () => {
    expect(written('a\nb\nc\nd', 'a\nB\nc\nx\nd')).toEqual([' a', '-b', '+B', ' c', '+x', ' d']);
  });

  test('is counted in words', () => {
    expect(countLines(diffLines('a\nb', 'a\nB'))).toBe('1 line changed');
    expect(countLines(diffLines('a\nb', 'A\nB\nc'))).toBe('2 lines changed, 1 added');
    expect(countLines(diffLines('a\nb\nc', 'a'))).toBe('2 lines removed');
  });

  test('is shown with one line around, and says where lines are left out', () => {
    const around = aroundChanges(diffLines('1\n2\n3\n4\n5\n6\n7', '1\n2\n3\nx\n5\n6\n7'));

    expect(around.map((line) => (line === undefined ? '…' : `${line.sign}${line.text}`))).toEqual([
      ' 3',
      '-4',
      '+x',
      ' 5',
      '…',
    ]);
  });

  test('leads from one text to the other and back, whatever the texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);

        expect(
          lines
            .filter(({ sign }) => sign !== '+')
            .map((line) => line.text)
            .join('\n'),
        ).toBe(before);
        expect(
          lines
            .filter(({ sign }) => sign !== '-')
            .map((line) => line.text)
            .join('\n'),
        ).toBe(after);
      }),
    );
  });

  test('of two long texts that have nothing in common takes no time', () => {
    const long = (word: string): string => Array.from({ length: 20_000 }, (_, i) => `${word}${i}`).join('\n');
    let lines: readonly unknown[] = [];

    const yards = yardsOf(() => {
      lines = diffLines(long('a'), long('b'));
    }, 30);

    expect(lines).toHaveLength(40_000);
    expect(yards).toBeLessThan(30);
  });
});
