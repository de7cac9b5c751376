import type { Stage } from './stage.ts';
import type { Supply, Trigger } from './supply.ts';

/** A push that starts something. */
export type Push = Extract<Trigger, { readonly on: 'push' }>;

export const pushesOf = (triggers: readonly Trigger[]): readonly Push[] =>
  triggers.filter((trigger): trigger is Push => trigger.on === 'push');

/** A push as it reads whatever the order in which its filters are written. */
const filterOf = ({ repository, branches, branchesIgnore = [], paths = [] }: Push): string =>
  JSON.stringify([repository, [...branches].sort(), [...branchesIgnore].sort(), [...paths].sort()]);

/** Whether two pushes are the same one. */
export const isSamePush = (one: Push, other: Push): boolean => filterOf(one) === filterOf(other);

/** Whether a workflow that builds a supply promotes to a stage as soon as it has built: every push that builds starts the stage, too. */
export function isPromotedByBuild({ intake, triggers }: Stage, supply: Supply): boolean {
  const builds = pushesOf(supply.triggers).filter(({ repository }) => repository === supply.source);
  const starts = pushesOf(triggers);
  return (
    intake.from === 'supply' &&
    intake.supplies.includes(supply.name) &&
    supply.builder.kind === 'githubActions' &&
    builds.length > 0 &&
    builds.every((push) => starts.some((other) => isSamePush(push, other)))
  );
}
