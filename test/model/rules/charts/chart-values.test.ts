import { describe, expect, test } from '@jest/globals';
import { chartValues } from '../../../../src/model/rules/charts/chart-values.ts';
import { charted, withChart } from '../../charted.ts';
import { told } from '../../../support/told.ts';

const at = 'environments.dev.applications.shop.helmCharts.search.values';
const toldOf = (values: Readonly<Record<string, unknown>>): readonly string[] =>
  told(
    chartValues,
    withChart(charted(), (chart) => ({ ...chart, values })),
  );

describe('values of a chart mean the same to whoever renders it', () => {
  test('passes for plain data, and for none', () => {
    expect(told(chartValues, charted())).toEqual([]);
    expect(toldOf({ a: [1, 'two', { three: true, four: 4.5 }], b: {} })).toEqual([]);
  });

  test.each([
    [
      { ui: { color: null } },
      '.ui.color: must not be null, with which Helm removes a default of the chart in silence; write the value that is meant, got null',
    ],
    [
      { id: 2 ** 53 },
      '.id: loses its last digits, because Helm reads numbers as floating ones; write it as text, got 9007199254740992',
    ],
    [{ share: Number.NaN }, '.share: must be a number that YAML can hold, got null'],
    [{ list: [undefined] }, '.list[0]: must be plain data'],
    [{ since: new Date(0) }, '.since: must be plain data, got "[object Date]"'],
  ])('fails for %j', (values, problem) => {
    expect(toldOf(values)).toEqual([`${at}${problem}`]);
  });

  test('fails for every one of them at once', () => {
    expect(toldOf({ a: null, b: { c: null } })).toHaveLength(2);
  });
});
