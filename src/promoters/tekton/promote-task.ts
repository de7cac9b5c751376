import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import { commitResult, digestResult, promotingTask } from '../../model/derived/tekton/promoted-by-runs.ts';
import { tektonApi, unprivilegedAs, variable } from '../../objects/tools/tekton-task.ts';
import { programSteps, programUser, programVolumes, usedByProgram } from '../program-steps.ts';
import type { TektonStage } from './settings.ts';

/**
 * The task that promotes to a stage what a run has built: it is given the commit and the digests, as variables and nowhere else, and runs the program as
 * whatever runs it in a cluster does.
 *
 * @see https://tekton.dev/docs/pipelines/tasks/
 */
export function promoteTask(delivery: Delivery, namespace: string, stage: TektonStage): KubernetesObject {
  const { supply, promoter } = stage;
  const built = supply.artifacts.map((artifact, i) => ({ artifact, digest: `DIGEST_${i}` }));
  const steps = programSteps({
    delivery,
    stage,
    supplies: [supply],
    image: promoter.image,
    built,
    env: [
      variable('COMMIT', `$(params.${commitResult.name})`),
      ...built.map(({ artifact, digest }) => variable(digest, `$(params.${digestResult(artifact).name})`)),
      variable('PORTOLAN_RUN', `TaskRun ${namespace}/$(context.taskRun.name)`),
      // A hold stops it.
      variable('PORTOLAN_AUTOMATIC', '1'),
    ],
  });
  return {
    apiVersion: tektonApi,
    kind: 'Task',
    metadata: { name: promotingTask(supply, stage), namespace },
    spec: {
      params: [commitResult, ...supply.artifacts.map(digestResult)],
      steps: steps.map(({ script, ...step }) => ({
        ...step,
        script: `#!/usr/bin/env node\n${script}`,
        computeResources: usedByProgram,
        securityContext: unprivilegedAs(programUser),
      })),
      volumes: programVolumes,
    },
  };
}
