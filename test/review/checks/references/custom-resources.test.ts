import { expect, test } from '@jest/globals';
import { customResources } from '../../../../src/review/checks/references/custom-resources.ts';
import { findings, object } from '../small-objects.ts';

const kargo = 'kargo.akuity.io/v1alpha1';
const stage = (name: string, from: object) =>
  object(kargo, 'Stage', name, {
    spec: {
      requestedFreight: [{ origin: { name: 'shop' }, sources: from }],
      promotionTemplate: { spec: { steps: [{ task: { name: 'promote' } }] } },
    },
  });

test('accepts names of objects that are rendered', () => {
  const found = findings(customResources, [
    object(kargo, 'Warehouse', 'shop'),
    object(kargo, 'PromotionTask', 'promote'),
    stage('dev', { direct: true }),
    stage('prod', { stages: ['dev'] }),
    object('argoproj.io/v1alpha1', 'AppProject', 'shop'),
    object(
      'argoproj.io/v1alpha1',
      'Application',
      'shop',
      { spec: { project: 'shop' } },
      { annotations: { 'kargo.akuity.io/authorized-stage': 'dev:prod' } },
    ),
    object('source.toolkit.fluxcd.io/v1', 'HelmRepository', 'charts'),
    object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'shop', {
      spec: { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } } },
    }),
  ]);

  expect(found).toEqual([]);
});

test('fails on names of stages, warehouses and tasks of Kargo that are not there', () => {
  const found = findings(customResources, [
    stage('prod', { stages: ['staging'] }),
    object(
      'argoproj.io/v1alpha1',
      'Application',
      'db',
      { spec: {} },
      { annotations: { 'kargo.akuity.io/authorized-stage': 'dev:db-stage' } },
    ),
  ]);

  expect(found).toEqual([
    'Stage/prod spec.requestedFreight[0].origin.name: there is no Warehouse "shop" in this environment; there is none',
    'Stage/prod spec.requestedFreight[0].sources.stages[0]: there is no Stage "staging" in this environment; write "prod"',
    'Stage/prod spec.promotionTemplate.spec.steps[0].task.name: there is no PromotionTask "promote" in this environment; there is none',
    'Application/db metadata.annotations["kargo.akuity.io/authorized-stage"]: there is no Stage "db-stage" in this environment; write "prod"',
  ]);
});

test('fails on names inside objects of Flux, Tekton and Traefik that are not there', () => {
  const found = findings(customResources, [
    object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'shop-dev', { spec: {} }),
    object('notification.toolkit.fluxcd.io/v1beta3', 'Provider', 'status', { spec: {} }),
    object('notification.toolkit.fluxcd.io/v1beta3', 'Alert', 'sync', {
      spec: {
        providerRef: { name: 'status' },
        eventSources: [
          { kind: 'Kustomization', name: 'shop-dev-test' },
          { kind: 'HelmRelease', name: '*' },
        ],
      },
    }),
    object('triggers.tekton.dev/v1beta1', 'EventListener', 'build', {
      spec: { serviceAccountName: 'bot', triggers: [{ bindings: [{ ref: 'push' }], template: { ref: 'build' } }] },
    }),
    object('traefik.io/v1alpha1', 'IngressRoute', 'shop', { spec: { tls: { options: { name: 'modern' } } } }),
  ]);

  expect(found).toEqual([
    'EventListener/build spec.triggers[0].bindings[0].ref: there is no TriggerBinding "push" in this environment; there is none',
    'EventListener/build spec.triggers[0].template.ref: there is no TriggerTemplate "build" in this environment; there is none',
    'EventListener/build spec.serviceAccountName: there is no ServiceAccount "bot" in this environment; there is none',
    'Alert/sync spec.eventSources[0].name: there is no Kustomization "shop-dev-test" in this environment; write "shop-dev"',
    'IngressRoute/shop spec.tls.options.name: there is no TLSOption "modern" in this environment; there is none',
  ]);
});
