import { stageOf } from '../../../model/delivery.ts';
import { argoApplicationName } from '../../../model/names.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { textOf } from '../../../objects/fields.ts';
import { sourcesOf } from '../charts/chart-sources.ts';

/** Argo CD follows the branch that the environment's stage writes, so that a gate covers everything that reaches the cluster. */
export const followedBranch: Check = {
  name: 'followed-branch',
  find({ delivery, environment, objects }, report) {
    for (const application of environment.applications) {
      const stage = stageOf(delivery, environment.name, application.name);
      const name = argoApplicationName(delivery, environment, application);
      const rendered = objects.ofKind('Application.argoproj.io').find(({ object }) => object.metadata.name === name);
      if (stage?.write.locator.kind !== 'tree' || rendered === undefined) continue;
      for (const { fields, path } of sourcesOf(rendered.object)) {
        const revision = textOf(fields['targetRevision']) ?? 'HEAD';
        if (revision === stage.write.branch) continue;
        report(
          foundAt(
            rendered,
            `${path}.targetRevision`,
            `commits on "${revision}" reach the cluster without passing the stage "${stage.name}"; write "${stage.write.branch}"`,
          ),
        );
      }
    }
  },
};
