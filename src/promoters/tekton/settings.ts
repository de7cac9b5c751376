import type { Delivery } from '../../model/delivery.ts';
import { namespaceOfRuns, suppliedByRuns } from '../../model/derived/tekton/promoted-by-runs.ts';
import type { Environment } from '../../model/environment.ts';
import type { Promoter, Stage } from '../../model/stage.ts';
import type { Supply } from '../../model/supply.ts';

/** A stage that runs of Tekton move, with what they build. */
export interface TektonStage extends Stage {
  readonly promoter: Extract<Promoter, { readonly kind: 'tekton' }>;
  readonly supply: Supply;
}

/** Stages of this kind, each with the supply that it takes from; those that the model refuses are left out. */
export const movedByTekton = (delivery: Delivery, stages: readonly Stage[]): readonly TektonStage[] =>
  stages.flatMap((stage) => {
    const supply = suppliedByRuns(delivery, stage);
    return stage.promoter?.kind === 'tekton' && supply !== undefined
      ? [{ ...stage, promoter: stage.promoter, supply }]
      : [];
  });

/** The namespace that a stage is moved from: the one that its supply is built in. */
export const namespaceOfStage = (delivery: Delivery, place: Environment, { supply }: TektonStage): string =>
  namespaceOfRuns(delivery, supply) ?? place.namespace;

/** Minutes after which a promotion is given up; a job of a workflow has as many. */
export const promotionMinutes = 15;
