import type { Element } from 'hast';
import { scaleBand, scaleLinear } from 'd3-scale';
import { h } from '../look/element.ts';
import type { Week } from './pace-of.ts';

const [width, height, left, bottom] = [460, 150, 34, 24] as const;

/** How many releases came in each week; those that were taken away again are hatched. */
export function weeklyChart(unit: string, weeks: readonly Week[]): Element {
  const x = scaleBand(
    weeks.map((_, i) => i),
    [left, width - 6],
  ).padding(0.2);
  const y = scaleLinear([0, Math.max(1, ...weeks.map(({ arrivals }) => arrivals))], [height - bottom, 8]).nice();
  const each = Math.ceil(weeks.length / 6);
  const said = (value: number): string => String(Math.round(value * 10) / 10);
  return h(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      class: 'chart',
      role: 'img',
      'aria-label': `Releases that came to ${unit} in each week; the table below has the numbers`,
    },
    ...y
      .ticks(3)
      .filter(Number.isInteger)
      .flatMap((tick) => [
        h('path', { class: 'grid', d: `M${left},${said(y(tick))}H${width - 6}` }),
        h('text', { class: 'axis', x: left - 6, y: said(y(tick) + 4), 'text-anchor': 'end' }, tick),
      ]),
    ...weeks.flatMap(({ start, arrivals, failed }, i) => {
      const [from, wide] = [said(x(i) ?? 0), said(x.bandwidth())];
      const bar = (kind: string, count: number, above: number): readonly Element[] =>
        count === 0
          ? []
          : [
              h('rect', {
                class: kind,
                x: from,
                y: said(y(above + count)),
                width: wide,
                height: said(y(above) - y(above + count)),
              }),
            ];
      return [
        ...bar('bar', arrivals - failed, 0),
        ...bar('bar-failed', failed, arrivals - failed),
        ...(i % each === 0
          ? [
              h(
                'text',
                { class: 'axis', x: said((x(i) ?? 0) + x.bandwidth() / 2), y: height - 6, 'text-anchor': 'middle' },
                dayOf(start),
              ),
            ]
          : []),
      ];
    }),
  );
}

/** A day as `11-28`, in UTC. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(5, 10);
