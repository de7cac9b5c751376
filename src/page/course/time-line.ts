import type { Element } from 'hast';
import { scaleUtc } from 'd3-scale';
import { h } from '../look/element.ts';
import { nameOf } from '../../model/derived/units.ts';
import type { UnitState } from '../page-state.ts';
import { eventKind, eventWords, heldTimes, type EventKind } from './course-events.ts';

const width = 960;
/** Room for the names of units. */
const left = 150;
const right = width - 20;
const lane = 34;
const head = 26;

/** A sign for each kind, around 0,0: told apart by its shape, not by its colour. */
const signs: Readonly<Record<EventKind, string>> = {
  first: 'M0,-7L7,0L0,7L-7,0z',
  promote: 'M-6,0a6,6 0 1 1 12,0a6,6 0 1 1 -12,0z',
  moved: 'M0,-7L7,6L-7,6z',
  publish: 'M-3,0a3,3 0 1 1 6,0a3,3 0 1 1 -6,0z',
  rollback: 'M7,-7L7,7L-7,0z',
  hold: 'M-5,-6h4v12h-4zM1,-6h4v12h-4z',
  unhold: 'M-5,-6L6,0L-5,6z',
  emergency: 'M0,-8L2.4,-2.4L8,-2.4L3.6,1.4L5.2,7.4L0,4L-5.2,7.4L-3.6,1.4L-8,-2.4L-2.4,-2.4z',
};

/** What happened to the units over time, one lane each, with the times in which they were held. */
export function timeLine(
  units: readonly UnitState[],
  at: string,
  filterOf: (application: string | undefined) => string,
): Element {
  const times = units.flatMap(({ states }) => states.map((state) => Date.parse(state.at)));
  const end = Math.max(Date.parse(at), ...times);
  const first = Math.min(end, ...times);
  // One moment alone would have no width, and the first sign is not at the edge.
  const start = first - Math.max(60_000, (end - first) / 20);
  const x = scaleUtc([start, end], [left, right]);
  const height = head + units.length * lane + 8;
  const place = (time: number): string => String(Math.round(x(time) * 10) / 10);
  return h(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': `Time line of ${units.length === 1 ? '1 branch' : `${units.length} branches`}; the table below says the same`,
      class: 'line-chart',
    },
    ...x
      .ticks(6)
      .flatMap((tick) => [
        h('path', { class: 'grid', d: `M${place(tick.getTime())},${head - 6}V${height - 8}` }),
        h('text', { class: 'axis', x: place(tick.getTime()), y: 14, 'text-anchor': 'middle' }, x.tickFormat(6)(tick)),
      ]),
    ...units.map((unit, i) => {
      const y = head + i * lane + lane / 2;
      return h(
        'g',
        { class: filterOf(unit.status.application) },
        h('text', { class: 'axis', x: 4, y: y + 5 }, shortened(nameOf(unit.status))),
        h('path', { class: 'lane', d: `M${left},${y}H${right}` }),
        ...heldTimes(unit).map(({ from, to, reasons }) =>
          h(
            'rect',
            {
              class: 'held',
              x: place(from),
              y: y - 11,
              width: String(Math.max(2, Math.round(x(to ?? end) - x(from)))),
              height: 22,
            },
            h('title', {}, `held: ${reasons.join('; ')}`),
          ),
        ),
        ...[...unit.states].reverse().map((state) => {
          const kind = eventKind(state);
          return h(
            'path',
            { class: `event ${kind}`, transform: `translate(${place(Date.parse(state.at))},${y})`, d: signs[kind] },
            h('title', {}, `${state.at}, ${eventWords[kind]}: ${state.to}, by ${state.by}`),
          );
        }),
      );
    }),
  );
}

const shortened = (name: string): string => (name.length > 18 ? `${name.slice(0, 17)}…` : name);

/** What the signs mean. */
export const legend = (): Element =>
  h(
    'ul',
    { class: 'legend' },
    ...Object.entries(signs).map(([kind, d]) =>
      h(
        'li',
        {},
        h(
          'svg',
          { viewBox: '-10 -10 20 20', 'aria-hidden': 'true', width: 18, height: 18 },
          h('path', { class: `event ${kind}`, d }),
        ),
        ` ${eventWords[kind as EventKind]}`,
      ),
    ),
    h('li', {}, h('span', { class: 'held-sign', 'aria-hidden': 'true' }), ' held'),
  );
