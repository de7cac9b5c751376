import type { Delivery } from '../../model/delivery.ts';
import type { Stage } from '../../model/stage.ts';
import { OpsError } from '../ops-error.ts';

/**
 * The stage that a release is to enter: that of the environment, and of the application where it has several.
 *
 * @throws OpsError when there is none, or several to choose from
 */
export function stageToEnter(delivery: Delivery, environment: string, application?: string): Stage {
  const stages = delivery.stages.filter(
    (stage) => stage.environment === environment && (application === undefined || stage.application === application),
  );
  const [stage, ...others] = stages;
  const failed = `${environment} was not promoted`;
  if (stage === undefined)
    throw new OpsError(failed, [
      {
        code: 'wrong-input',
        what: `the model has no stage for ${application === undefined ? '' : `${application} in `}${environment}`,
        next: 'add one to the delivery',
      },
    ]);
  if (others.length === 0) return stage;
  throw new OpsError(failed, [
    {
      code: 'wrong-input',
      what: `${environment} has several applications`,
      next: `name one of: ${stages.map((it) => it.application).join(', ')}`,
    },
  ]);
}
