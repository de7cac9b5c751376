import { describe, expect, test } from '@jest/globals';
import { changed, problems } from './change-object.ts';
import {
  application,
  configMap,
  ingressRoute,
  networkPolicy,
  persistentVolume,
  service,
  validObjects,
} from './valid-objects.ts';
import { cronJob, deployment, sidecarDeployment, statefulSet } from './valid-workloads.ts';

const container = 'spec.template.spec.containers.0';

describe('an object that an API server accepts', () => {
  test.each(validObjects.map((object) => [object.kind, object.metadata.name, object] as const))(
    '%s %s passes',
    (_kind, _name, object) => {
      expect(problems(object)).toEqual([]);
    },
  );

  test('passes on every Kubernetes line when it uses only what is old enough', () => {
    const lines = { oldest: '1.28', newest: '1.36' } as const;

    expect(
      [deployment, statefulSet, cronJob, service, networkPolicy].flatMap((object) => problems(object, lines)),
    ).toEqual([]);
  });

  test('passes with fields that are null, which the API server takes for absent', () => {
    expect(problems(changed(deployment, 'metadata.creationTimestamp', null))).toEqual([]);
    expect(problems(changed(application, 'spec.syncPolicy', null))).toEqual([]);
  });

  test('passes with fields named like those that every JavaScript object has', () => {
    expect(problems(changed(configMap, 'metadata.labels', { constructor: 'a', toString: 'b' }))).toEqual([]);
    expect(problems(changed(service, 'spec.constructor', 'a'))).toEqual(['spec.constructor: unknown field; remove it']);
  });
});

describe('an unknown field', () => {
  test('fails with the name that was meant', () => {
    expect(problems(changed(deployment, 'spec.replicaz', 2))).toEqual([
      'spec.replicaz: unknown field; write "replicas"',
    ]);
  });

  test('fails with the place where it belongs', () => {
    expect(problems(changed(deployment, `${container}.volumes`, []))).toEqual([
      'spec.template.spec.containers[0].volumes: unknown field; it belongs to spec.template.spec',
    ]);
    expect(problems(changed(deployment, 'metadata.spec', {}))).toEqual([
      'metadata.spec: unknown field; it belongs to the object itself',
    ]);
  });

  test('fails with the fields that are known, where these are few', () => {
    expect(problems(changed(deployment, `${container}.ports.0.path`, '/'))).toEqual([
      'spec.template.spec.containers[0].ports[0].path: unknown field; remove it, or write one of containerPort, hostIP, hostPort, name, protocol',
    ]);
  });

  test('fails in a custom resource as well', () => {
    expect(problems(changed(ingressRoute, 'spec.routes.0.middleware', []))).toEqual([
      'spec.routes[0].middleware: unknown field; write "middlewares"',
    ]);
    expect(problems(changed(application, 'spec.syncPolicy.automated.selfheal', true))).toEqual([
      'spec.syncPolicy.automated.selfheal: unknown field; write "selfHeal"',
    ]);
  });

  test('fails when only the cluster writes it', () => {
    expect(problems(changed(changed(deployment, 'status', {}), 'metadata.resourceVersion', '7'))).toEqual([
      'metadata.resourceVersion: is written by the cluster; remove it',
      'status: is written by the cluster; remove it',
    ]);
  });
});

describe('a missing field', () => {
  test.each([
    ['spec: is missing; write an object', deployment, 'spec'],
    ['spec.selector: is missing; write an object', deployment, 'spec.selector'],
    ['spec.template.spec.containers[0].image: is missing; write a string', deployment, `${container}.image`],
    ['spec.schedule: is missing; write a string', cronJob, 'spec.schedule'],
    [
      'spec.jobTemplate.spec.template.spec.restartPolicy: is missing; write one of "Never", "OnFailure"',
      cronJob,
      'spec.jobTemplate.spec.template.spec.restartPolicy',
    ],
    ['spec.routes[0].match: is missing; write a string', ingressRoute, 'spec.routes.0.match'],
    ['spec.destination: is missing; write an object', application, 'spec.destination'],
    ['metadata.name: is missing; write a string', deployment, 'metadata.name'],
    ['spec.ports[1].name: is missing, and there are 3 entries; write a string', service, 'spec.ports.1.name'],
    ['spec.nodeAffinity: is missing, and local needs it; write an object', persistentVolume, 'spec.nodeAffinity'],
    [
      'spec.podSelector.matchExpressions[0].values: is missing, and operator "In" needs it; write a list',
      networkPolicy,
      'spec.podSelector.matchExpressions.0.values',
    ],
  ])('fails: %s', (message, object, field) => {
    expect(problems(changed(object, field, undefined))).toEqual([message]);
  });

  test('fails for an object without a kind or a version', () => {
    expect(problems({ metadata: { name: 'a' } })).toEqual([
      'apiVersion: is missing; write a string',
      'kind: is missing; write a string',
    ]);
  });

  test('fails for an empty name, and passes for a generated one', () => {
    expect(problems(changed(configMap, 'metadata.name', ''))).toEqual(['metadata.name: must not be empty, got ""']);
    expect(problems(changed(configMap, 'metadata', { generateName: 'orders-' }))).toEqual([]);
  });
});

describe('fields that exclude each other', () => {
  test.each([
    [
      'spec.template.spec.containers[0].env[2]: has value and valueFrom, which exclude each other; keep one of them',
      deployment,
      `${container}.env.2.value`,
      'x',
    ],
    [
      'spec.template.spec.containers[0].readinessProbe: says nothing; write one of exec, grpc, httpGet, tcpSocket',
      deployment,
      `${container}.readinessProbe`,
      { periodSeconds: 5 },
    ],
    [
      'spec.ingress[0].from[0]: says nothing; write one of ipBlock, namespaceSelector, podSelector',
      networkPolicy,
      'spec.ingress.0.from',
      [{}],
    ],
    [
      'spec.strategy.rollingUpdate: has no meaning with type "Recreate"; remove it',
      deployment,
      'spec.strategy.type',
      'Recreate',
    ],
  ])('fails: %s', (message, object, field, value) => {
    expect(problems(changed(object, field, value))).toEqual([message]);
  });
});

describe('a kind without a schema', () => {
  test.each([
    ['apps/v1', 'Deploymnt', 'kind: no schema for Deploymnt of apps/v1; write Deployment, got "Deploymnt"'],
    ['app/v1', 'Deployment', 'apiVersion: no schema for Deployment of app/v1; write apps/v1, got "app/v1"'],
    [
      'traefik.containo.us/v1alpha1',
      'IngressRoute',
      'apiVersion: no schema for IngressRoute of traefik.containo.us/v1alpha1, the group is now traefik.io; write traefik.io/v1alpha1, got "traefik.containo.us/v1alpha1"',
    ],
    [
      'certs.example.org/v1',
      'KeyPair',
      'kind: no schema for KeyPair of certs.example.org/v1; add its custom resource definition with: npx portolan schemas add FILE, got "KeyPair"',
    ],
  ])('fails: %s %s', (apiVersion, kind, message) => {
    expect(problems({ apiVersion, kind, metadata: { name: 'a' } })).toEqual([message]);
  });
});

test('fails with all problems of an object at once, in its own order', () => {
  const broken = changed(changed(sidecarDeployment, 'spec.replicas', '2'), `${container}.image`, undefined);

  expect(problems(broken)).toEqual([
    'spec.template.spec.containers[0].image: is missing; write a string',
    'spec.replicas: must be an integer; write 2 without quotes, got "2"',
  ]);
});
