import { expect, test } from '@jest/globals';
import { everyEngine } from '../../src/engines/engines.ts';
import { everyIngress } from '../../src/ingresses/ingresses.ts';
import { customReferences } from '../../src/objects/names/custom-references.ts';
import { expectApproved } from './approved.ts';

/** Kinds that stand beside a name in somebody's custom resource, and one that nobody knows. */
const kindsBeside = [
  ...['GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket', 'Kustomization', 'HelmRelease'],
  ...['ImageRepository', 'ImagePolicy', 'ImageUpdateAutomation', 'Builder', 'ClusterBuilder', 'ClusterStack'],
  ...['ClusterStore', 'Task', 'ClusterTask', 'TriggerBinding', 'ClusterTriggerBinding', 'PromotionTask'],
  ...['ClusterPromotionTask', 'TraefikService', 'Service', 'Unheard'],
];

test('every name of another object inside a custom resource is looked up as the thing that was approved', () => {
  const references = [...customReferences, ...[...everyEngine, ...everyIngress].flatMap((plugin) => plugin.references)];
  const lines = references.flatMap(({ from, path, to }) => {
    if (typeof to === 'string') return [`${from} ${path} → ${to}`];
    const kinds = [undefined, ...kindsBeside].map((kind) => [kind, to(kind === undefined ? {} : { kind })] as const);
    return kinds.flatMap(([kind, found]) =>
      found === undefined
        ? []
        : [`${from} ${path} → ${found}, beside ${kind === undefined ? 'no kind' : `kind ${kind}`}`],
    );
  });

  expect(lines.length).toBeGreaterThan(50);
  expectApproved('references.txt', lines.toSorted());
});
