import { expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../src/model/application.ts';
import { everyEngine } from '../../src/engines/engines.ts';
import { everyIngress } from '../../src/ingresses/ingresses.ts';
import { customReferences } from '../../src/objects/names/custom-references.ts';
import { ObjectIndex } from '../../src/objects/object-index.ts';
import { validDelivery } from '../support/valid-delivery.ts';
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

const plain: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'dev' } };

/** What may be written on an object so that an engine does something else with it. */
const marks: Readonly<Record<string, readonly string[]>> = {
  'argocd.argoproj.io/hook': ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip', 'PreDelete', 'Sync,PostSync', ''],
  'argocd.argoproj.io/sync-options': [
    ...['Prune=false', 'Delete=false', 'Prune=confirm', 'Replace=true', 'Force=true', 'Replace=true,Force=true'],
    ...['Force=true, Replace=true', 'ServerSideApply=true', 'ServerSideApply=false', 'Prune=false,Delete=false'],
  ],
  'argocd.argoproj.io/compare-options': ['IgnoreExtraneous'],
  'argocd.argoproj.io/ignore-healthcheck': ['true'],
  'kustomize.toolkit.fluxcd.io/prune': ['disabled', 'enabled'],
  'kustomize.toolkit.fluxcd.io/force': ['enabled', 'disabled'],
  'kustomize.toolkit.fluxcd.io/reconcile': ['disabled'],
  'kustomize.toolkit.fluxcd.io/ssa': ['Merge', 'Ignore', 'IfNotPresent'],
  'helm.sh/hook': ['pre-install'],
  'helm.sh/resource-policy': ['keep'],
};

const marked: readonly (readonly [string, KubernetesObject])[] = [
  ['nothing', plain],
  ...Object.entries(marks).flatMap(([mark, values]) =>
    values.flatMap((value) =>
      (['annotations', 'labels'] as const).map((field): readonly [string, KubernetesObject] => [
        `${field} ${mark}: ${value}`,
        { ...plain, metadata: { ...plain.metadata, [field]: { [mark]: value } } },
      ]),
    ),
  ),
];

/** Kinds that are some engine's own, that look like it, and that are nobody's. */
const kinds = [
  ...['v1 ConfigMap', 'batch/v1 CronJob', 'argoproj.io/v1alpha1 Application', 'argoproj.io/v1alpha1 AppProject'],
  ...['argoproj.io/v1alpha1 Rollout', 'kustomize.toolkit.fluxcd.io/v1 Kustomization'],
  ...['kustomize.config.k8s.io/v1beta1 Kustomization', 'source.toolkit.fluxcd.io/v1 GitRepository'],
  ...['source.toolkit.fluxcd.io/v1beta2 HelmRepository', 'helm.toolkit.fluxcd.io/v2 HelmRelease'],
];

test('what each engine does with an object, by its marks and its kind, is what was approved', () => {
  const application = validDelivery().environments[0]!.applications[0]!;
  const lines = everyEngine.flatMap((engine) => [
    `# ${engine.title}`,
    ...marked.map(([words, object]) => {
      const index = new ObjectIndex([{ object, path: 'a.yaml', construct: 'a' }], 'dev');
      const does = [
        ...(engine.keeps(object) ? ['keeps it'] : []),
        ...(engine.remakes(object) ? ['makes it anew'] : []),
        engine.againstCopies(object, index) ?? 'keeps no copy',
      ];
      return `${words} → ${does.join('; ')}`;
    }),
    ...kinds.map((kind) => {
      const [apiVersion = ''] = kind.split(' ');
      return `${kind} → ${engine.owns({ apiVersion }) ? 'its own' : 'not its own'}`;
    }),
    ...['manifests', 'bootstrap', '.', 'manifestsx', 'a/manifests'].map((folder) => {
      const path = `${folder}/${application.name}/a.yaml`;
      return `${path} → ${engine.applies(application, path) ? 'applied' : 'not applied'}`;
    }),
  ]);

  expect(lines.length).toBeGreaterThan(100);
  expectApproved('what-engines-do.txt', lines);
});
