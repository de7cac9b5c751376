import { readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { openFacts, type KeptFacts } from '../../../src/cli/project/kept-facts.ts';
import { temporaryFolder } from '../../support/git.ts';
import fc from '../../support/properties.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const opened = (folder = join(temporaryFolder(), 'facts'), program = 'a program'): KeptFacts =>
  openFacts({ folder, program });

describe('what a program found out', () => {
  test('is known to its next start, and to no other program, of no other values and in no other words', () => {
    const folder = join(temporaryFolder(), 'facts');
    opened(folder).learn('holds:', validDelivery(), 'dev');

    expect(opened(folder).isKnown('holds:', validDelivery(), 'dev')).toBe(true);
    expect(opened(folder, 'another').isKnown('holds:', validDelivery(), 'dev')).toBe(false);
    expect(opened(folder).isKnown('holds:', validDelivery(), 'prod')).toBe(false);
    expect(opened(folder).isKnown('is rendered:', validDelivery(), 'dev')).toBe(false);
    expect(opened(folder).isKnown('holds:', { ...validDelivery(), name: 'other' }, 'dev')).toBe(false);
  });

  test('is known of nothing that a program can tell apart', () => {
    fc.assert(
      fc.property(
        fc.anything({ withMap: true, withDate: true }),
        fc.anything({ withMap: true, withDate: true }),
        (a, b) => {
          const facts = opened();
          facts.learn('holds:', a);

          expect(facts.isKnown('holds:', a)).toBe(true);
          if (!isDeepStrictEqual(a, b)) expect(facts.isKnown('holds:', b)).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('is never kept of what is no data', () => {
    const facts = opened();
    const values = { make: () => 1 };
    facts.learn('holds:', values);

    expect(facts.isKnown('holds:', values)).toBe(false);
  });

  test.each([
    [
      'cut off',
      (file: string) => {
        truncateSync(file, 20);
      },
    ],
    [
      'another',
      (file: string) => {
        writeFileSync(file, 'holds: something else\n');
      },
    ],
    [
      'empty',
      (file: string) => {
        truncateSync(file);
      },
    ],
  ])('is not believed where its file is %s, and is found out again', (_, damage) => {
    const folder = join(temporaryFolder(), 'facts');
    const facts = opened(folder);
    facts.learn('holds:', 1);
    readdirSync(folder).forEach((name) => {
      damage(join(folder, name));
    });

    expect(facts.isKnown('holds:', 1)).toBe(false);

    facts.learn('holds:', 1);

    expect(facts.isKnown('holds:', 1)).toBe(true);
  });

  test('is forgotten, the older half of it, where it is much', () => {
    const folder = join(temporaryFolder(), 'facts');
    const facts = opened(folder);
    facts.learn('holds:', 'first');
    const [first = ''] = readdirSync(folder);
    utimesSync(join(folder, first), 1, 1);
    for (let i = 0; i < 512; i += 1) facts.learn('holds:', i);

    expect(readdirSync(folder)).toHaveLength(256);
    expect(facts.isKnown('holds:', 'first')).toBe(false);
  });

  test('is found out again each time where nothing can be written', () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, 'not a folder');
    const facts = opened(file);
    facts.learn('holds:', 1);

    expect(facts.isKnown('holds:', 1)).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('not a folder');
  });
});

describe('what a program said', () => {
  const fileIn = (folder: string): string => join(folder, readdirSync(folder)[0] ?? '');

  test('is known to its next start as it was said, and to no other program and of nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, of) => {
        const folder = join(temporaryFolder(), 'facts');
        opened(folder).keep(text, 'a history:', of);

        expect(opened(folder).recall('a history:', of)).toBe(text);
        expect(opened(folder, 'another').recall('a history:', of)).toBeUndefined();
        expect(opened(folder).recall('a history:', `${of}.`)).toBeUndefined();
        expect(opened(folder).recall('a list:', of)).toBeUndefined();
        expect(opened(folder).isKnown('a history:', of)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('is not believed where one byte of its file is another, is missing or is too much', () => {
    const folder = join(temporaryFolder(), 'facts');
    const facts = opened(folder);
    facts.keep('["one", "two"]', 'a history:', 1);
    const file = fileIn(folder);
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      for (const damaged of [changed, whole.subarray(0, at), Buffer.concat([whole, whole.subarray(at)])]) {
        writeFileSync(file, damaged);

        expect(facts.recall('a history:', 1)).toBeUndefined();
      }
    }
    facts.keep('["three"]', 'a history:', 1);

    expect(facts.recall('a history:', 1)).toBe('["three"]');
  });

  test('is not believed where its file is that of something else', () => {
    const folder = join(temporaryFolder(), 'facts');
    const facts = opened(folder);
    facts.keep('[]', 'a history:', 1);
    const other = join(temporaryFolder(), 'facts');
    opened(other, 'another').keep('["of another"]', 'a history:', 1);
    writeFileSync(fileIn(folder), readFileSync(fileIn(other)));

    expect(facts.recall('a history:', 1)).toBeUndefined();
  });

  test('is forgotten, the older half of it, where it is much, and facts are not', () => {
    const folder = join(temporaryFolder(), 'facts');
    const facts = opened(folder);
    facts.learn('holds:', 1);
    for (let i = 0; i <= 16; i += 1) facts.keep('[]', 'a history:', i);

    expect(readdirSync(folder).filter((name) => name.endsWith('.said'))).toHaveLength(8);
    expect(facts.isKnown('holds:', 1)).toBe(true);
  });

  test('is never kept of what is no data, and not where nothing can be written', () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, 'not a folder');
    const values = { make: () => 1 };
    const facts = opened();
    facts.keep('[]', 'a history:', values);
    opened(file).keep('[]', 'a history:', 1);

    expect(facts.recall('a history:', values)).toBeUndefined();
    expect(opened(file).recall('a history:', 1)).toBeUndefined();
  });
});
