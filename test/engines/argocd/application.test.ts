import { describe, expect, test } from '@jest/globals';
import { argoApplication, type ArgoApplicationInput } from '../../../src/engines/argocd/application.ts';
import { environmentWith, smallService } from '../../constructs/synthesize.ts';

const everyProp: Required<ArgoApplicationInput> = {
  name: 'shop-dev',
  project: 'shop-dev',
  environment: environmentWith(),
  application: { name: 'shop', services: [smallService] },
  opsRepository: 'https://github.com/acme/shop-ops.git',
  prune: false,
  selfHeal: false,
  applyOutOfSyncOnly: true,
};
const { prune: _prune, selfHeal: _selfHeal, applyOutOfSyncOnly: _applyOutOfSyncOnly, ...neededProps } = everyProp;
const specFor = (props: ArgoApplicationInput) => argoApplication(props);

describe('an Application of Argo CD', () => {
  test('keeps one folder of the branch of its environment, prunes, heals, and takes up the commit that mends a failed sync', () => {
    expect(specFor(neededProps)).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: 'shop-dev',
        namespace: 'argocd',
        finalizers: ['resources-finalizer.argocd.argoproj.io/foreground'],
      },
      spec: {
        project: 'shop-dev',
        source: {
          repoURL: 'https://github.com/acme/shop-ops.git',
          targetRevision: 'env/dev',
          path: 'manifests/shop',
          directory: { include: '*.yaml' },
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'dev' },
        syncPolicy: {
          automated: { prune: true, selfHeal: true, allowEmpty: false },
          syncOptions: ['PruneLast=true'],
          retry: { limit: 10, refresh: true, backoff: { duration: '5s', factor: 2, maxDuration: '1m' } },
        },
      },
    });
  });

  test('does as the stage says', () => {
    expect(specFor(everyProp)).toHaveProperty('spec.syncPolicy.automated', {
      prune: false,
      selfHeal: false,
      allowEmpty: false,
    });
    expect(specFor(everyProp)).toHaveProperty('spec.syncPolicy.syncOptions', [
      'ApplyOutOfSyncOnly=true',
      'PruneLast=true',
    ]);
  });

  test('leaves the replicas of autoscaled services alone, and of those only', () => {
    const autoscaling = { min: 1, max: 3, cpuPercent: 80 };
    const services = [
      smallService,
      { ...smallService, name: 'web', autoscaling },
      { ...smallService, name: 'store', workload: 'StatefulSet', autoscaling } as const,
    ];

    const application = specFor({ ...neededProps, application: { name: 'shop', services } });

    expect(application).toHaveProperty('spec.syncPolicy.syncOptions', [
      'PruneLast=true',
      'RespectIgnoreDifferences=true',
    ]);
    expect(application).toHaveProperty('spec.ignoreDifferences', [
      { group: 'apps', kind: 'Deployment', name: 'dev-web', jsonPointers: ['/spec/replicas'] },
      { group: 'apps', kind: 'StatefulSet', name: 'dev-store', jsonPointers: ['/spec/replicas'] },
    ]);
  });

  test('never creates the namespace, which two Applications would fight for', () => {
    expect(JSON.stringify(specFor(neededProps))).not.toContain('CreateNamespace');
  });
});
