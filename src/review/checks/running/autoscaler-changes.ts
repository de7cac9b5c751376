import type { KubernetesObject } from '../../../model/application.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { numberOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';

/** What Kubernetes takes where a workload does not say how many. */
const usualReplicas = 1;

/**
 * No pod stops because an autoscaler comes or goes: it may keep at least the replicas that were published, and where it goes there are as
 * many as it may have chosen.
 */
export const autoscalerChanges: Check = {
  name: 'autoscaler-changes',
  find({ objects, published }, report) {
    if (published === undefined) return;
    const [old, now] = [mostByTarget(published), mostByTarget(objects)];
    for (const rendered of objects.ofKind('Deployment', 'StatefulSet')) {
      const { kind, metadata } = rendered.object;
      const target = `${kind}/${metadata.name}`;
      const before = published.find(kind, metadata.name, objects.namespaceOf(rendered.object));
      if (before === undefined) continue;
      const [had, has] = [old.get(target), now.get(target)];
      const [were, are] = [replicasIn(before.object), replicasIn(rendered.object)];
      if (had === undefined && has !== undefined && has.most < were)
        report(
          foundAt(
            has.rendered,
            'spec.maxReplicas',
            `${were - has.most === 1 ? '1 pod stops' : `${were - has.most} pods stop`} when the autoscaler comes, because ${were} run; write at least ${were}, and less once it chooses, got ${has.most}`,
          ),
        );
      if (had !== undefined && has === undefined && are < had.most)
        report(
          foundAt(
            rendered,
            'spec.replicas',
            `the autoscaler that goes may have chosen ${had.most}, so that pods stop; write replicas: ${had.most}, and less in a later publish, got ${are}`,
          ),
        );
    }
  },
};

const replicasIn = (object: KubernetesObject): number => numberOf(valueAt(object, 'spec', 'replicas')) ?? usualReplicas;

interface Scaled {
  readonly most: number;
  readonly rendered: ReturnType<ObjectIndex['ofKind']>[number];
}

function mostByTarget(objects: ObjectIndex): ReadonlyMap<string, Scaled> {
  return new Map(
    objects.ofKind('HorizontalPodAutoscaler').map((rendered) => {
      const target = (field: string): string => textOf(valueAt(rendered.object, 'spec', 'scaleTargetRef', field)) ?? '';
      return [
        `${target('kind')}/${target('name')}`,
        { most: numberOf(valueAt(rendered.object, 'spec', 'maxReplicas')) ?? usualReplicas, rendered },
      ];
    }),
  );
}
