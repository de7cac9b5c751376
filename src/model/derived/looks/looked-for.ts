import type { Delivery } from '../../delivery.ts';
import type { Promoter, Stage } from '../../stage.ts';
import type { Discovery, Supply } from '../../supply.ts';
import { suppliesOf } from '../origins.ts';

/** Who runs this program, which looks. */
const lookers: ReadonlySet<Promoter['kind']> = new Set(['githubActions', 'cronJob']);

/** What is found by looking, whether or not a registry says when that is worth while. */
const looks: ReadonlySet<Discovery['kind']> = new Set(['registryPoll', 'registryWebhook']);

/** The supplies whose images `portolan promote --newest` looks for in their registry, for a stage that takes from them. */
export const lookedFor = (delivery: Delivery, stage: Stage): readonly Supply[] =>
  lookers.has((stage.promoter ?? { kind: 'githubActions' }).kind)
    ? suppliesOf(stage, delivery).filter(({ discovery }) => looks.has(discovery.kind))
    : [];

/** Whether a workflow looks for them at times, without a person. */
export const isLookedForAtTimes = (delivery: Delivery, stage: Stage): boolean =>
  lookedFor(delivery, stage).length > 0 &&
  stage.triggers.some((trigger) => trigger.on === 'artifactPublished' && trigger.by === 'poll');

/** Minutes of which a cron expression makes the same pause each time, and that are shorter than GitHub keeps. */
export const shortMinutes: readonly number[] = [1, 2, 3, 4];

/** Minutes of which a cron expression makes the same pause each time, none shorter than GitHub keeps. */
export const evenMinutes: readonly number[] = [5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440];

/** A cron expression for a look every so many minutes, one of {@link evenMinutes} or {@link shortMinutes}; not at the full hour, when GitHub has the most to do. */
export function cronOf(minutes: number): string {
  if (minutes < 60) return `*/${minutes} * * * *`;
  const hours = minutes / 60;
  return hours >= 24 ? '7 3 * * *' : `7 ${hours === 1 ? '*' : `*/${hours}`} * * *`;
}
