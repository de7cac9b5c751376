import type { CarriedWord } from '../model/carried-out/carrier.ts';
import type { promoters as words } from '../model/carried-out/course.ts';
import type { Promoter, Stage } from '../model/stage.ts';
import { githubActions } from './github-actions/github-actions.ts';
import { cronJob } from './cron-job/cron-job.ts';
import { fluxImages } from './flux-images/flux-images.ts';
import { kargo } from './kargo/kargo.ts';
import { tekton } from './tekton/tekton.ts';
import type { PromoterPlugin } from './promoter.ts';

type CarriedPromoter = CarriedWord<typeof words>;

/** Who moves a stage's branch: a promoter without an entry does not compile. */
export const promoters = { githubActions, kargo, cronJob, tekton, fluxImages } satisfies {
  readonly [Kind in CarriedPromoter]: PromoterPlugin<Kind>;
};

/** Every promoter, in the order of the table. */
export const everyPromoter: readonly PromoterPlugin<CarriedPromoter>[] = Object.values(promoters);

const isCarried = (kind: Promoter['kind']): kind is CarriedPromoter => Object.hasOwn(promoters, kind);

/** The promoter of a stage; nothing when the stage names one that nothing carries out, which the model refuses. */
export const promoterOf = ({
  promoter = { kind: 'githubActions' },
}: Stage): PromoterPlugin<CarriedPromoter> | undefined =>
  isCarried(promoter.kind) ? promoters[promoter.kind] : undefined;
