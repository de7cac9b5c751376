import type { Element } from 'hast';
import { h } from '../look/element.ts';
import { nameOf, typed } from '../../model/derived/units.ts';
import type { PublishedStatus } from '../../ops/status/read-status.ts';
import { durationWords } from '../look/duration.ts';
import { moment } from '../look/moment.ts';
import { badge, commitNode, fact, linkTo } from '../look/nodes.ts';
import type { PageState, UnitState } from '../page-state.ts';

/** Where a unit stands, as a card: its release, what waits before it, and what somebody must know of it. */
export function unitCard(unit: UnitState, page: PageState, filter: string): Element {
  const { status } = unit;
  return h(
    'article',
    { class: `card ${filter}`, 'aria-label': nameOf(status) },
    h('h4', {}, status.application ?? status.environment),
    ...(status.unreadable !== undefined
      ? [h('p', {}, badge('bad', 'unreadable'), ' ', status.unreadable)]
      : status.published === undefined
        ? [
            h(
              'p',
              {},
              badge('quiet', 'nothing is published yet'),
              ' ',
              h('code', {}, `npx portolan publish ${typed(status)}`),
            ),
          ]
        : [
            h('p', { class: 'release' }, status.published.release),
            h('p', { class: 'badges' }, ...badgesOf(unit, status.published)),
          ]),
    h('dl', { class: 'facts' }, ...factsOf(unit, page)),
  );
}

function badgesOf(
  { live, status }: UnitState,
  { holds, edits, strays, rendering, emergency }: PublishedStatus,
): readonly Element[] {
  const differs = 'impossible' in rendering || rendering.differing.length > 0;
  const all = [
    ...(holds.length > 0 ? [badge('warn', 'held')] : []),
    ...(edits.length > 0 ? [badge('warn', 'edited by hand')] : []),
    ...(strays.length > 0 ? [badge('warn', 'strange files')] : []),
    ...(emergency === undefined ? [] : [badge('bad', 'emergency')]),
    ...(status.waiting.length > 0 ? [badge('quiet', 'something waits')] : []),
    ...(differs ? [badge('quiet', 'not as the program renders it')] : []),
    ...('notAsked' in live
      ? []
      : live.applications.map(({ sync, health }) =>
          sync === 'Synced' && health === 'Healthy'
            ? badge('good', 'Synced, Healthy')
            : badge('bad', `${sync}, ${health}`),
        )),
  ];
  return all.flatMap((it) => [it, h('span', {}, ' ')]);
}

function factsOf({ status, live, gate }: UnitState, page: PageState): readonly Element[] {
  const { published, waiting, pullRequests = [], leftovers } = status;
  const ago = (since: string): string => durationWords(Date.parse(page.at) - Date.parse(since));
  return [
    ...(published === undefined ? [] : publishedFacts(published, page, ago)),
    ...fact('Gate', gate ?? 'open: nobody is asked'),
    ...fact(
      'Waits before it',
      ...waiting.map((one) => {
        const since = sinceOf(one, page);
        return [
          `${nameOf(one)} runs ${one.release}`,
          ...(since === undefined ? [] : [`, for ${ago(since)}, since `, moment(since)]),
        ];
      }),
    ),
    ...fact('Pull requests', ...pullRequests.map(({ url, head }) => linkTo(url, head))),
    ...fact('Left over', ...leftovers.map(({ branch }) => branch)),
    ...fact('Live', ...('notAsked' in live && askedNobody(page) !== undefined ? [] : liveWords(live))),
  ];
}

function publishedFacts(
  { since, by, source, commit, holds, edits, strays, rendering, emergency, moved }: PublishedStatus,
  { commitAddress, sourceTimes }: PageState,
  ago: (since: string) => string,
): readonly Element[] {
  const made = source === undefined ? undefined : sourceTimes.get(source);
  return [
    ...fact('Runs for', [`${ago(since)}, since `, moment(since), ` by ${by}`]),
    ...fact(
      'Built from',
      ...(source === undefined
        ? []
        : [
            [
              h('code', { title: source }, source.slice(0, 12)),
              ...(made === undefined ? [] : [', made ', moment(made)]),
            ],
          ]),
    ),
    ...fact('Branch', [commitNode(commit, commitAddress)]),
    ...fact(
      'Program',
      'impossible' in rendering
        ? `cannot render it: ${rendering.impossible.replace('portolan: ', '')}`
        : rendering.differing.length === 0
          ? 'renders what the branch has'
          : `${rendering.differing.length === 1 ? '1 file differs' : `${rendering.differing.length} files differ`} from what it renders`,
    ),
    ...fact('Held', ...holds.map((hold) => [`${hold.reason} (${hold.by}, for ${ago(hold.since)})`])),
    ...fact('Emergency', ...(emergency === undefined ? [] : [emergency])),
    ...fact('Moved', ...(moved === undefined ? [] : [[`by ${moved.by} in `, commitNode(moved.commit, commitAddress)]])),
    ...fact(
      'Edited',
      ...edits.map(({ path, what, by: author }) => [
        h('code', {}, path),
        ` ${what}`,
        ...(author === undefined ? [] : [` by ${author.author} in `, commitNode(author.commit, commitAddress)]),
      ]),
    ),
    ...fact('Strange', ...strays.map((path) => h('code', {}, path))),
  ];
}

/** What all units say alike of why no cluster was asked, which is then said once. @returns nothing where one was asked, or they differ */
export function askedNobody({ environments }: PageState): string | undefined {
  const said = new Set(
    environments.flatMap(({ units }) => units.map(({ live }) => ('notAsked' in live ? live.notAsked : undefined))),
  );
  const [words] = said;
  return said.size === 1 ? words : undefined;
}

/** Since when a release that waits is where it waits. */
function sinceOf(
  { environment, application }: UnitState['status']['waiting'][number],
  { environments }: PageState,
): string | undefined {
  const upstream = environments
    .find(({ name }) => name === environment)
    ?.units.find(({ status }) => status.application === application);
  return upstream?.status.published?.since;
}

function liveWords(live: UnitState['live']): readonly (string | Element)[] {
  if ('notAsked' in live) return [live.notAsked];
  return [
    ...live.applications.map(
      ({ name, sync, health, message }) => `${name}: ${sync}, ${health}${message === undefined ? '' : `: ${message}`}`,
    ),
    ...live.applications.flatMap(({ ailments }) =>
      ailments.map(({ object, message, next }) => `${object}: ${message}${next === undefined ? '' : `; ${next}`}`),
    ),
    ...(live.pending.length === 0 ? [] : [`bootstrap pending: ${live.pending.join(', ')}`]),
  ];
}
