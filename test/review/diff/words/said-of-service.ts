import { ServiceWorkload } from '../../../../src/constructs/service-workload.ts';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import type { Service } from '../../../../src/model/service.ts';
import { diffTrees } from '../../../../src/review/diff/diff-trees.ts';
import { objectsOf, placeWith, smallService } from '../../../constructs/synthesize.ts';
import { treeOf } from '../shop-objects.ts';

/** What `diff` says when a small service says something else: each change in words, or its path where there are none. */
export function saidOfService(before: Partial<Service>, after: Partial<Service>): readonly string[] {
  return diffTrees(treeOf(...rendered(before)), treeOf(...rendered(after))).objects.flatMap(
    ({ action, kind, changes }) =>
      action === 'changed' ? changes.map(({ path, words }) => words ?? path) : [`${kind} ${action}`],
  );
}

function rendered(changes: Partial<Service>): readonly KubernetesObject[] {
  const service = { ...smallService, ...changes };
  const place = placeWith({ services: [...placeWith().application.services, service] });
  return objectsOf((scope) => new ServiceWorkload(scope, service.name, { place, service }));
}
