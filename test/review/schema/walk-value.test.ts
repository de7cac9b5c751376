import { describe, expect, test } from '@jest/globals';
import { changed, problems } from './change-object.ts';
import { configMap, ingressRoute, networkPolicy, secret, service } from './valid-objects.ts';
import { cronJob, deployment } from './valid-workloads.ts';

const container = 'spec.template.spec.containers.0';

describe('a value of the wrong type', () => {
  test.each([
    ['spec.replicas: must be an integer; write 3 without quotes, got "3"', deployment, 'spec.replicas', '3'],
    ['spec.replicas: must be an integer, got 1.5', deployment, 'spec.replicas', 1.5],
    ['spec.paused: must be true or false; write true without quotes, got "true"', deployment, 'spec.paused', 'true'],
    ['data.PORT: must be a string; write "8080", got 8080', configMap, 'data.PORT', 8080],
    ['data.DEBUG: must be a string; write "true", got true', configMap, 'data.DEBUG', true],
    ['data: must be an object, got "text"', configMap, 'data', 'text'],
    ['spec.ports: must be a list, got an object', service, 'spec.ports', { port: 80 }],
    ['spec.ports[0]: must be an object, got a list', service, 'spec.ports.0', ['http']],
    ['spec.ports[0].targetPort: must be an integer or a string, got true', service, 'spec.ports.0.targetPort', true],
    [
      'spec.template.spec.containers[0].resources.limits.cpu: must be a quantity such as "500m" or "256Mi", got an object',
      deployment,
      `${container}.resources.limits.cpu`,
      {},
    ],
  ])('fails: %s', (message, object, field, value) => {
    expect(problems(changed(object, field, value))).toEqual([message]);
  });

  test('fails without the value when that may be a secret', () => {
    expect(problems(changed(secret, 'stringData.password', 12345))).toEqual([
      'stringData.password: must be a string; put it in quotes',
    ]);
    expect(problems(changed(secret, 'data', { password: 'plain text' }))).toEqual(['data.password: must be base64']);
    expect(problems(changed(deployment, `${container}.env.0.value`, 12345))).toEqual([
      'spec.template.spec.containers[0].env[0].value: must be a string; put it in quotes',
    ]);
  });

  test('fails for null where the API server would read it as empty', () => {
    expect(problems(changed(configMap, 'data.LEVEL', null))).toEqual([
      'data.LEVEL: is null; write a string, or leave it out',
    ]);
    expect(problems(changed(deployment, `${container}.args`, [null]))).toEqual([
      'spec.template.spec.containers[0].args[0]: is null; write a string, or leave it out',
    ]);
  });

  test('fails with a long value cut short', () => {
    const [problem] = problems(changed(deployment, 'spec.replicas', 'x'.repeat(200)));

    expect(problem).toBe(`spec.replicas: must be an integer, got "${'x'.repeat(80)}…"`);
  });
});

describe('a value out of bounds', () => {
  test.each([
    [
      'spec.template.spec.containers[0].imagePullPolicy: must be one of "Always", "IfNotPresent", "Never"; write "IfNotPresent", got "ifnotpresent"',
      deployment,
      `${container}.imagePullPolicy`,
      'ifnotpresent',
    ],
    [
      'spec.concurrencyPolicy: must be one of "Allow", "Forbid", "Replace", got "Wait"',
      cronJob,
      'spec.concurrencyPolicy',
      'Wait',
    ],
    [
      'spec.template.spec.restartPolicy: must be "Always", got "Never"',
      deployment,
      'spec.template.spec.restartPolicy',
      'Never',
    ],
    ['spec.replicas: must be at least 0, got -1', deployment, 'spec.replicas', -1],
    ['spec.replicas: must be at most 2147483647, got 2147483648', deployment, 'spec.replicas', 2 ** 31],
    ['spec.ports[0].port: must be at most 65535, got 80000', service, 'spec.ports.0.port', 80000],
    [
      'spec.ports[0].targetPort: must be a port number or a port name; write 3000 without quotes, got "3000"',
      service,
      'spec.ports.0.targetPort',
      '3000',
    ],
    ['spec.template.spec.containers: must have at least 1 entry', deployment, 'spec.template.spec.containers', []],
    [
      'spec.template.spec.containers[0].name: must be up to 63 lower-case letters, digits and dashes, with a letter or digit first and last, got "Orders"',
      deployment,
      `${container}.name`,
      'Orders',
    ],
    [
      'spec.template.spec.containers[0].livenessProbe.successThreshold: must be at most 1, got 2',
      deployment,
      `${container}.livenessProbe.successThreshold`,
      2,
    ],
    [
      'spec.template.spec.containers[0].resources.requests.cpus: is no resource; write cpu, memory, ephemeral-storage, or a name with a domain, got "cpus"',
      deployment,
      `${container}.resources.requests`,
      { cpus: '1' },
    ],
    [
      'spec.template.spec.containers[0].resources.limits.memory: must be a quantity; write "128M" or "128Mi", got "128MB"',
      deployment,
      `${container}.resources.limits.memory`,
      '128MB',
    ],
    [
      'spec.strategy.rollingUpdate.maxSurge: must be a number or a percentage such as "25%", got "25 %"',
      deployment,
      'spec.strategy.rollingUpdate.maxSurge',
      '25 %',
    ],
    [
      'spec.egress[0].to[0].ipBlock.cidr: must be an address range such as "10.0.0.0/8", got "10.0.0.0"',
      networkPolicy,
      'spec.egress.0.to.0.ipBlock.cidr',
      '10.0.0.0',
    ],
    [
      'data["a/b"]: must be a key of letters, digits, dashes, dots and underscores, got "a/b"',
      configMap,
      'data',
      { 'a/b': '' },
    ],
    ['spec.routes[0].kind: must be "Rule"; write "Rule", got "rule"', ingressRoute, 'spec.routes.0.kind', 'rule'],
    [
      'spec.routes[0].services[0].kind: must be one of "Service", "TraefikService"; write "Service", got "Servce"',
      ingressRoute,
      'spec.routes.0.services.0.kind',
      'Servce',
    ],
  ])('fails: %s', (message, object, field, value) => {
    expect(problems(changed(object, field, value))).toEqual([message]);
  });

  test('fails where a custom resource has a pattern', () => {
    const kustomization = {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'shop' },
      spec: { interval: '5 minutes', prune: true, sourceRef: { kind: 'GitRepository', name: 'shop' } },
    };

    expect(problems(kustomization)).toEqual([
      'spec.interval: must match ^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$, got "5 minutes"',
    ]);
  });
});

describe('entries of one identity', () => {
  test.each([
    [
      'spec.template.spec.containers[0].env[1]: has the same name as env[0]; remove one of them, got "LOG_LEVEL"',
      deployment,
      `${container}.env.1.name`,
      'LOG_LEVEL',
    ],
    [
      'spec.template.spec.containers[0].ports[2]: has the same containerPort and protocol as ports[1]; remove one of them, got 53',
      deployment,
      `${container}.ports.1.protocol`,
      'TCP',
    ],
    [
      'spec.ports[2]: has the same port and protocol as ports[1]; remove one of them, got "53/TCP"',
      service,
      'spec.ports.1.protocol',
      'TCP',
    ],
    [
      'spec.template.spec.containers[0].volumeMounts[1]: has the same mountPath as volumeMounts[0]; remove one of them, got "/cache"',
      deployment,
      `${container}.volumeMounts.1.mountPath`,
      '/cache',
    ],
    [
      'metadata.finalizers[1]: is already in finalizers[0]; remove one of them, got "a/b"',
      configMap,
      'metadata.finalizers',
      ['a/b', 'a/b'],
    ],
  ])('fails: %s', (message, object, field, value) => {
    expect(problems(changed(object, field, value))).toEqual([message]);
  });
});
