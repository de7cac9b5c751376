import type { Environment } from '../../../model/environment.ts';
import { selectorOf } from '../../../model/names.ts';
import { withJobs } from '../../../model/pods/job-pods.ts';
import { foundAt, type Check, type CheckInput } from '../../../objects/check.ts';
import { selects, writeSelector, type LabelSelector } from '../../../objects/traffic/label-selector.ts';
import type { Workload } from '../../../objects/pods/workload.ts';

/**
 * No selector of a workload, a Service or a disruption budget selects pods of another workload, or of another environment
 * in the same namespace: traffic would reach the wrong program, and controllers would fight over pods.
 */
export const selectorOverlap: Check = {
  name: 'selector-overlap',
  find(input, report) {
    const { objects } = input;
    const strangers = foreignPods(input);
    for (const { rendered, path, selector, use } of objects.podSelectors) {
      if (use === 'peers') continue;
      const namespace = objects.namespaceOf(rendered.object);
      const selected = objects.selected(selector, namespace);
      const others =
        use === 'owns'
          ? selected.filter((workload) => workload.rendered !== rendered)
          : selected.length > 1
            ? selected
            : [];
      const foreign = strangers
        .filter((pods) => pods.namespace === namespace && selects(selector, pods.labels))
        .map(({ name }) => name);
      const victims = [...others.map(writeWorkload), ...foreign];
      if (victims.length === 0) continue;
      const also = use === 'owns' || others.length === 0 ? 'also selects' : 'selects';
      report(
        foundAt(
          rendered,
          path,
          `${also} the pods of ${victims.join(' and ')}; add a label that only one of them has, got ${writeSelector(selector)}`,
        ),
      );
    }
  },
};

const writeWorkload = ({ kind, name }: Workload): string => `${kind} "${name}"`;

/** Pods of the environments that share cluster and namespace with this one, as the model labels them. */
function foreignPods({ delivery, environment }: CheckInput): readonly {
  readonly name: string;
  readonly namespace: string;
  readonly labels: LabelSelector['labels'];
}[] {
  const sharesPlace = (other: Environment): boolean =>
    other.name !== environment.name &&
    other.cluster.name === environment.cluster.name &&
    other.namespace === environment.namespace;
  return delivery.environments.filter(sharesPlace).flatMap((other) =>
    other.applications
      .flatMap(({ services, databases }) => [...withJobs(other, services), ...(databases ?? [])])
      .map((owner) => ({
        name: `"${owner.name}" in environment "${other.name}"`,
        namespace: other.namespace,
        labels: selectorOf(owner),
      })),
  );
}
