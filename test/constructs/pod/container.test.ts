import { describe, expect, test } from '@jest/globals';
import { k8s } from 'cdk8s-plus-28';
import { ServiceWorkload } from '../../../src/constructs/service-workload.ts';
import type { Container } from '../../../src/model/container.ts';
import type { Service } from '../../../src/model/service.ts';
import { everyContainer, everyService } from '../every-field.ts';
import { objectsOf, placeWith, smallService } from '../synthesize.ts';

/** The container as it is rendered, in a service that has what it mentions. */
function rendered(container: Container): unknown {
  const service: Service = { ...everyService, workload: 'Deployment', initContainers: [], containers: [container] };
  const place = placeWith({ services: [service, ...placeWith().application.services] });
  const deployment = objectsOf((scope) => new ServiceWorkload(scope, 'web', { place, service })).find(
    ({ kind }) => kind === k8s.KubeDeployment.GVK.kind,
  );
  return (deployment as { spec?: { template: { spec: { containers: readonly unknown[] } } } }).spec?.template.spec
    .containers[0];
}

describe('a container', () => {
  test('says everything that the model can say, and no value of a secret', () => {
    expect(rendered(everyContainer)).toEqual({
      name: 'web',
      image: 'acme/orders:4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd',
      command: ['serve', '--peer=dev-orders-db-svc:5432'],
      args: ['--short=orders-db-svc'],
      ports: [
        { name: 'http', containerPort: 8080, protocol: 'TCP' },
        { name: 'dns', containerPort: 5353, protocol: 'UDP' },
      ],
      env: [
        { name: 'PLAIN', value: 'yes' },
        { name: 'TEXT', value: 'http://dev-payments-svc:80' },
        { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'LABEL', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app.kubernetes.io/name']" } } },
        {
          name: 'RESOURCE',
          valueFrom: { resourceFieldRef: { resource: 'limits.memory', containerName: 'web', divisor: '1Mi' } },
        },
        { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'shop-ops-dev', key: 'sshPrivateKey' } } },
        { name: 'DATABASE', valueFrom: { secretKeyRef: { name: 'dev-orders-db-secret', key: 'POSTGRES_PASSWORD' } } },
      ],
      envFrom: [
        { configMapRef: { name: 'dev-web-config' } },
        { prefix: 'OPS_', secretRef: { name: 'shop-ops-dev' } },
        { prefix: 'FILES_', configMapRef: { name: 'dev-web-files' } },
      ],
      volumeMounts: [
        { name: 'uploads', mountPath: '/uploads' },
        { name: 'web-files', mountPath: '/etc/web', readOnly: true, subPath: 'web.conf' },
      ],
      readinessProbe: {
        grpc: { port: 9000, service: 'orders' },
        initialDelaySeconds: 1,
        periodSeconds: 2,
        timeoutSeconds: 3,
        failureThreshold: 4,
        successThreshold: 1,
      },
      livenessProbe: { tcpSocket: { port: 'http' } },
      startupProbe: { exec: { command: ['true', 'dev-orders-db-svc'] } },
      lifecycle: {
        postStart: { httpGet: { path: '/warm', port: 'http' } },
        preStop: { exec: { command: ['sleep', '3'] } },
      },
      restartPolicy: 'Always',
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
      securityContext: {
        runAsUser: 2000,
        allowPrivilegeEscalation: false,
        capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
        readOnlyRootFilesystem: false,
      },
    });
  });

  test('takes every property of a database', () => {
    const of = 'orders-db';
    const env = Object.fromEntries(
      (['host', 'port', 'name', 'user', 'password'] as const).map((property) => [
        property,
        { kind: 'database', of, property } as const,
      ]),
    );

    expect(rendered({ ...smallService.containers[0]!, env })).toHaveProperty('env', [
      { name: 'host', value: 'dev-orders-db-svc' },
      { name: 'port', value: '5432' },
      { name: 'name', value: 'orders' },
      { name: 'user', value: 'orders' },
      { name: 'password', valueFrom: { secretKeyRef: { name: 'dev-orders-db-secret', key: 'POSTGRES_PASSWORD' } } },
    ]);
  });

  test('asks over HTTP where the model says so', () => {
    const readiness = { action: { kind: 'http', path: '/healthz', port: 8080 } } as const;

    expect(rendered({ ...smallService.containers[0]!, readiness })).toHaveProperty('readinessProbe', {
      httpGet: { path: '/healthz', port: 8080 },
    });
  });

  test('sleeps as the API has it, which is newer than the typed objects, beside whatever else it does', () => {
    const { lifecycle } = rendered({
      ...smallService.containers[0]!,
      postStart: { kind: 'http', path: '/warm', port: 8080 },
      preStop: { kind: 'sleep', seconds: 5 },
    }) as { readonly lifecycle: unknown };

    expect(lifecycle).toEqual({
      postStart: { httpGet: { path: '/warm', port: 8080 } },
      preStop: { sleep: { seconds: 5 } },
    });
  });

  test('does what it is told at its start and stop', () => {
    expect(
      rendered({
        ...smallService.containers[0]!,
        postStart: { kind: 'exec', command: ['warm'] },
        preStop: { kind: 'http', path: '/drain', port: 8080 },
      }),
    ).toHaveProperty('lifecycle', {
      postStart: { exec: { command: ['warm'] } },
      preStop: { httpGet: { path: '/drain', port: 8080 } },
    });
  });

  test('is root, or root on its node, where it says so, and has no capability that it does not name', () => {
    const rights = (changes: Partial<Container>) => rendered({ ...smallService.containers[0]!, ...changes });

    expect(rights({ runAsUser: 0, capabilities: ['CHOWN', 'SETUID'] })).toHaveProperty('securityContext', {
      runAsUser: 0,
      runAsNonRoot: false,
      allowPrivilegeEscalation: false,
      capabilities: { add: ['CHOWN', 'SETUID'], drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect(rights({ privileged: true })).toHaveProperty('securityContext', {
      privileged: true,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
  });

  test('gets no second folder at /tmp when something is mounted there', () => {
    const own = { ...smallService.containers[0]!, mounts: [{ volume: 'cache', path: '/tmp' }] };

    expect(rendered(own)).toHaveProperty('volumeMounts', [{ name: 'cache', mountPath: '/tmp' }]);
  });
});
