import type { Element } from 'hast';
import { h, raw } from '../look/element.ts';
import type { EnvironmentState, PageState } from '../page-state.ts';
import { unitCard } from './unit-card.ts';
import type { ServiceSheet } from './service-sheet.ts';

/** Where everything stands: the topology, and each environment with its units and services. */
export const nowSection = (page: PageState, filterOf: (application: string | undefined) => string): Element =>
  h(
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
    h('div', { class: 'harbours' }, ...page.environments.map((environment) => harbour(environment, page, filterOf))),
  );

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
    h(
      'p',
      { class: 'quiet' },
      `Requests ${capacity.cpu} CPU and ${capacity.memory}${capacity.of === undefined ? '' : ` of the ${capacity.of.cpu} CPU and ${capacity.of.memory} of the cluster`}.`,
    ),
    ...units.map((unit) => unitCard(unit, page, filterOf(unit.status.application))),
    ...(services.length === 0 ? [] : [h('h4', {}, 'Services')]),
    ...services.map((sheet) => serviceNode(sheet, filterOf(sheet.application))),
  );

const serviceNode = ({ name, facts }: ServiceSheet, filter: string): Element =>
  h(
    'details',
    { class: `service ${filter}`, 'data-service': name },
    h('summary', {}, name),
    h('dl', {}, ...facts.flatMap((it) => [h('dt', {}, it.name), ...it.values.map((value) => h('dd', {}, value))])),
  );
