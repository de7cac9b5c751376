import { expect, test } from '@jest/globals';
import { graphOf } from '../../../../src/review/graph/graph-of.ts';
import { charted, withChart } from '../../../model/charted.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';

const boxesOf = (delivery: Delivery) =>
  graphOf(delivery).harbours.flatMap(({ nodes }) =>
    nodes.filter(({ details }) => details.some((line) => line.startsWith('chart '))),
  );

test('a chart is a box of the picture, and says who renders it', () => {
  const box = { id: 'dev shop chart search', kind: 'service', title: 'search' };

  expect(boxesOf(charted())).toEqual([{ ...box, details: ['chart search-chart', 'rendered by the engine'] }]);
  expect(boxesOf(withChart(charted(), ({ renderedBy: _, ...chart }) => chart))).toEqual([
    { ...box, details: ['chart search-chart', 'rendered with Helm'] },
  ]);
});
