import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { writeText } from '../../../../src/model/rules/write/write-text.ts';
import type { Write } from '../../../../src/model/stage.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const withWrite = (change: Partial<Write>): Delivery =>
  withStage(validDelivery(), 'dev', (stage) => ({ ...stage, write: { ...stage.write, ...change } }));

describe('the commit of a write', () => {
  test('passes with and without something to fill in', () => {
    expect(told(writeText, validDelivery())).toEqual([]);
    expect(told(writeText, withWrite({ message: 'Promote' }))).toEqual([]);
  });

  test('fails with a subject that is empty, of two lines, or has another thing to fill in', () => {
    expect(told(writeText, withWrite({ message: ' ' }))).toEqual([
      'stages.dev.write.message: must be one line of text, got " "',
    ]);
    expect(told(writeText, withWrite({ message: 'a\nb' }))).toEqual([
      'stages.dev.write.message: must be one line of text, got "a\\nb"',
    ]);
    expect(told(writeText, withWrite({ message: 'Release {sha} to {environment}' }))).toEqual([
      'stages.dev.write.message: fills in {version} and {environment} alone, got "{sha}"',
    ]);
  });

  test('fails with an author that Git does not accept', () => {
    expect(told(writeText, withWrite({ author: { name: '', email: '' } }))).toEqual([
      'stages.dev.write.author.name: must be a name on one line, without < and >, got ""',
      'stages.dev.write.author.email: must be an e-mail address, got ""',
    ]);
  });
});
