import { foundAt, type Check } from '../../../objects/check.ts';
import { cannotFail, hasProbe, probeCommand } from '../../../objects/pods/probe-actions.ts';

/**
 * "Healthy" verifies a release for the next stage, so every workload says when it is: a readiness probe that can
 * fail. Else a release is verified as soon as its programs start.
 */
export const verifiedHealth: Check = {
  name: 'verified-health',
  find({ delivery, environment, objects }, report) {
    const verifying = delivery.stages.filter((stage) => stage.environment === environment.name);
    for (const stage of verifying) {
      for (const workload of objects.workloads) {
        if (!workload.lasting || (workload.rendered.application ?? stage.application) !== stage.application) continue;
        const says = workload.running.some((container) => {
          const command = probeCommand(container, 'readinessProbe');
          return hasProbe(container, 'readinessProbe') && (command === undefined || !cannotFail(command));
        });
        if (!says)
          report(
            foundAt(
              workload.rendered,
              `${workload.specPath}.containers`,
              `the stage "${stage.name}" calls a release verified when it is healthy, and no container says when it is; add a readiness probe that can fail`,
            ),
          );
      }
    }
  },
};
