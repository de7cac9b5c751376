import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../src/model/delivery.ts';
import type { Engine } from '../../src/model/stage.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { checkEnvironment } from '../../src/review/check-environment.ts';
import { fieldsOf, valueAt } from '../../src/objects/fields.ts';
import { validDelivery, withEnvironment } from '../support/valid-delivery.ts';

const probe = (namespace: string): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'probe', namespace },
  spec: {
    selector: { matchLabels: { app: 'probe' } },
    template: {
      metadata: { labels: { app: 'probe' } },
      spec: { containers: [{ name: 'probe', image: { artifact: 'orders' } }] },
    },
  },
});

/** The valid delivery, whose application has an object of one name in two namespaces, followed by an engine. */
function withProbes(engine: Engine, furtherNamespaces: readonly string[]): Delivery {
  const delivery = withEnvironment(validDelivery(), 'dev', (environment) => ({
    ...environment,
    ...(furtherNamespaces.length === 0 ? {} : { furtherNamespaces }),
    applications: environment.applications.map((application) => ({
      ...application,
      objects: [probe('dev'), probe('monitoring')],
    })),
  }));
  return { ...delivery, stages: delivery.stages.map((stage) => ({ ...stage, engine })) };
}

const argocd: Engine = { kind: 'argocd', source: 'plain', prune: true, selfHeal: true };
const flux: Engine = { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1 };

function rendered(delivery: Delivery) {
  const environment = environmentOf(delivery, 'dev');
  const images = Object.fromEntries(
    delivery.artifacts.map(({ name, repository }) => [name, { repository, tag: `${name}-7` }]),
  );
  return renderEnvironment(delivery, environment, { images }, { opsRepository: 'https://example.com/ops.git' });
}

const found = (delivery: Delivery): readonly string[] =>
  checkEnvironment({ delivery, environment: environmentOf(delivery, 'dev'), rendered: rendered(delivery) })
    .filter(({ check }) => ['namespaces', 'app-project', 'account-rights', 'unique-objects'].includes(check))
    .map(({ message }) => message);

describe('objects in a namespace that the environment declares beside its own', () => {
  test('are rendered with the images of the release, and two of one name are two files', () => {
    const probes = rendered(withProbes(argocd, ['monitoring'])).objects.filter(
      ({ object }) => object.metadata.name === 'probe',
    );

    expect(probes.map(({ path }) => path)).toEqual([
      'manifests/shop/deployment.apps.probe.yaml',
      'manifests/shop/deployment.apps.probe@monitoring.yaml',
    ]);
    for (const { object, artifacts } of probes) {
      expect(artifacts).toEqual({ probe: 'orders' });
      expect(JSON.stringify(object['spec'])).toContain('acme/orders:orders-7');
    }
  });

  test('are what Argo CD may write there, as far as there are any', () => {
    const namespacesOf = (further: readonly string[]): unknown =>
      valueAt(
        rendered(withProbes(argocd, further)).objects.find(({ object }) => object.kind === 'AppProject')?.object,
        'spec',
        'destinations',
      );

    expect(namespacesOf(['idle', 'monitoring'])).toMatchObject([{ namespace: 'dev' }, { namespace: 'monitoring' }]);
    expect(found(withProbes(argocd, ['idle', 'monitoring']))).toEqual([]);
  });

  test('are what Flux may write there, each kind in its own namespace', () => {
    const roles = rendered(withProbes(flux, ['monitoring'])).objects.filter(({ object }) => object.kind === 'Role');
    const resources = roles.map(({ object }) => [
      object.metadata.namespace,
      (object['rules'] as readonly unknown[]).flatMap((rule) => fieldsOf(rule)['resources']),
    ]);

    expect(resources).toEqual([
      ['dev', expect.arrayContaining(['deployments', 'services'])],
      ['monitoring', ['pods', 'deployments', 'replicasets']],
    ]);
    expect(found(withProbes(flux, ['monitoring']))).toEqual([]);
  });

  test.each([argocd, flux])(
    'lie beside those in a namespace that bootstrap/ makes, and no check finds anything: $kind',
    (engine) => {
      const both = withEnvironment(withProbes(engine, ['monitoring']), 'dev', (environment) => ({
        ...environment,
        namespaces: ['dev-indexes'],
        applications: environment.applications.map((application) => ({
          ...application,
          objects: [probe('dev'), probe('dev-indexes'), probe('monitoring')],
        })),
      }));
      const { objects } = rendered(both);
      const made = objects
        .filter(({ object }) => object.kind === 'Namespace')
        .map(({ object }) => object.metadata.name);

      expect(made).toEqual(['dev-indexes', 'dev']);
      expect(objects.filter(({ object }) => object.metadata.name === 'probe').map(({ path }) => path)).toEqual([
        'manifests/shop/deployment.apps.probe.yaml',
        'manifests/shop/deployment.apps.probe@dev-indexes.yaml',
        'manifests/shop/deployment.apps.probe@monitoring.yaml',
      ]);
      expect(found(both)).toEqual([]);
    },
  );

  test('are told apart by what is found in them, by exceptions and by patches', () => {
    const both = withProbes(argocd, ['monitoring']);
    const saidOf = (delivery: Delivery): readonly string[] =>
      checkEnvironment({ delivery, environment: environmentOf(delivery, 'dev'), rendered: rendered(delivery) })
        .filter(
          ({ check, object }) => ['service-account-token', 'exceptions'].includes(check) && object.includes('probe'),
        )
        .map(({ object, message }) => `${object} ${message.replace(/;.*/, '')}`);
    const excepted = (object: string): Delivery => ({
      ...both,
      exceptions: [{ check: 'service-account-token', object, reason: 'it asks others' }],
    });
    const patched = withEnvironment(both, 'dev', (environment) => ({
      ...environment,
      applications: environment.applications.map((it) => ({
        ...it,
        patches: [
          {
            kind: 'Deployment',
            name: 'probe',
            namespace: 'monitoring',
            merge: { spec: { replicas: 2 } },
            reason: 'one on each node',
          },
        ],
      })),
    }));

    const all = saidOf(both);
    expect(new Set(all.map((line) => line.split(' ')[0]))).toEqual(
      new Set(['Deployment/probe@dev', 'Deployment/probe@monitoring']),
    );
    expect(saidOf(excepted('Deployment/probe@dev'))).toEqual(
      all.filter((line) => line.startsWith('Deployment/probe@monitoring')),
    );
    expect(saidOf(excepted('Deployment/probe')).filter((line) => !all.includes(line))).toEqual([
      'Deployment/probe objects in several namespaces are called so',
    ]);
    const probes = rendered(patched).objects.filter(({ object }) => object.metadata.name === 'probe');
    expect(probes.map(({ object }) => valueAt(object, 'spec', 'replicas'))).toEqual([undefined, 2]);
  });

  test('fail where the environment does not declare it', () => {
    expect(() => rendered(withProbes(argocd, []))).toThrow(
      'objects[1].metadata.namespace: must be "dev", the namespace of the environment, got "monitoring"',
    );
    expect(() => rendered(withProbes(argocd, ['tools']))).toThrow(
      'objects[1].metadata.namespace: must be "dev", the namespace of the environment, or one of its further ones: "tools", got "monitoring"',
    );
  });

  test('fail with both where they are one object, and not where only kind and name are the same', () => {
    const twice = (second: KubernetesObject): Delivery =>
      withEnvironment(withProbes(argocd, []), 'dev', (environment) => ({
        ...environment,
        applications: environment.applications.map((each) => ({ ...each, objects: [probe('dev'), second] })),
      }));

    expect(() => rendered(twice(probe('dev')))).toThrow(
      'must give every object a name of its own: dev/shop/Objects/Deployment-probe/object and dev/shop/Objects/Deployment-probe-1/object are one object, got "Deployment/probe"',
    );
    const other = { ...probe('dev'), apiVersion: 'example.com/v1', spec: {} };
    expect(() => rendered(twice(other))).not.toThrow();
  });
});
