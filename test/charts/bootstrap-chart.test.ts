import { describe, expect, test } from '@jest/globals';
import { App } from 'cdk8s';
import { BootstrapChart } from '../../src/charts/bootstrap-chart.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { identitiesOf, smallService } from '../constructs/synthesize.ts';
import { validDelivery, withEnvironment, withStage } from '../support/valid-delivery.ts';

const opsRepository = 'https://github.com/acme/shop-ops.git';

function objectsOf(delivery: Delivery): readonly KubernetesObject[] {
  const environment = delivery.environments[0]!;
  const app = new App({ outdir: 'unused', recordConstructMetadata: false });
  return new BootstrapChart(app, 'Bootstrap', {
    delivery,
    environment,
    opsRepository,
    applied: [],
  }).toJson() as readonly KubernetesObject[];
}

describe('BootstrapChart', () => {
  test('holds what must exist before the first sync', () => {
    expect(identitiesOf(objectsOf(validDelivery()))).toEqual([
      'Namespace/dev',
      'AppProject/shop-dev',
      'Application/shop-dev',
    ]);
  });

  test('follows each application of an environment under the one project', () => {
    const delivery = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      applications: [...environment.applications, { name: 'tools', services: [smallService] }],
    }));

    expect(identitiesOf(objectsOf(delivery))).toEqual([
      'Namespace/dev',
      'AppProject/shop-dev',
      'Application/shop-dev',
      'Application/shop-dev-tools',
    ]);
    expect(objectsOf(delivery)[3]).toMatchObject({
      spec: { project: 'shop-dev', source: { path: 'manifests/tools' } },
    });
  });

  test('prunes and heals as the engine of the stage says', () => {
    const careful = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      engine: { ...stage.engine, kind: 'argocd', source: 'plain', prune: false, selfHeal: false },
    }));

    expect(objectsOf(careful)[2]).toHaveProperty('spec.syncPolicy.automated', {
      prune: false,
      selfHeal: false,
      allowEmpty: false,
    });
  });

  test('makes no object of Argo CD for an environment that Flux follows, and what Flux wants', () => {
    const followedByFlux = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 2 },
    }));

    expect(identitiesOf(objectsOf(followedByFlux))).toEqual([
      'Namespace/dev',
      'ServiceAccount/shop-dev',
      'Role/shop-dev',
      'RoleBinding/shop-dev',
      'GitRepository/shop-dev',
      'Kustomization/shop-dev',
    ]);
  });
});
