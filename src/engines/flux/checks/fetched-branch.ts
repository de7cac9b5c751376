import { stageOf } from '../../../model/delivery.ts';
import { kustomizationName } from '../../../model/names.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { textOf, valueAt } from '../../../objects/fields.ts';

/** Flux fetches the branch that the stage of an application writes, so that a gate covers everything that reaches the cluster. */
export const fetchedBranch: Check = {
  name: 'fetched-branch',
  find({ delivery, environment, objects }, report) {
    for (const application of environment.applications) {
      const stage = stageOf(delivery, environment.name, application.name);
      const name = kustomizationName(delivery, environment, application);
      const source = objects
        .ofKind('GitRepository.source.toolkit.fluxcd.io')
        .find(({ application: owner, object }) => owner === undefined && object.metadata.name === name);
      if (stage?.write.locator.kind !== 'tree' || source === undefined) continue;
      const branch = textOf(valueAt(source.object, 'spec', 'ref', 'branch')) ?? 'master';
      if (branch === stage.write.branch) continue;
      report(
        foundAt(
          source,
          'spec.ref.branch',
          `commits on "${branch}" reach the cluster without passing the stage "${stage.name}"; write "${stage.write.branch}"`,
        ),
      );
    }
  },
};
