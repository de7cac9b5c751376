import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { concurrentWriters } from '../../../../src/model/rules/promotion/concurrent-writers.ts';
import type { Write } from '../../../../src/model/stage.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const withWrite = (change: Partial<Write>): Delivery =>
  withStage(validDelivery(), 'dev', (stage) => ({ ...stage, write: { ...stage.write, ...change } }));

describe('a writer that meets another goes on', () => {
  test('passes where a tree is rendered again and a field is rebased', () => {
    expect(told(concurrentWriters, validDelivery())).toEqual([]);
    expect(
      told(
        concurrentWriters,
        withWrite({ onConflict: 'rebase', locator: { kind: 'helmValue', file: 'values.yaml', key: 'tag' } }),
      ),
    ).toEqual([]);
  });

  test('fails where the writer gives up', () => {
    expect(told(concurrentWriters, withWrite({ onConflict: 'fail' }))).toEqual([
      'stages.dev.write.onConflict: would lose the release when two writers meet; write "renderAgain", or "rebase" for a single field, got "fail"',
    ]);
  });

  test('fails where rendered files would be merged', () => {
    expect(told(concurrentWriters, withWrite({ onConflict: 'rebase' }))).toEqual([
      'stages.dev.write.onConflict: must be "renderAgain" for a whole tree, because merged rendered files are nobody\'s rendering, got "rebase"',
    ]);
  });
});
