import { commitResult, digestResult, promotingTask } from '../../model/derived/tekton/promoted-by-runs.ts';
import type { Stage } from '../../model/stage.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import type { ToolInCluster } from '../../objects/tools/tool-in-cluster.ts';
import { pushKeysOf } from '../../model/secrets/push-keys.ts';
import type { PromoterPlugin } from '../promoter.ts';
import { promoteTask } from './promote-task.ts';
import { movedByTekton, namespaceOfStage, promotionMinutes } from './settings.ts';

const inCluster: ToolInCluster<Stage> = {
  place: 'toolchain',
  objects: (delivery, place, stages) =>
    movedByTekton(delivery, stages).map((stage) =>
      promoteTask(delivery, namespaceOfStage(delivery, place, stage), stage),
    ),
  secrets: (delivery, place, stages) =>
    movedByTekton(delivery, stages).map((stage) => ({
      purpose: 'gitPush' as const,
      secretName: secretNameOf(delivery, stage.write.credential),
      namespace: namespaceOfStage(delivery, place, stage),
      keys: pushKeysOf(delivery, stage),
    })),
  endingOf(delivery, stage, supply) {
    const [moved] = movedByTekton(delivery, [stage]);
    return moved?.supply.name === supply.name
      ? {
          name: `promote-${stage.name}`,
          task: promotingTask(supply, stage),
          takes: [commitResult, ...supply.artifacts.map(digestResult)].map(({ name }) => name),
          minutes: promotionMinutes,
        }
      : undefined;
  },
};

/** A task at the end of the run of Tekton that built, which runs the program with what was built: no registry is asked, and no workflow runs. */
export const tekton: PromoterPlugin<'tekton'> = {
  kind: 'tekton',
  title: 'Tekton',
  inCluster,
  checks: [],
};
