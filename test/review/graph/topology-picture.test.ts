import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import project from '#project';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import { renderSvg } from '../../../src/review/graph/render-svg.ts';
import { settings } from '../../support/settings.ts';

const file = 'docs/pictures/topology.svg';

/** What to do when the picture is out of date; look at it before it is committed. */
const drawAgain = 'UPDATE_PICTURES=1 npm run unit -- test/review/graph/topology-picture.test.ts';

describe('the picture of the README', () => {
  test(`is what project.ts says: ${file}`, async () => {
    const svg = await renderSvg(graphOf(project(settings)));
    if (process.env['UPDATE_PICTURES'] === '1') writeFileSync(file, svg);

    expect({ drawAgain, svg: readFileSync(file, 'utf8').split('\n') }).toEqual({ drawAgain, svg: svg.split('\n') });
  });

  test('is readable where a README is 900 pixels wide', () => {
    const svg = readFileSync(file, 'utf8');
    const width = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
    const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));

    expect((Math.min(...sizes) * 900) / width).toBeGreaterThanOrEqual(12);
  });
});
