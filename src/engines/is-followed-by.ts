import { stageOf, type Delivery } from '../model/delivery.ts';
import type { Engine } from '../model/stage.ts';

/** Whether an engine follows an environment: what is checked of everything that it applies is nothing to another one's environments. */
export const isFollowedBy = (kind: Engine['kind'], delivery: Pick<Delivery, 'stages'>, environment: string): boolean =>
  (stageOf(delivery, environment)?.engine.kind ?? 'argocd') === kind;
