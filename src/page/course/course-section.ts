import type { Element } from 'hast';
import { h, type Content } from '../look/element.ts';
import { moment } from '../look/moment.ts';
import { commitNode, linkTo } from '../look/nodes.ts';
import { shownRows } from '../look/shown-rows.ts';
import { unnamedSources, type HistoryLine } from '../../ops/history/history-line.ts';
import type { EnvironmentState, PageState, UnitState } from '../page-state.ts';
import { eventKind, eventWords } from './course-events.ts';
import { legend, timeLine } from './time-line.ts';

/** Releases moving through the environments: a time line, and the same as tables. */
export const courseSection = (page: PageState, filterOf: (application: string | undefined) => string): Element =>
  h(
    'section',
    { id: 'course', 'aria-labelledby': 'course-title' },
    h('h2', { id: 'course-title' }, 'Course'),
    legend(),
    ...page.environments.map((environment) => environmentCourse(environment, page, filterOf)),
  );

function environmentCourse(
  { name, units }: EnvironmentState,
  page: PageState,
  filterOf: (application: string | undefined) => string,
): Element {
  const most = shownRows(page);
  const shown = units.map((unit) => ({ ...unit, states: unit.states.slice(0, most) }));
  const older = units.reduce((count, { states }) => count + Math.max(0, states.length - most), 0);
  const rows = shown
    .flatMap((unit) => unit.states.map((state) => ({ unit, state })))
    .sort((a, b) => (a.state.at < b.state.at ? 1 : a.state.at > b.state.at ? -1 : 0));
  const several = units.length > 1;
  return h(
    'section',
    { 'aria-label': `Course of ${name}` },
    h('h3', {}, name),
    rows.length === 0
      ? h('p', { class: 'quiet' }, 'Nothing came here yet.')
      : h(
          'div',
          { class: 'wide', tabindex: 0, role: 'group', 'aria-label': `Time line of ${name}` },
          timeLine(shown, page.at, filterOf),
        ),
    ...(rows.length === 0
      ? []
      : [
          h(
            'details',
            {},
            h('summary', {}, rows.length === 1 ? '1 change' : `${rows.length} changes`),
            h(
              'div',
              { class: 'wide', tabindex: 0, role: 'group', 'aria-label': `Changes of ${name}` },
              h(
                'table',
                {},
                h(
                  'thead',
                  {},
                  h(
                    'tr',
                    {},
                    ...['When', ...(several ? ['Application'] : []), 'What', 'Release', 'By', 'Links', 'Notes'].map(
                      (it) => h('th', { scope: 'col' }, it),
                    ),
                  ),
                ),
                h('tbody', {}, ...rows.map(({ unit, state }) => row(unit, state, several, page, filterOf))),
              ),
            ),
          ),
        ]),
    ...(older === 0
      ? []
      : [
          h(
            'p',
            { class: 'quiet' },
            `${older} older ${older === 1 ? 'change is' : 'changes are'} left out; npx portolan history ${name} has ${older === 1 ? 'it' : 'them'}.`,
          ),
        ]),
    ...units.flatMap(({ unreadable }) =>
      unreadable.map(({ commit, why }) =>
        h('p', {}, `${commit.slice(0, 12)} cannot be read: ${why.replace('portolan: ', '')}`),
      ),
    ),
  );
}

function row(
  { status }: UnitState,
  state: HistoryLine,
  several: boolean,
  { commitAddress }: PageState,
  filterOf: (application: string | undefined) => string,
): Element {
  const { at, from, to, by, automatic, commit, run, pullRequest, emergency, holds, origin } = state;
  const links: readonly Content[] = [
    commitNode(commit, commitAddress),
    ...(run === undefined ? [] : [' ', linkTo(run, 'run')]),
    ...(pullRequest === undefined ? [] : [' ', linkTo(pullRequest, 'pull request')]),
  ];
  const notes = [
    ...(origin.kind === 'promotion' ? [`from ${origin.from.map(({ environment }) => environment).join(', ')}`] : []),
    ...(origin.kind === 'rollback' ? [`back to ${origin.to.commit.slice(0, 12)}`] : []),
    ...(emergency === undefined ? [] : [`emergency: ${emergency}`]),
    ...unnamedSources(state).map((source) => `built from ${source}`),
    ...holds.map((reason) => `held: ${reason}`),
  ];
  return h(
    'tr',
    { class: filterOf(status.application) },
    h('td', {}, moment(at)),
    ...(several ? [h('td', {}, status.application ?? 'shared')] : []),
    h('td', {}, eventWords[eventKind(state)]),
    h('td', {}, from === undefined || from === to ? to : `${from} → ${to}`),
    h('td', {}, `${by}${automatic ? ' (a run)' : ''}`),
    h('td', {}, ...links),
    h('td', {}, notes.join('; ')),
  );
}
