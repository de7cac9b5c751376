import type { Element } from 'hast';
import { h, raw } from '../look/element.ts';
import type { EnvironmentState, PageState } from '../page-state.ts';
import { askedNobody, unitCard } from './unit-card.ts';
import type { ServiceSheet } from './service-sheet.ts';

/** Where everything stands: the topology, and each environment with its units and services. */
export function nowSection(page: PageState, filterOf: (application: string | undefined) => string): Element {
  const live = askedNobody(page);
  return h(
    'section',
    { id: 'now', 'aria-labelledby': 'now-title' },
    h('h2', { id: 'now-title' }, 'Now'),
    h(
      'div',
      { class: 'tools', 'data-script': '' },
      h('label', { for: 'search' }, 'Find a service '),
      h('input', { id: 'search', type: 'search', autocomplete: 'off' }),
      h('button', { type: 'button', 'data-zoom': '1.25' }, 'Larger'),
      h('button', { type: 'button', 'data-zoom': '0.8' }, 'Smaller'),
      h('button', { type: 'button', 'data-zoom': '0' }, 'Whole picture'),
      h('span', { id: 'found', role: 'status' }),
    ),
    // Scrolled with keys where it is wider than the window.
    h('div', { class: 'picture', tabindex: 0, role: 'group', 'aria-label': 'Topology' }, raw(page.picture)),
    ...(page.parts.length === 0 ? [] : [partsNode(page.parts)]),
    ...(live === undefined ? [] : [h('p', { class: 'quiet' }, `What runs in the clusters: ${live}.`)]),
    h('div', { class: 'harbours' }, ...page.environments.map((environment) => harbour(environment, page, filterOf))),
  );
}

const harbour = (
  { name, place, units, services, capacity }: EnvironmentState,
  page: PageState,
  filterOf: (application: string | undefined) => string,
): Element =>
  h(
    'section',
    { class: 'harbour', 'aria-label': name },
    h('h3', {}, name),
    h('p', { class: 'quiet' }, place),
    ...requestWords(capacity).map((words) => h('p', { class: 'quiet' }, words)),
    ...units.map((unit) => unitCard(unit, page, filterOf(unit.status.application))),
    ...(services.length === 0 ? [] : [h('h4', {}, 'Services')]),
    ...services.map((sheet) => serviceNode(sheet, filterOf(sheet.application))),
  );

/** The groups that are folded in the topology. A box of it leads into one, which opens then. */
const partsNode = (parts: PageState['parts']): Element =>
  h(
    'section',
    { 'aria-labelledby': 'parts-title' },
    h('h3', { id: 'parts-title' }, 'What is folded'),
    ...parts.map(({ id, name, holds, picture }) =>
      h(
        'details',
        { class: 'part' },
        h('summary', {}, name, h('span', { class: 'quiet' }, ` ${holds.join(', ')}`)),
        h('div', { id, class: 'picture', tabindex: 0, role: 'group', 'aria-label': name }, raw(picture)),
      ),
    ),
  );

/** What an environment requests; of one that runs nothing of its own, nothing. */
function requestWords({ cpu, memory, of, besides }: EnvironmentState['capacity']): readonly string[] {
  const isNone = cpu === '0' && memory === '0';
  if (isNone && besides === undefined) return [];
  const others = besides === undefined ? '' : `what its ${besides} request`;
  if (isNone) return [`Requests ${others}, which is not known here.`];
  const whole = of === undefined ? '' : ` of the ${of.cpu} CPU and ${of.memory} of the cluster`;
  return [`Requests ${cpu} CPU and ${memory}${whole}${others === '' ? '' : `, and ${others}`}.`];
}

const serviceNode = ({ name, facts }: ServiceSheet, filter: string): Element =>
  h(
    'details',
    { class: `service ${filter}`, 'data-service': name },
    h('summary', {}, name),
    h(
      'dl',
      { class: 'facts' },
      ...facts.flatMap((it) => [h('dt', {}, it.name), ...it.values.map((value) => h('dd', {}, value))]),
    ),
  );
