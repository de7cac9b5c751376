import { expect, test } from '@jest/globals';
import { syncPolicy } from '../../../../src/engines/argocd/checks/sync-policy.ts';
import { bootstrap, findings, object, type Fields } from '../../../review/checks/small-objects.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

const application = (policy: Fields, finalizers: readonly string[] = []) =>
  bootstrap(
    object('argoproj.io/v1alpha1', 'Application', 'shop-dev', { spec: { syncPolicy: policy } }, { finalizers }),
  );

test('accepts an Application that does what its stage says', () => {
  const good = application({ automated: { prune: true, selfHeal: true }, retry: { refresh: true } }, [
    'resources-finalizer.argocd.argoproj.io/foreground',
  ]);

  expect(findings(syncPolicy, [good])).toEqual([]);
});

test('fails on one that neither prunes nor heals, retries the failing commit, and leaves everything behind', () => {
  const found = findings(syncPolicy, [
    application({ automated: {}, syncOptions: ['CreateNamespace=true'] }),
    bootstrap(object('v1', 'Namespace', 'dev')),
  ]);

  expect(found).toEqual([
    'Application/shop-dev spec.syncPolicy.automated.prune: the stage says true; write that, got false',
    'Application/shop-dev spec.syncPolicy.automated.selfHeal: the stage says true; write that, got false',
    'Application/shop-dev spec.syncPolicy.retry.refresh: a failing sync is tried again without the commit that mends it; write true',
    'Application/shop-dev metadata.finalizers: deleting the Application leaves everything it made; write "resources-finalizer.argocd.argoproj.io/foreground"',
    'Application/shop-dev spec.syncPolicy.syncOptions: the namespace is made by bootstrap/ with its labels; remove CreateNamespace=true',
  ]);
});

test('fails on one that applies only what differs where the stage does not say it', () => {
  const delivery = validDelivery();
  const engine = { kind: 'argocd', source: 'plain', prune: true, selfHeal: true } as const;
  const applying = (...syncOptions: readonly string[]) =>
    application({ automated: { prune: true, selfHeal: true }, retry: { refresh: true }, syncOptions }, [
      'resources-finalizer.argocd.argoproj.io/foreground',
    ]);
  const found = (applyOutOfSyncOnly: boolean, ...syncOptions: readonly string[]) => {
    const stages = delivery.stages.map((stage) => ({ ...stage, engine: { ...engine, applyOutOfSyncOnly } }));
    return findings(syncPolicy, [applying(...syncOptions)], { delivery: { ...delivery, stages } });
  };

  expect(found(false, 'PruneLast=true')).toEqual([]);
  expect(found(true, 'ApplyOutOfSyncOnly=true', 'PruneLast=true')).toEqual([]);
  expect(found(false, 'ApplyOutOfSyncOnly=true', 'PruneLast=true')).toEqual([
    'Application/shop-dev spec.syncPolicy.syncOptions: the stage does not say applyOutOfSyncOnly; say it, or remove ApplyOutOfSyncOnly=true',
  ]);
});
