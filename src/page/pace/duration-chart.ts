import type { Element } from 'hast';
import { scaleLog, scaleUtc } from 'd3-scale';
import { h } from '../look/element.ts';
import { shortDuration } from '../look/duration.ts';
import { spreadOf } from './spread.ts';
import { dayOf } from './weekly-chart.ts';

const [width, height, left, bottom] = [460, 150, 52, 24] as const;

/** Lengths of time that people think in, for the axis. */
const marks = [1, 60, 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400].map((seconds) => seconds * 1000);

/** One point of time and how long something took. */
export interface Took {
  readonly at: number;
  readonly took: number;
}

/** How long something took, each time; the line is the median, the band the middle half. */
export function durationChart(label: string, values: readonly Took[]): Element {
  const lengths = values.map(({ took }) => Math.max(1000, took));
  const [least, longest] = [Math.min(...lengths), Math.max(...lengths)];
  const [first, last] = [Math.min(...values.map(({ at }) => at)), Math.max(...values.map(({ at }) => at))];
  const x = scaleUtc([first - 3_600_000, last + 3_600_000], [left, width - 6]);
  const y = scaleLog([least / 1.5, longest * 1.5], [height - bottom, 8]);
  const said = (value: number): string => String(Math.round(value * 10) / 10);
  const spread = spreadOf(lengths);
  const inside = marks.filter((mark) => mark >= least / 1.5 && mark <= longest * 1.5);
  return h(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      class: 'chart',
      role: 'img',
      'aria-label': `${label}, each time; the table below has the numbers`,
    },
    ...(spread === undefined
      ? []
      : [
          h('rect', {
            class: 'band',
            x: left,
            y: said(y(spread.upper)),
            width: width - 6 - left,
            height: said(Math.max(1, y(spread.lower) - y(spread.upper))),
          }),
          h('path', { class: 'median', d: `M${left},${said(y(spread.median))}H${width - 6}` }),
        ]),
    ...(inside.length === 0 ? [least] : inside).flatMap((mark) => [
      h('path', { class: 'grid', d: `M${left},${said(y(mark))}H${width - 6}` }),
      h('text', { class: 'axis', x: left - 6, y: said(y(mark) + 4), 'text-anchor': 'end' }, shortDuration(mark)),
    ]),
    ...x
      .ticks(4)
      .map((tick) =>
        h('text', { class: 'axis', x: said(x(tick)), y: height - 6, 'text-anchor': 'middle' }, dayOf(tick.getTime())),
      ),
    ...values.map(({ at, took }) =>
      h('circle', { class: 'dot', cx: said(x(at)), cy: said(y(Math.max(1000, took))), r: 4 }),
    ),
  );
}
