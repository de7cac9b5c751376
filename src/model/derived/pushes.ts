import type { Stage } from '../stage.ts';
import type { Supply, Trigger } from '../supply.ts';

/** A push that starts something. */
export type Push = Extract<Trigger, { readonly on: 'push' }>;

export const pushesOf = (triggers: readonly Trigger[]): readonly Push[] =>
  triggers.filter((trigger): trigger is Push => trigger.on === 'push');

/** A push as it reads whatever the order in which its filters are written. */
const filterOf = ({ repository, branches, branchesIgnore = [], paths = [] }: Push): string =>
  JSON.stringify([repository, [...branches].sort(), [...branchesIgnore].sort(), [...paths].sort()]);

/** Whether two pushes are the same one. */
export const isSamePush = (one: Push, other: Push): boolean => filterOf(one) === filterOf(other);

/** What starts a workflow besides pushes and people: an event that is sent, or a time. */
export type TimedOrSent = Extract<Trigger, { readonly on: 'dispatch' | 'schedule' }>;

export const timedOrSentOf = (triggers: readonly Trigger[]): readonly TimedOrSent[] =>
  triggers.filter((trigger): trigger is TimedOrSent => trigger.on === 'dispatch' || trigger.on === 'schedule');

/** Whether two of them are the same one. */
export const isSameStart = (one: TimedOrSent, other: TimedOrSent): boolean =>
  one.on === 'dispatch'
    ? other.on === 'dispatch' && one.repository === other.repository && one.event === other.event
    : other.on === 'schedule' && one.cron === other.cron;

/** Events and times that build a supply and start a stage, which the build then promotes to. */
export const startsByBuild = ({ intake, triggers }: Stage, supply: Supply): readonly TimedOrSent[] =>
  intake.from === 'supply' && intake.supplies.includes(supply.name) && supply.builder.kind === 'githubActions'
    ? timedOrSentOf(supply.triggers).filter((start) =>
        timedOrSentOf(triggers).some((other) => isSameStart(start, other)),
      )
    : [];

/** Whether a workflow that builds a supply promotes to a stage as soon as it has built. */
export const isPromotedByBuild = (stage: Stage, supply: Supply): boolean =>
  supply.builder.kind === 'githubActions' && isStartedByEachPush(stage, supply);

/** Whether every push that builds a supply starts a stage that takes from it, too. */
export function isStartedByEachPush({ intake, triggers }: Stage, supply: Supply): boolean {
  const builds = pushesOf(supply.triggers).filter(({ repository }) => repository === supply.source);
  const starts = pushesOf(triggers);
  return (
    intake.from === 'supply' &&
    intake.supplies.includes(supply.name) &&
    builds.length > 0 &&
    builds.every((push) => starts.some((other) => isSamePush(push, other)))
  );
}
