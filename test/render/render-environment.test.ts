import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../src/model/application.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Release } from '../../src/model/release.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import type { RenderedEnvironment } from '../../src/render/rendered-environment.ts';
import { smallService } from '../constructs/synthesize.ts';
import { validDelivery, withApplication, withEnvironment } from '../support/valid-delivery.ts';

const settings = { opsRepository: 'https://github.com/acme/shop-ops.git' };

function render(delivery: Delivery, name = 'dev', release?: Release): RenderedEnvironment {
  const environment = delivery.environments.find((it) => it.name === name)!;
  return renderEnvironment(delivery, environment, release ?? delivery.initialReleases[name]!, settings);
}

const withObjects = (objects: Application['objects']): Delivery =>
  withApplication(validDelivery(), 'dev', (it) => ({ ...it, objects: objects! }));

describe('renderEnvironment', () => {
  test('writes one file for each object, in the order of the paths', () => {
    const { environment, objects, files } = render(validDelivery());

    expect(environment).toBe('dev');
    expect([...files.keys()]).toEqual([
      'bootstrap/10-namespace.dev.yaml',
      'bootstrap/20-appproject.shop-dev.yaml',
      'bootstrap/30-application.shop-dev.yaml',
      'manifests/shop/configmap.dev-orders-config.yaml',
      'manifests/shop/configmap.dev-orders-db-config.yaml',
      'manifests/shop/configmap.dev-orders-db-init-script.yaml',
      'manifests/shop/deployment.apps.dev-orders.yaml',
      'manifests/shop/deployment.apps.dev-payments.yaml',
      'manifests/shop/ingressroute.traefik.io.dev-shop.yaml',
      'manifests/shop/middleware.traefik.io.dev-shop-strip-prefix.yaml',
      'manifests/shop/networkpolicy.networking.k8s.io.dev-default-deny.yaml',
      'manifests/shop/networkpolicy.networking.k8s.io.dev-orders-db.yaml',
      'manifests/shop/networkpolicy.networking.k8s.io.dev-orders.yaml',
      'manifests/shop/networkpolicy.networking.k8s.io.dev-payments.yaml',
      'manifests/shop/persistentvolume.dev-uploads-volume.yaml',
      'manifests/shop/persistentvolumeclaim.dev-uploads.yaml',
      'manifests/shop/service.dev-orders-db-svc.yaml',
      'manifests/shop/service.dev-orders-svc.yaml',
      'manifests/shop/service.dev-payments-svc.yaml',
      'manifests/shop/statefulset.apps.dev-orders-db.yaml',
    ]);
    expect(objects.map(({ path }) => path)).toEqual([...files.keys()]);
  });

  test('gives the same bytes twice', () => {
    expect([...render(validDelivery(), 'prod').files]).toEqual([...render(validDelivery(), 'prod').files]);
  });

  test('tells of each object which construct made it and which application holds it', () => {
    const told = Object.fromEntries(
      render(validDelivery(), 'prod').objects.map(({ path, construct, application }) => [
        path,
        `${application ?? 'none'}: ${construct}`,
      ]),
    );

    expect(told).toMatchObject({
      'bootstrap/10-namespace.prod.yaml': 'none: prod/Bootstrap/namespace/namespace',
      'manifests/shop/deployment.apps.prod-orders.yaml': 'shop: prod/shop/orders/workload',
      'manifests/shop/networkpolicy.networking.k8s.io.prod-orders.yaml': 'shop: prod/shop/orders/network/policy',
      'manifests/shop/cronjob.batch.prod-orders-db-backup.yaml': 'shop: prod/shop/orders-db/backup/dump/cron-job',
      'manifests/shop/persistentvolume.prod-uploads-volume.yaml': 'shop: prod/shop/Claims/uploads/volume',
    });
  });

  test('tells which artifact is behind which container, and only where a release decides', () => {
    const told = render(validDelivery()).objects.flatMap(({ object, artifacts }) =>
      artifacts === undefined ? [] : [[object.metadata.name, artifacts]],
    );

    expect(told).toEqual([
      ['dev-orders', { orders: 'orders' }],
      ['dev-payments', { payments: 'payments' }],
    ]);
  });

  test('lets another release change the images and nothing else', () => {
    const before = render(validDelivery());
    const images = {
      orders: { repository: 'acme/orders', tag: 'new' },
      payments: { repository: 'acme/payments', tag: 'new' },
    };

    const after = render(validDelivery(), 'dev', { images });

    const changed = [...after.files].filter(([path, text]) => before.files.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual([
      'manifests/shop/deployment.apps.dev-orders.yaml',
      'manifests/shop/deployment.apps.dev-payments.yaml',
    ]);
    for (const path of changed) {
      const [was, is] = [before, after].map(({ files }) => files.get(path)!.split('\n'));
      expect(is!.filter((line, i) => line !== was![i]).map((line) => line.trim().replace(/acme\/\w+/, 'X'))).toEqual([
        'image: X:new',
      ]);
    }
  });

  test('reads nothing of the environment that the process runs in', () => {
    const before = [...render(validDelivery(), 'prod').files];
    const disturbing = {
      CDK8S_DISABLE_SORT: '1',
      CDK8S_OUTDIR: '/nowhere',
      CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
      TZ: 'Asia/Tokyo',
      LANG: 'tr_TR.UTF-8',
    };
    const kept = { ...process.env };

    Object.assign(process.env, disturbing);
    try {
      expect([...render(validDelivery(), 'prod').files]).toEqual(before);
    } finally {
      for (const name of Object.keys(disturbing)) {
        const value = kept[name];
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });

  test('puts patches into the objects of their application', () => {
    const patched = withApplication(validDelivery(), 'dev', (application) => ({
      ...application,
      patches: [
        { kind: 'Deployment', name: 'dev-orders', merge: { spec: { minReadySeconds: 5 } }, reason: 'slow start' },
      ],
    }));

    expect(render(patched).files.get('manifests/shop/deployment.apps.dev-orders.yaml')).toContain(
      '  minReadySeconds: 5\n',
    );
  });

  test('moves the images of written objects with the release, and says which artifacts they are', () => {
    const delivery = withObjects([
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'dev-report', namespace: 'dev' },
        spec: {
          jobTemplate: {
            spec: { template: { spec: { containers: [{ name: 'report', image: { artifact: 'orders' } }] } } },
          },
        },
      },
    ]);
    const { images } = delivery.initialReleases['dev']!;
    const job = (tag: string) =>
      render(delivery, 'dev', { images: { ...images, orders: { repository: 'acme/orders', tag } } }).objects.find(
        ({ object }) => object.kind === 'CronJob',
      );

    expect(job('v2.0.0')?.artifacts).toEqual({ report: 'orders' });
    expect(JSON.stringify(job('v2.0.0')?.object)).toContain('"image":"acme/orders:v2.0.0"');
    expect(JSON.stringify(job('v3.0.0')?.object)).toContain('"image":"acme/orders:v3.0.0"');
  });

  test('puts patches of an environment into what lies in bootstrap/', () => {
    const patched = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      patches: [{ kind: 'Namespace', name: 'dev', merge: { metadata: { labels: { team: 'web' } } }, reason: 'quotas' }],
    }));

    expect(render(patched).files.get('bootstrap/10-namespace.dev.yaml')).toContain('    team: web\n');
  });

  test('fails for a patch of an environment that names an object of an application', () => {
    const patched = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      patches: [{ kind: 'Deployment', name: 'dev-orders', merge: { spec: { paused: true } }, reason: 'a test' }],
    }));

    expect(() => render(patched)).toThrow(
      'environments.dev.patches[0]: must name an object that is rendered, prefix included, got "Deployment/dev-orders"',
    );
  });

  test('lets the project of Argo CD have the kinds of written objects too, and still no Secret', () => {
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'dev-quota', namespace: 'dev' },
      spec: {},
    };

    const project = render(withObjects([quota])).files.get('bootstrap/20-appproject.shop-dev.yaml');

    expect(project).toContain('- kind: ResourceQuota\n');
    expect(project).not.toContain('Secret');
  });

  test('puts two applications of an environment into folders of their own', () => {
    const two = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      applications: [...environment.applications, { name: 'tools', services: [smallService] }],
    }));

    expect([...render(two).files.keys()].filter((path) => path.includes('tools'))).toEqual([
      'bootstrap/30-application.shop-dev-tools.yaml',
      'manifests/tools/deployment.apps.dev-worker.yaml',
      'manifests/tools/networkpolicy.networking.k8s.io.dev-worker.yaml',
    ]);
  });

  test('fails for two objects that are one file', () => {
    const twin = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'dev-orders-config', namespace: 'dev' },
      data: {},
    };

    expect(() => render(withObjects([twin]))).toThrow(
      'portolan: the delivery is not valid (1 problem)\n' +
        '  environments.dev: must give every object a name of its own: dev/shop/orders/config-orders-config and dev/shop/Objects/ConfigMap-dev-orders-config/object are one object, ' +
        'got "ConfigMap/dev-orders-config"',
    );
  });

  test('fails for one object in two applications, which would fight for it', () => {
    const one = (name: string): Application => ({ name, services: [smallService] });
    const two = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      applications: [one('a'), one('b')],
    }));

    expect(() => render(two)).toThrow(
      'dev/a/worker/workload and dev/b/worker/workload are one object, got "Deployment/dev-worker"',
    );
  });
});
