import { expect, test } from '@jest/globals';
import type { Carrier } from '../../../src/model/carried-out/carrier.ts';
import * as course from '../../../src/model/carried-out/course.ts';
import * as surroundings from '../../../src/model/carried-out/surroundings.ts';
import { everyText } from '../../../src/objects/every-text.ts';
import { refusals } from '../../support/told.ts';
import { sideBySide } from '../../systems/side-by-side.ts';
import * as catService from './cat-service.ts';
import * as craftista from './craftista.ts';
import * as goSampleApp from './go-sample-app.ts';
import * as podinfo from './podinfo.ts';
import * as theProject from './the-project.ts';

const { engineSources, ...others } = surroundings;

/** Words that nothing carries out, wherever they stand. */
const waiting: readonly string[] = [...Object.values({ ...course, ...others }), ...Object.values(engineSources)]
  .flatMap((table: Readonly<Record<string, Carrier>>) => Object.entries(table))
  .flatMap(([word, carrier]) => ('instead' in carrier ? [word] : []));

test('a word that nothing carries out is one that a system was found with, and no other word waits', () => {
  const said = new Set(
    [catService, craftista, goSampleApp, podinfo, theProject].flatMap(({ asItIs }) =>
      [...everyText(asItIs)].map(({ text }) => text),
    ),
  );

  expect(waiting.length).toBeGreaterThan(0);
  expect(waiting.filter((word) => !said.has(word))).toEqual([]);
});

test('the five systems as they are delivered say no word that nothing carries out', () => {
  const programs = sideBySide();

  expect(programs).toHaveLength(5);
  expect(programs.map(({ name, delivery }) => [name, refusals(delivery)])).toEqual(
    programs.map(({ name }) => [name, []]),
  );
});
