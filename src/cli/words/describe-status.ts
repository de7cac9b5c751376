import pc from 'picocolors';
import type { LiveApplication } from '../../engines/live-application.ts';
import { nameOf, typed } from '../../model/derived/units.ts';
import type { UnitStatus } from '../../ops/status/read-status.ts';
import { describeCompared, isPushedAgain } from '../../ops/registry/charts-by-version.ts';
import { ageOf } from './age.ts';
import { describeLeftover } from './describe-leftover.ts';
import { describeStray } from './describe-stray.ts';
import { pendingLine, type PendingBootstrap } from './pending-line.ts';

/** What the cluster says, or why it was not asked. */
export type Live =
  ({ readonly applications: readonly LiveApplication[] } & PendingBootstrap) | { readonly notAsked: string };

/** Where somebody stands who reads it. */
export interface StatusReader {
  readonly now: Date;
  /** What a promotion to the unit needs besides where it comes from, e.g. ` --git-tag TAG`; nothing for most. */
  readonly tagOption: string;
  /** Address of the ops repository, as it may be shown. */
  readonly repository: string;
}

/** Everything that is known of a unit, line by line, in colours. */
export function describeStatus(
  { branch, unreadable, published, waiting, pullRequests = [], leftovers, ...unit }: UnitStatus,
  live: Live,
  { now, tagOption, repository }: StatusReader,
): readonly string[] {
  const row = (name: string, text: string): string => `  ${name.padEnd(9)} ${text}`;
  const left = leftovers.map((it) => row('left over', pc.yellow(describeLeftover(it, repository, now))));
  if (unreadable !== undefined)
    return [
      pc.bold(nameOf(unit)),
      ...unreadable.split('\n').map((line) => row('unreadable', pc.red(line.trim()))),
      ...left,
      '',
    ];
  if (published === undefined)
    return [
      pc.bold(nameOf(unit)),
      row('release', `nothing is published on ${branch} yet: npx portolan publish ${typed(unit)}`),
      ...left,
      '',
    ];
  const { release, since, by, source, commit, holds, edits, strays, applied, rendering, emergency, moved } = published;
  const { charts = [] } = published;
  const built = Object.entries(published.sources ?? {}).map(([name, at]) => `${name} ${at.slice(0, 12)}`);
  const rendered =
    'impossible' in rendering
      ? pc.yellow(
          `this program cannot render it: ${rendering.impossible.split('\n').slice(0, 2).join(' ').replace('portolan: ', '')}`,
        )
      : rendering.differing.length === 0
        ? 'as this program renders it'
        : pc.yellow(
            `${rendering.differing.length === 1 ? '1 file differs' : `${rendering.differing.length} files differ`} from what this program renders: npx portolan diff ${typed(unit)}`,
          );
  return [
    pc.bold(nameOf(unit)),
    row(
      'release',
      `${release}, for ${ageOf(since, now)}, by ${by}${source === undefined || release === source.slice(0, 12) ? '' : `, built from ${source.slice(0, 12)}`}${built.length === 0 ? '' : `, built from ${built.join(' and ')}`}`,
    ),
    row('branch', `${branch} at ${commit.slice(0, 12)}, ${rendered}`),
    ...waiting.map((one) =>
      row(
        'waiting',
        `${nameOf(one)} runs ${one.release}: npx portolan promote ${typed(unit)} --from ${one.environment}${tagOption}`,
      ),
    ),
    ...holds.map((hold) =>
      row(
        'held',
        pc.yellow(
          `${hold.reason} (${hold.by}, ${ageOf(hold.since, now)} ago); to let go: npx portolan unhold ${typed(unit)}`,
        ),
      ),
    ),
    ...(moved === undefined ? [] : [row('moved', describeMoved(moved, holds.length > 0))]),
    ...(emergency === undefined ? [] : [row('emergency', pc.red(emergency))]),
    ...edits.map(({ path, what, by: author }) =>
      row(
        'edited',
        pc.yellow(
          `${path} ${what}${author === undefined ? '' : ` by ${author.author} in ${author.commit.slice(0, 12)}`}`,
        ),
      ),
    ),
    ...charts.flatMap((chart) => {
      const text = describeCompared(chart);
      return text === undefined ? [] : [row('chart', isPushedAgain(chart) ? pc.red(text) : pc.yellow(text))];
    }),
    ...strays.map((path) => row('stray', pc.yellow(describeStray(path, applied)))),
    ...pullRequests.map(({ url, head }) => row('open', `${url} (${head})`)),
    ...left,
    ...describeLive(live, commit, unit.environment).map((text) => row('live', text)),
    '',
  ];
}

/** Who moved what runs, and that no hold binds whoever moves fields. */
function describeMoved({ by, commit }: { readonly by: string; readonly commit: string }, isHeld: boolean): string {
  const who = `by ${by} in ${commit.slice(0, 12)}`;
  return isHeld
    ? pc.yellow(`${who}, although it is held: a hold binds this program alone`)
    : `${who}; the next write here puts it on record`;
}

function describeLive(live: Live, commit: string, environment: string): readonly string[] {
  if ('notAsked' in live) return [pc.dim(live.notAsked)];
  return [
    ...live.applications.flatMap(({ name, sync, health, revision, operation, message, ailments }) => [
      `${name}: ${health === 'Healthy' && sync === 'Synced' ? pc.green(`${sync}, ${health}`) : pc.yellow(`${sync}, ${health}`)}${revision === undefined ? '' : revision === commit ? ' at this commit' : ` at ${revision.slice(0, 12)}`}${operation === undefined || operation === 'Succeeded' ? '' : `, operation ${operation}`}${message === undefined ? '' : `: ${message}`}`,
      ...ailments.map(
        ({ object, message: text, next }) => `${object}: ${text}${next === undefined ? '' : `; ${next}`}`,
      ),
    ]),
    ...(live.pending.length === 0
      ? []
      : [pc.yellow(`bootstrap pending: ${live.pending.join(', ')}; ${pendingLine(environment)}`)]),
    ...live.steps.map((step) => pc.yellow(step)),
  ];
}
