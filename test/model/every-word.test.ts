import { expect, test } from '@jest/globals';
import { findings } from '../systems/rendered-system.ts';
import { everyWordOfTekton } from '../support/built-by-tekton.ts';
import { promotedByRuns } from '../support/promoted-by-runs.ts';
import { defects, refusals } from '../support/told.ts';
import { charted } from './charted.ts';
import { everyRefusedWord, everyWord } from './every-word.ts';
import { certified, furtherWords } from './further-words.ts';

test.each([
  ['every word that is carried out', everyWord],
  ['words that exclude some of these', furtherWords],
  ['certificates that cert-manager makes', certified],
  ['charts that an engine renders', charted()],
  ['images that Tekton builds', everyWordOfTekton()],
  ['images that runs of Tekton promote', promotedByRuns()],
])('a delivery of %s passes, rules and checks', (_, delivery) => {
  expect([...defects(delivery), ...refusals(delivery)]).toEqual([]);
  expect(findings(delivery)).toEqual([]);
});

test('fails for every word that nothing carries out, and for nothing else', () => {
  expect(defects(everyRefusedWord)).toEqual([]);
  expect(refusals(everyRefusedWord)).toEqual([
    'supplies.images.builder.kind: chartReleaser',
    'stages.dev.triggers[0]',
    'supplies.images.discovery.attempts',
  ]);
});
