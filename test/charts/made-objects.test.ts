import { describe, expect, test } from '@jest/globals';
import { ApiObject, Chart, Size } from 'cdk8s';
import { ConfigMap, Deployment, EnvValue, k8s, PersistentVolumeClaim } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { wholeDelivery } from '../../src/charts/whole-delivery.ts';
import { withMade } from '../../src/charts/made-objects.ts';
import type { Application, ConstructPlace } from '../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../src/model/delivery.ts';
import { artifactsRunBy } from '../../src/model/derived/object-images.ts';
import { describeProblem } from '../../src/model/problem.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { checkDelivery } from '../../src/review/check-environment.ts';
import { graphOf } from '../../src/review/graph/graph-of.ts';
import { validDelivery } from '../support/valid-delivery.ts';
import example from './extending-example.ts';

type Constructs = NonNullable<Application['constructs']>;

/** A worker as somebody writes it who knows the generated classes, and as docs/extending.md shows it. */
const worker: Constructs = (scope, place) => example?.(scope, place);

/** The valid delivery, with constructs of its own in one environment. */
const withConstructs = (constructs: Constructs, environment = 'dev'): Delivery => {
  const delivery = validDelivery();
  return {
    ...delivery,
    environments: delivery.environments.map((each) =>
      each.name === environment
        ? { ...each, applications: each.applications.map((application) => ({ ...application, constructs })) }
        : each,
    ),
  };
};

/** What place gives, as a library that takes it apart and hands it on would. */
const asked = (place: ConstructPlace): ConstructPlace => ({
  environment: place.environment,
  application: place.application,
  namespace: place.namespace,
  name: (base) => place.name(base),
  image: (artifact) => place.image(artifact),
  host: (of) => place.host(of),
  port: (of, name) => place.port(of, name),
  pods: (of) => place.pods(of),
  secret: (credential, key) => place.secret(credential, key),
  rotation: (credential) => place.rotation(credential),
});

const problemsOf = (constructs: Constructs): readonly string[] =>
  wholeDelivery(withConstructs(constructs)).problems.map(describeProblem);

const path = 'environments.dev.applications.shop.constructs';

const rendered = (delivery: Delivery, tag = 'v1') => {
  const environment = environmentOf(delivery, 'dev');
  const images = Object.fromEntries(
    delivery.artifacts.map(({ name, repository }) => [name, { repository, tag: `${name}-${tag}` }]),
  );
  return renderEnvironment(delivery, environment, { images }, { opsRepository: 'https://example.com/ops.git' });
};

describe('constructs of one’s own', () => {
  test('make objects that follow the release, with the names, hosts, ports and Secrets that place gives', () => {
    const { objects } = rendered(withConstructs(worker), 'v7');
    const made = objects.find(({ object }) => object.kind === 'Deployment' && object.metadata.name === 'dev-worker');

    expect(made?.path).toBe('manifests/shop/deployment.apps.dev-worker.yaml');
    expect(made?.application).toBe('shop');
    expect(made?.artifacts).toEqual({ worker: 'payments' });
    expect(made?.object.metadata.namespace).toBe('dev');
    expect(made?.object['spec']).toMatchObject({
      template: {
        metadata: { annotations: { 'portolan/credential.orders-db-password': '1' } },
        spec: {
          containers: [
            {
              image: 'acme/payments:payments-v7',
              env: [
                { name: 'ORDERS', value: 'http://dev-orders-svc:80' },
                { valueFrom: { secretKeyRef: { key: 'POSTGRES_PASSWORD' } } },
              ],
            },
          ],
        },
      },
    });
  });

  test('are data after they were asked: an application runs their images, the picture has them, and a patch reaches in', () => {
    const { delivery, problems } = withMade(withConstructs(worker));
    const [application] = environmentOf(delivery, 'dev').applications;
    const patched = withConstructs(worker);
    const patch = { kind: 'Deployment', name: 'dev-worker', merge: { spec: { replicas: 3 } }, reason: 'more of them' };
    const environments = patched.environments.map((environment) => ({
      ...environment,
      applications: environment.applications.map((each) =>
        each.constructs === undefined ? each : { ...each, patches: [patch] },
      ),
    }));

    expect(problems).toEqual([]);
    expect(application?.constructs).toBeUndefined();
    expect([...artifactsRunBy({ ...application!, services: [] })]).toEqual(['payments']);
    expect(JSON.stringify(graphOf(delivery))).toContain('dev-worker');
    expect(
      rendered({ ...patched, environments }).objects.find(({ object }) => object.metadata.name === 'dev-worker')
        ?.object['spec'],
    ).toMatchObject({ replicas: 3 });
  });

  test('are held against every check', () => {
    const delivery = withConstructs(worker);
    const { objects } = rendered(delivery);
    const environment = environmentOf(delivery, 'dev');
    const found = checkDelivery({
      delivery: withMade(delivery).delivery,
      environments: [{ environment, rendered: { objects } }],
    });

    expect(found.filter(({ object }) => object === 'Deployment/dev-worker').map(({ check }) => check)).toContain(
      'resources',
    );
  });

  test('may be of cdk8s-plus and of a library, and what they do not name gets a name and the namespace', () => {
    class Cache extends Construct {
      constructor(scope: Construct, id: string, image: string) {
        super(scope, id);
        new ConfigMap(this, 'config', { data: { ttl: '60' } });
        new Deployment(this, 'pods', {
          containers: [{ image, envVariables: { TTL: EnvValue.fromValue('60') } }],
        });
      }
    }
    const { delivery, problems } = withMade(
      withConstructs((scope, place) => {
        new Cache(scope, 'cache', place.image('orders'));
        new PersistentVolumeClaim(scope, 'disk', { storage: Size.gibibytes(1) });
        new k8s.KubeClusterRole(scope, 'reader', { metadata: { name: place.name('reader') } });
        const inner = new Chart(scope, 'inner', { namespace: place.namespace });
        new ApiObject(inner, 'queue', { apiVersion: 'example.com/v1', kind: 'Queue', metadata: { name: 'queue' } });
      }),
    );
    const objects = environmentOf(delivery, 'dev').applications[0]?.objects ?? [];

    expect(problems).toEqual([]);
    expect(objects.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([
      ['ConfigMap', 'dev'],
      ['Deployment', 'dev'],
      ['PersistentVolumeClaim', 'dev'],
      ['ClusterRole', undefined],
      ['Queue', 'dev'],
    ]);
    expect(objects.map(({ metadata }) => metadata.name)).toEqual([
      expect.stringMatching(/^shop-cache-config-[0-9a-z]+$/),
      expect.stringMatching(/^shop-cache-pods-[0-9a-z]+$/),
      expect.stringMatching(/^shop-disk-[0-9a-z]+$/),
      'dev-reader',
      'queue',
    ]);
  });

  test('fail where they ask for what is not there, at each place', () => {
    expect(problemsOf((_, place) => place.image('order'))).toEqual([
      `${path}.image: there is no artifact of this name; write "orders", got "order"`,
    ]);
    expect(problemsOf((_, place) => place.host('orderz'))).toEqual([
      `${path}.host: there is no service or database of the application of this name; write "orders", got "orderz"`,
    ]);
    expect(problemsOf((_, place) => place.port('orders', 'grpc'))).toEqual([
      `${path}.port: there is no port of "orders" of this name; write "http", got "grpc"`,
    ]);
    expect(problemsOf((_, place) => place.secret('bank', 'token'))).toEqual([
      `${path}.secret: must name a credential of the environment that is kept in a Kubernetes Secret, got "bank"`,
    ]);
    expect(problemsOf((_, place) => place.secret('orders-db-password', 'PASSWORD'))).toEqual([
      `${path}.secret: there is no key of "orders-db-password" of this name; write "POSTGRES_PASSWORD", got "PASSWORD"`,
    ]);
  });

  test('fail for what no object of an application may be, told of the construct that makes it', () => {
    const object = (scope: Construct, id: string, kind: string, metadata: object): ApiObject =>
      new ApiObject(scope, id, { apiVersion: 'v1', kind, metadata });

    expect(
      problemsOf((scope) => {
        object(scope, 'token', 'Secret', { name: 'token' });
        object(scope, 'far', 'ConfigMap', { name: 'far', namespace: 'kube-system' });
        object(scope, 'one', 'ConfigMap', { name: 'same' });
        object(scope, 'two', 'ConfigMap', { name: 'same' });
      }),
    ).toEqual([
      `${path}.token: must not be a Secret: declare a credential, its value is made outside Git, got "Secret/token"`,
      `${path}.far.metadata.namespace: must be "dev", the namespace of the environment, got "kube-system"`,
      `${path}.two: is one object with ${path}.one; give it a name of its own, got "ConfigMap/same"`,
    ]);
  });

  test('fail for what a construct itself says is wrong', () => {
    expect(
      problemsOf((scope) => {
        scope.node.addValidation({ validate: () => ['needs a queue'] });
      }),
    ).toEqual([`${path}: needs a queue`]);
  });

  test('fail when they are not the same each time, and when more than an image follows from the release', () => {
    let calls = 0;
    const config =
      (data: Record<string, string>): Constructs =>
      (scope, place) => {
        new k8s.KubeConfigMap(scope, 'config', { metadata: { name: place.name('config') }, data });
      };

    expect(
      problemsOf((scope, place) => {
        config({ at: String(calls++) })(scope, place);
      }),
    ).toEqual([
      `${path}.config.data.at: is another one each time that it is made; use nothing but what place and the settings give, so that the same program writes the same bytes`,
    ]);
    expect(
      problemsOf((scope, place) => {
        config({ running: place.image('orders') })(scope, place);
      }),
    ).toEqual([
      `${path}.config.data.running: must not follow from the version of an image: a release sets nothing but images; write place.image(…) as it is, in a field for an image`,
    ]);
  });

  test('fail when they wait for somebody', () => {
    const late: unknown = () => Promise.reject(new Error('too late'));

    expect(problemsOf(late as Constructs)).toEqual([
      `${path}: must not be async, because it waits for nobody; take async away, and every await, got "a promise"`,
    ]);
  });

  test('tell what a rule finds in what they make: an image that no release has yet, and the construct that it is about', () => {
    const delivery = withConstructs((scope, place) => {
      worker(scope, { ...asked(place), image: () => place.image('worker') });
    });
    const artifacts = [...delivery.artifacts, { ...delivery.artifacts[0]!, name: 'worker', repository: 'acme/worker' }];
    const { told } = withMade(delivery);

    expect(wholeDelivery({ ...delivery, artifacts }).problems.map(describeProblem)).toEqual([
      'initialReleases.dev.images: must also name "worker", which the environment runs',
    ]);
    expect(
      withMade({ ...delivery, artifacts }).told({
        path: 'environments.dev.applications.shop.objects[0].spec.replicas',
        message: 'is wrong',
      }).path,
    ).toBe(`${path}.worker.spec.replicas`);
    expect(told({ path: 'environments.dev.applications.shop.services.orders', message: 'is wrong' }).path).toBe(
      'environments.dev.applications.shop.services.orders',
    );
  });

  test('throw what they throw, so that the line of the program is told', () => {
    expect(() =>
      withMade(
        withConstructs(() => {
          throw new TypeError('no such thing');
        }),
      ),
    ).toThrow(new TypeError('no such thing'));
  });
});
