import type { Element } from 'hast';
import { h } from '../look/element.ts';
import { durationWords } from '../look/duration.ts';
import { moment } from '../look/moment.ts';
import { commitNode } from '../look/nodes.ts';
import { shownRows } from '../look/shown-rows.ts';
import type { PageState } from '../page-state.ts';
import { durationChart, type Took } from './duration-chart.ts';
import { paceOf, type UnitPace } from './pace-of.ts';
import type { Spread } from './spread.ts';
import { weeklyChart } from './weekly-chart.ts';

/** What each measure means, beside the measures. */
const definitions: Readonly<Record<string, string>> = {
  'Deployment frequency':
    'Releases that came to the environment in a week, from its first one on. What was only rendered again, and what a rollback brought back, is not counted.',
  'Lead time': 'From the commit of the source to its release in the environment.',
  'Waiting time':
    'From when the environments before had the release to when it came here: what the gate and its people took.',
  'Change failure rate': 'Releases that a rollback took away before another one came, of all that came.',
  'Time to restore': 'From when such a release came to the rollback that took it away.',
};

/** How fast and how safely releases come, with the definitions beside the numbers. */
export function paceSection(page: PageState, filterOf: (application: string | undefined) => string): Element {
  const paces = paceOf(page);
  return h(
    'section',
    { id: 'pace', 'aria-labelledby': 'pace-title' },
    h('h2', { id: 'pace-title' }, 'Pace'),
    h(
      'dl',
      { class: 'definitions' },
      ...Object.entries(definitions).flatMap(([term, meaning]) => [h('dt', {}, term), h('dd', {}, meaning)]),
    ),
    ...(paces.length === 0 ? [h('p', { class: 'quiet' }, 'No release came anywhere yet.')] : []),
    ...paces.map((pace) => unitSection(pace, page, filterOf(pace.application))),
  );
}

function unitSection(pace: UnitPace, page: PageState, filter: string): Element {
  const { unit, arrivals, weeks, failed, withoutLeadTime } = pace;
  const count = arrivals.length;
  return h(
    'section',
    { class: filter, 'aria-label': `Pace of ${unit}` },
    h('h3', {}, unit),
    h(
      'dl',
      { class: 'measures' },
      measure('Deployment frequency', [
        `${count} in ${weeks.length === 1 ? '1 week' : `${weeks.length} weeks`}`,
        spreadWords(pace.perWeek, (value) => `${Math.round(value * 10) / 10} a week`),
      ]),
      measure('Lead time', [
        pace.leadTime === undefined
          ? 'not known: no source commit of these releases is in a repository that is at hand'
          : `${spreadWords(pace.leadTime, durationWords)}${withoutLeadTime === 0 ? '' : `; not known of ${withoutLeadTime}`}`,
      ]),
      measure('Waiting time', [
        pace.waited === undefined ? 'none was taken from another environment' : spreadWords(pace.waited, durationWords),
      ]),
      measure('Change failure rate', [`${Math.round((failed / count) * 100)} %: ${failed} of ${count}`]),
      measure('Time to restore', [
        pace.restored === undefined ? 'nothing had to be restored' : spreadWords(pace.restored, durationWords),
      ]),
    ),
    h('div', { class: 'charts' }, chart('Releases a week', weeklyChart(unit, weeks)), ...durationCharts(pace)),
    h(
      'details',
      {},
      h('summary', {}, 'Numbers'),
      h('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': `Numbers of ${unit}` }, numbers(pace, page)),
    ),
  );
}

const measure = (name: string, lines: readonly string[]): Element =>
  h('div', {}, h('dt', {}, name), ...lines.filter((line) => line !== '').map((line) => h('dd', {}, line)));

/** A median with its spread; of few values each counts, and that is said by their number. */
function spreadWords(spread: Spread | undefined, words: (value: number) => string): string {
  if (spread === undefined) return '';
  const { count, median, lower, upper } = spread;
  return count === 1
    ? words(median)
    : `median ${words(median)}, half of ${count} between ${words(lower)} and ${words(upper)}`;
}

const chart = (title: string, drawn: Element): Element => h('figure', {}, h('figcaption', {}, title), drawn);

function durationCharts({ unit, arrivals }: UnitPace): readonly Element[] {
  const took = (of: (arrival: UnitPace['arrivals'][number]) => number | undefined): readonly Took[] =>
    arrivals.flatMap((arrival) => {
      const time = of(arrival);
      return time === undefined ? [] : [{ at: arrival.at, took: time }];
    });
  return (
    [
      ['Lead time', took(({ leadTime }) => leadTime)],
      ['Waiting time', took(({ waited }) => waited)],
    ] as const
  ).flatMap(([title, values]) =>
    values.length < 2 ? [] : [chart(title, durationChart(`${title} of ${unit}`, values))],
  );
}

function numbers({ arrivals }: UnitPace, page: PageState): Element {
  const { commitAddress } = page;
  const shown = arrivals.slice(-shownRows(page));
  const older = arrivals.length - shown.length;
  return h(
    'table',
    {},
    ...(older === 0 ? [] : [h('caption', {}, `The newest of ${arrivals.length}; the measures above count all.`)]),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ...['Came', 'Release', 'Commit', 'Lead time', 'Waiting time', 'Taken away after'].map((it) =>
          h('th', { scope: 'col' }, it),
        ),
      ),
    ),
    h(
      'tbody',
      {},
      ...shown
        .toReversed()
        .map(({ at, release, commit, leadTime, waited, restoredAfter }) =>
          h(
            'tr',
            {},
            h('td', {}, moment(at)),
            h('td', {}, release),
            h('td', {}, commitNode(commit, commitAddress)),
            ...[leadTime, waited, restoredAfter].map((time) =>
              h('td', {}, time === undefined ? '–' : durationWords(time)),
            ),
          ),
        ),
    ),
  );
}
