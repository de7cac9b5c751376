import { fluxName } from '../../../model/names.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { textOf, valueAt } from '../../../objects/fields.ts';

/** Flux fetches the branch that the environment's stage writes, so that a gate covers everything that reaches the cluster. */
export const fetchedBranch: Check = {
  name: 'fetched-branch',
  find({ delivery, environment, objects }, report) {
    const stage = delivery.stages.find((each) => each.environment === environment.name);
    const name = fluxName(delivery, environment);
    const source = objects
      .ofKind('GitRepository.source.toolkit.fluxcd.io')
      .find(({ application, object }) => application === undefined && object.metadata.name === name);
    if (stage?.write.locator.kind !== 'tree' || source === undefined) return;
    const branch = textOf(valueAt(source.object, 'spec', 'ref', 'branch')) ?? 'master';
    if (branch === stage.write.branch) return;
    report(
      foundAt(
        source,
        'spec.ref.branch',
        `commits on "${branch}" reach the cluster without passing the stage "${stage.name}"; write "${stage.write.branch}"`,
      ),
    );
  },
};
