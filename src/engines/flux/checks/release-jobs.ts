import type { KubernetesObject } from '../../../model/application.ts';
import { annotationItems } from '../../../objects/annotation-items.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { fieldPath, numberOf, valueAt } from '../../../objects/fields.ts';
import { kindOf } from '../../../objects/kind.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import { neededObjects } from '../../../objects/pods/needed-objects.ts';
import type { Workload } from '../../../objects/pods/workload.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { isFollowedBy } from '../../is-followed-by.ts';
import { beforeRelease, hookMark, isHook } from '../hooks.ts';

/** What may run, or be there, before a release: it is deleted and made anew where it cannot change in place. */
const before: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Job',
  'NetworkPolicy',
  'Role',
  'RoleBinding',
  'ServiceAccount',
]);

/**
 * What asks for a time of its own gets it: Flux has no hooks, so that the one before a release is a Kustomization of its own, and any other
 * would be applied beside the rest. A Job that removes itself would be started again for ever.
 */
export const releaseJobs: Check = {
  name: 'release-jobs',
  find({ delivery, environment, objects }, report) {
    if (!isFollowedBy('flux', delivery, environment.name)) return;
    for (const rendered of objects.all) {
      if (rendered.application === undefined) continue;
      reportHook(rendered, report);
      reportTtl(rendered, report);
    }
    for (const workload of objects.workloads)
      if (workload.rendered.application !== undefined && isHook(workload.rendered.object))
        needsFirst(objects, workload, report);
  },
};

function reportHook(rendered: RenderedObject, report: Report): void {
  const { object } = rendered;
  const others = [hookMark, 'helm.sh/hook'].flatMap((mark) =>
    isOnlyBefore(object, mark) ? [] : [{ mark, items: annotationItems(object, mark) }],
  );
  for (const { mark, items } of others)
    report(
      foundAt(
        rendered,
        fieldPath('metadata.annotations', mark),
        `Flux has no hooks, and would apply this beside the rest; write ${hookMark}: ${beforeRelease} for what runs before a release, or remove it, got "${items.join(',')}"`,
      ),
    );
  if (isHook(object) && !before.has(kindOf(object)))
    report(
      foundAt(
        rendered,
        fieldPath('metadata.annotations', hookMark),
        `would be deleted and made anew where it cannot change in place; only ${[...before].join(', ')} may come before a release, got ${object.kind}`,
      ),
    );
}

/** Whether an object asks for the one time that is carried out, or for none. */
function isOnlyBefore(object: KubernetesObject, mark: string): boolean {
  const text = object.metadata.annotations?.[mark];
  return text === undefined || (mark === hookMark && text === beforeRelease);
}

function reportTtl(rendered: RenderedObject, report: Report): void {
  const seconds = numberOf(valueAt(rendered.object, 'spec', 'ttlSecondsAfterFinished'));
  if (kindOf(rendered.object) !== 'Job' || seconds === undefined) return;
  report(
    foundAt(
      rendered,
      'spec.ttlSecondsAfterFinished',
      `Kubernetes removes the Job once it is done, and Flux starts it again, for ever; remove the field, got ${seconds}`,
    ),
  );
}

function needsFirst(objects: ObjectIndex, workload: Workload, report: Report): void {
  for (const { kind, name, field, made } of neededObjects(objects, workload)) {
    if (isHook(made.object)) continue;
    report(
      foundAt(
        workload.rendered,
        field,
        `runs before the release that makes ${kind} "${name}", so that the first one never ends; mark that with ${hookMark}: ${beforeRelease} too`,
      ),
    );
  }
}
