import type { KubernetesObject } from '../../../model/application.ts';
import { annotationItems } from '../../../objects/annotation-items.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { numberOf, valueAt } from '../../../objects/fields.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import { isFollowedBy } from '../../is-followed-by.ts';
import { neededObjects } from '../../../objects/pods/needed-objects.ts';
import type { Workload } from '../../../objects/pods/workload.ts';

/** Phases before the sync, as Argo CD and as Helm call them. */
const before: ReadonlySet<string> = new Set(['PreSync', 'pre-install', 'pre-upgrade']);

const hooksOf = (object: KubernetesObject): readonly string[] => [
  ...annotationItems(object, 'argocd.argoproj.io/hook'),
  ...annotationItems(object, 'helm.sh/hook'),
];

/** A Job of a sync stays where it is, and a hook that runs before the sync needs nothing that only the sync makes. */
export const syncedJobs: Check = {
  name: 'synced-jobs',
  find({ delivery, environment, objects }, report) {
    if (!isFollowedBy('argocd', delivery, environment.name)) return;
    for (const rendered of objects.ofKind('Job')) {
      const seconds = numberOf(valueAt(rendered.object, 'spec', 'ttlSecondsAfterFinished'));
      if (seconds === undefined || rendered.application === undefined || hooksOf(rendered.object).length > 0) continue;
      report(
        foundAt(
          rendered,
          'spec.ttlSecondsAfterFinished',
          `Kubernetes removes the Job once it is done, and Argo CD starts it again, for ever; remove the field, or make it a hook with argocd.argoproj.io/hook: Sync, got ${seconds}`,
        ),
      );
    }
    for (const workload of objects.workloads) {
      if (hooksOf(workload.rendered.object).some((hook) => before.has(hook))) needsFirst(objects, workload, report);
    }
  },
};

function needsFirst(objects: ObjectIndex, workload: Workload, report: Report): void {
  for (const { kind, name, field, made } of neededObjects(objects, workload)) {
    if (hooksOf(made.object).some((hook) => before.has(hook))) continue;
    report(
      foundAt(
        workload.rendered,
        field,
        `runs before the sync that makes ${kind} "${name}", so that a first sync never ends; make that a PreSync hook with an earlier argocd.argoproj.io/sync-wave too, or this one a Sync hook`,
      ),
    );
  }
}
