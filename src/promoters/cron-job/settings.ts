import type { Delivery } from '../../model/delivery.ts';
import { hostOf } from '../../model/formats/host.ts';
import { pushKeys } from '../push-keys.ts';
import type { Promoter, Stage } from '../../model/stage.ts';

/** A promoter of this kind. */
export type CronJobPromoter = Extract<Promoter, { readonly kind: 'cronJob' }>;

/** A stage that a CronJob moves. */
export interface CronJobStage extends Stage {
  readonly promoter: CronJobPromoter;
}

/** Stages of this kind, with their promoters known. */
export const movedByCronJob = (stages: readonly Stage[]): readonly CronJobStage[] =>
  stages.flatMap((stage) => (stage.promoter?.kind === 'cronJob' ? [{ ...stage, promoter: stage.promoter }] : []));

/** Keys of the Secret that a stage's branch is written with: those of an app on GitHub, else a name and a password. */
export function keysOf(delivery: Delivery, { write }: Stage): readonly string[] {
  const url = delivery.repositories.find(({ name }) => name === write.repository)?.url ?? '';
  return pushKeys[hostOf(url, delivery.gitHubHost)];
}
