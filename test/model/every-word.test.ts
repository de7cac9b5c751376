import { expect, test } from '@jest/globals';
import { findings } from '../systems/rendered-system.ts';
import { defects, refusals } from '../support/told.ts';
import { everyRefusedWord, everyWord } from './every-word.ts';

test('a delivery of every word that is carried out passes, rules and checks', () => {
  expect([...defects(everyWord), ...refusals(everyWord)]).toEqual([]);
  expect(findings(everyWord)).toEqual([]);
});

test('fails for every word that nothing carries out, and for nothing else', () => {
  expect(defects(everyRefusedWord)).toEqual([]);
  expect(refusals(everyRefusedWord)).toEqual([
    'supplies.images.builder.kind: tekton',
    'stages.dev.gate.kind: checks',
    'stages.dev.verifiedBy: job',
    'stages.prod.gate.kind: verification',
    'stages.dev.waitMinutes',
    'stages.dev.triggers[0]',
  ]);
});
