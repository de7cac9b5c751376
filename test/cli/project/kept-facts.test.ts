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
