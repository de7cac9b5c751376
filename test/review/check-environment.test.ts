import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/model/delivery.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { checkDelivery, checkEnvironment, checkNames } from '../../src/review/check-environment.ts';
import { SchemaCatalog } from '../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../src/review/schema/schema-files.ts';
import { validDelivery, withApplication } from '../support/valid-delivery.ts';

const catalog = new SchemaCatalog(schemaReader('.'));

const renderAll = (delivery: Delivery) =>
  delivery.environments.map((environment) => ({
    environment,
    rendered: renderEnvironment(delivery, environment, delivery.initialReleases[environment.name]!, {
      opsRepository: 'https://github.com/acme/shop-ops.git',
    }),
  }));

/** The delivery with so many services more, each with its Deployment, Service, ConfigMap and NetworkPolicy. */
const withServices = (count: number): Delivery =>
  withApplication(validDelivery(), 'dev', (application) => ({
    ...application,
    services: [
      ...application.services,
      ...Array.from({ length: count }, (_, i) => ({
        ...application.services[1]!,
        name: `more-${i}`,
        routes: [{ path: `/more-${i}`, port: 'http' }],
        configs: [{ name: `more-${i}-config`, data: { LOG_LEVEL: 'INFO' } }],
      })),
    ],
  }));

test('every check has a name of its own', () => {
  expect(new Set(checkNames).size).toBe(checkNames.length);
});

test('a valid delivery has no finding, new or published', () => {
  const delivery = validDelivery();
  const environments = renderAll(delivery);

  expect(checkDelivery({ delivery, environments, catalog })).toEqual([]);
  expect(
    checkDelivery({
      delivery,
      catalog,
      environments: environments.map((place) => ({
        ...place,
        published: place.rendered.objects.map(({ object }) => object),
      })),
    }),
  ).toEqual([]);
});

describe('findings', () => {
  const delivery = withApplication(validDelivery(), 'dev', (application) => ({
    ...application,
    objects: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'dev-lost', namespace: 'dev' },
        spec: { selector: { app: 'lost' }, ports: [{ port: 80 }] },
      },
    ],
  }));
  const [place] = renderAll(delivery);

  test('carry environment, construct, object, field and check, and come in one order', () => {
    expect(checkEnvironment({ delivery, environment: place!.environment, rendered: place!.rendered, catalog })).toEqual(
      [
        {
          check: 'selectors',
          environment: 'dev',
          construct: expect.stringMatching(/^dev\/shop\//),
          object: 'Service/dev-lost',
          field: 'spec.selector',
          message:
            'selects no pod of this environment (app=lost); write "app=orders", "app=orders-db" or "app=payments"',
        },
      ],
    );
  });

  test('are the same whatever order the objects are in, their message apart from which there was first', () => {
    const backwards = { objects: [...place!.rendered.objects].reverse() };

    expect(checkEnvironment({ delivery, environment: place!.environment, rendered: backwards, catalog })).toEqual(
      checkEnvironment({ delivery, environment: place!.environment, rendered: place!.rendered, catalog }),
    );
  });
});

test('hostile shapes do not stop the checks: each is found, none throws', () => {
  const delivery = validDelivery();
  const environment = { ...delivery.environments[0]!, applications: [] };
  const spoiled = [null, 'text', 7, [], [null], {}, { containers: 'x' }, { containers: [null, 1, 'x'] }];
  const kinds = [
    ['v1', 'Service'],
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'StatefulSet'],
    ['batch/v1', 'CronJob'],
    ['v1', 'Pod'],
    ['v1', 'ConfigMap'],
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['argoproj.io/v1alpha1', 'AppProject'],
    ['argoproj.io/v1alpha1', 'Application'],
    ['traefik.io/v1alpha1', 'IngressRoute'],
    ['policy/v1', 'PodDisruptionBudget'],
    ['v1', 'PersistentVolumeClaim'],
  ] as const;
  const objects = kinds.flatMap(([apiVersion, kind]) =>
    spoiled.map((spec, i) => ({
      path: `${kind}-${i}`,
      construct: 'dev/spoiled',
      application: 'shop',
      object: {
        apiVersion,
        kind,
        metadata: { name: `dev-${i}` },
        spec: {
          selector: spec,
          template: { spec },
          ports: spec,
          routes: spec,
          rules: spec,
          jobTemplate: { spec: { template: { spec } } },
          volumeClaimTemplates: spec,
          destinations: spec,
        },
        data: spec,
      },
    })),
  );

  expect(() =>
    checkEnvironment({
      delivery,
      environment,
      rendered: { objects },
      published: objects.map(({ object }) => object),
      catalog,
    }),
  ).not.toThrow();
});

test('four times the objects take no more than eight times the time, and 4,000 no more than twice the time of rendering them', () => {
  /** Processor time of this process: other processes on the machine do not count. */
  const time = (act: () => void): number => {
    const start = process.cpuUsage();
    act();
    return process.cpuUsage(start).user;
  };
  const measure = (services: number) => {
    const delivery = withServices(services);
    const environment = delivery.environments[0]!;
    const { capacity: _, ...cluster } = environment.cluster;
    let rendered = renderAll(delivery)[0]!.rendered;
    const rendering = time(() => {
      rendered = renderAll(delivery)[0]!.rendered;
    });
    const published = rendered.objects.map(({ object }) => object);
    const checking = time(() => {
      expect(
        checkEnvironment({ delivery, environment: { ...environment, cluster }, rendered, published, catalog }),
      ).toEqual([]);
    });
    return { rendering, checking, objects: rendered.objects.length };
  };
  measure(100);

  const small = measure(250);
  const large = measure(1000);

  expect(large.objects).toBeGreaterThan(4000);
  expect(large.checking / large.rendering).toBeLessThan(2);
  expect(large.checking / small.checking).toBeLessThan(8);
});
