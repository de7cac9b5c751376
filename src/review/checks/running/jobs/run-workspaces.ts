import { foundAt, type Check } from '../../../../objects/check.ts';
import { textsAt } from '../../../../objects/walk.ts';

/** Runs that a Tekton trigger starts do not share one claim: two at once overwrite each other's files. */
export const runWorkspaces: Check = {
  name: 'run-workspaces',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('TriggerTemplate.triggers.tekton.dev')) {
      for (const { text, path } of textsAt(
        rendered.object,
        'spec.resourcetemplates[].spec.workspaces[].persistentVolumeClaim.claimName',
      )) {
        report(
          foundAt(
            rendered,
            path,
            `every run that the trigger starts works in the claim "${text}"; write a volumeClaimTemplate, so that each run has its own`,
          ),
        );
      }
    }
  },
};
