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
