import { stageOf } from '../../../model/delivery.ts';
import { argoApplicationName } from '../../../model/names.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { textOf, valueAt } from '../../../objects/fields.ts';

/** Argo CD follows the branch that the environment's stage writes, so that a gate covers everything that reaches the cluster. */
export const followedBranch: Check = {
  name: 'followed-branch',
  find({ delivery, environment, objects }, report) {
    for (const application of environment.applications) {
      const stage = stageOf(delivery, environment.name, application.name);
      const name = argoApplicationName(delivery, environment, application);
      const rendered = objects.ofKind('Application.argoproj.io').find(({ object }) => object.metadata.name === name);
      if (stage?.write.locator.kind !== 'tree' || rendered === undefined) continue;
      const revision = textOf(valueAt(rendered.object, 'spec', 'source', 'targetRevision')) ?? 'HEAD';
      if (revision === stage.write.branch) continue;
      report(
        foundAt(
          rendered,
          'spec.source.targetRevision',
          `commits on "${revision}" reach the cluster without passing the stage "${stage.name}"; write "${stage.write.branch}"`,
        ),
      );
    }
  },
};
