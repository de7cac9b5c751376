import { describe, expect, test } from '@jest/globals';
import { text, unprefixedHost } from '../../../../src/model/formats/text.ts';
import { neighbourHosts } from '../../../../src/review/checks/references/neighbour-hosts.ts';
import { validDelivery, withService } from '../../../support/valid-delivery.ts';
import {
  configMap,
  container,
  deployment,
  findings,
  object,
  service,
  withContainer,
  type Fields,
} from '../small-objects.ts';

const orders = service('dev-orders-svc');
const queue = object('v1', 'Service', 'dev-queue', { spec: { selector: { app: 'queue' }, ports: [{ port: 4222 }] } });
const where = 'Deployment/dev-orders spec.template.spec.containers[0]';

/** What is found in a container beside the Services `dev-orders-svc` (port 80), of the model's `orders`, and `dev-queue` (4222). */
const foundIn = (fields: Fields, pod: Fields = {}): readonly string[] =>
  findings(neighbourHosts, [orders, queue, deployment('dev-orders', { containers: [container(fields)], ...pod })]);
const variables = (values: Readonly<Record<string, string>>): Fields => ({
  env: Object.entries(values).map(([name, value]) => ({ name, value })),
});
const noQueue = (host: string): string => `there is no Service "${host}" in this environment; write "dev-queue"`;

describe('a host that somebody typed', () => {
  test('passes where it is a neighbour, with its port or without', () => {
    expect(
      foundIn({
        ...variables({
          A: 'http://dev-orders-svc/',
          B: 'nats://user:pass@dev-queue:4222,dev-queue',
          QUEUE_HOST: 'dev-queue',
          BROKERS: 'dev-queue:4222, dev-queue',
          C: 'app@tcp(dev-queue:4222)/app',
        }),
        args: ['--queue-host=dev-queue', '--upstream', 'dev-orders-svc:80'],
      }),
    ).toEqual([]);
  });

  test('passes where it lies outside, or may be anything', () => {
    expect(
      foundIn(
        {
          ...variables({
            A: 'https://api.stripe.com/v1',
            B: 'https://queue.dev/',
            C: 'https://dev-queues.example.com:4223',
            D: 'http://localhost:8080',
            E: 'redis://elsewhere:6379',
            QUEUE_HOST: 'dev-quarters',
            F: 's3://queues/orders',
            G: 'oci://orders-svc:4',
            H: 'image acme/queue:4223',
            I: 'http://$(PREFIX)queue:4223 http://queue$(SUFFIX) http://${PREFIX}-queue',
            J: 'queue',
            DB_HOST: '10.0.0.1',
            K: 'wait for queue, orders: 12:30',
            L_URL: 'nats://known-queue:4222',
            REDIS_HOST: 'dev-queue-2',
          }),
          command: ['sh', '-c', 'cp queue orders-svc', 'queue'],
        },
        { hostAliases: [{ ip: '10.1.2.3', hostnames: ['dev-queu', 'queue'] }] },
      ),
    ).toEqual([]);
  });

  test('passes for public hosts, whatever the neighbours are called', () => {
    const names = ['api', 'web', 'hooks', 'registry', 'smtp', 'github', 'example', 'otel', 'www'];
    const hosts = [
      'https://api.github.com/repos',
      'https://hooks.slack.com/services/x',
      'https://registry-1.docker.io:5000',
      'https://web.dev:443/a',
      'smtp.gmail.com:587',
      'smtps://smpt@smtp.mail.dev',
      'https://apis.google.com http://www.example.com:8080/ https://gihub.com',
      'otlp://otel.shop-prod.example:4317',
    ];

    expect(
      findings(neighbourHosts, [
        ...names.map((name) => service(`dev-${name}`)),
        withContainer(variables(Object.fromEntries(hosts.map((host, i) => [`A_${i}_URL`, host])))),
        configMap('dev-config', { 'app.conf': hosts.map((host) => `host = ${host}`).join('\n') }),
      ]),
    ).toEqual([]);
  });

  test.each([
    ['a letter is missing', 'dev-queu'],
    ['two letters are swapped', 'dev-qeuue'],
    ['a letter is another', 'dev-quoue'],
    ['the prefix is missing', 'queue'],
    ['the prefix is that of another environment', 'prod-queue'],
    ['the prefix is the name of the application', 'shop-queue'],
    ['prefix and letter are wrong', 'quoue'],
  ])('fails where %s: %s', (_, host) => {
    expect(foundIn(variables({ QUEUE: `nats://${host}:4222` }))).toEqual([`${where}.env[0].value: ${noQueue(host)}`]);
  });

  test('fails for the name of the model, with both ways to write it', () => {
    const elsewhere = object('apps/v1', 'Deployment', 'dev-payments', {
      spec: {
        template: {
          metadata: { labels: { app: 'payments' } },
          spec: { containers: [{ name: 'payments', ...variables({ ORDERS_HOST: 'orders' }) }] },
        },
      },
    });

    expect(findings(neighbourHosts, [orders, elsewhere])).toEqual([
      `Deployment/dev-payments spec.template.spec.containers[0].env[0].value: there is no Service "orders" in this environment; write "dev-orders-svc", or better a text with host('orders')`,
    ]);
  });

  test('passes where a program says its own name', () => {
    expect(foundIn(variables({ VIRTUAL_HOST: 'orders', SERVER: 'orders-svc' }))).toEqual([]);
  });

  test('fails for a port that the neighbour does not have, also for that of the scheme', () => {
    expect(
      foundIn({
        ...variables({ A: 'http://dev-orders-svc:8080/x', B: 'https://dev-orders-svc', C: 'http://dev-queue' }),
        args: ['--queue-server', 'dev-queue:4223'],
      }),
    ).toEqual([
      `${where}.env[0].value: Service "dev-orders-svc" has no port 8080; write "80"`,
      `${where}.env[1].value: Service "dev-orders-svc" has no port 443; write "80"`,
      `${where}.env[2].value: Service "dev-queue" has no port 80; write "4222"`,
      `${where}.args[1]: Service "dev-queue" has no port 4223; write "4222"`,
    ]);
  });

  test('passes for a port of the pods behind a headless Service, and for one without ports', () => {
    const headless = (ports: readonly Fields[]): Fields => ({ clusterIP: 'None', selector: { app: 'orders' }, ports });
    const pod = withContainer({
      ports: [{ containerPort: 8080 }],
      ...variables({ A: 'http://dev-db:8080', B: 'http://dev-outside:1234', C: 'http://dev-db:8081' }),
    });

    expect(
      findings(neighbourHosts, [
        object('v1', 'Service', 'dev-db', { spec: headless([{ port: 5432 }]) }),
        object('v1', 'Service', 'dev-outside', { spec: { type: 'ExternalName', externalName: 'db.example.com' } }),
        pod,
      ]),
    ).toEqual([`${where}.env[2].value: Service "dev-db" has no port 8081; write "5432"`]);
  });

  test('fails in commands, scripts, probes and arguments', () => {
    expect(
      foundIn({
        command: ['sh', '-c', 'pg_isready -h queue && curl http://dev-quue:4222/healthz'],
        args: ['-h', 'queue', '--broker=dev-qeue:4222'],
        livenessProbe: { exec: { command: ['wget', 'http://dev-qeue:4222'] } },
      }),
    ).toEqual([
      `${where}.command[2]: ${noQueue('queue')}`,
      `${where}.command[2]: ${noQueue('dev-quue')}`,
      `${where}.args[1]: ${noQueue('queue')}`,
      `${where}.args[2]: ${noQueue('dev-qeue')}`,
      `${where}.livenessProbe.exec.command[1]: ${noQueue('dev-qeue')}`,
    ]);
  });

  test('fails in the keys, lines and scripts of a ConfigMap', () => {
    const found = findings(neighbourHosts, [
      orders,
      queue,
      configMap('dev-config', {
        QUEUE_HOST: 'dev-qeue',
        'nginx.conf': 'upstream x {\n  server dev-queue:4223;\n}\nproxy_pass http://dev-order-svc;\n',
        'app.yaml': 'queue:\n  host: "queue"\n  server: dev-queue\n',
        'app.json': '{\n  "queueHost": "prod-queue",\n  "note": "see queue"\n}',
        'start.sh': 'exec app --queue-host queue\n',
      }),
    ]);

    expect(found.map((line) => line.replace(/^ConfigMap\/dev-config /, ''))).toEqual([
      `data.QUEUE_HOST: ${noQueue('dev-qeue')}`,
      'data["nginx.conf"]: Service "dev-queue" has no port 4223; write "4222"',
      `data["nginx.conf"]: there is no Service "dev-order-svc" in this environment; write "dev-orders-svc", or better a text with host('orders')`,
      `data["app.yaml"]: ${noQueue('queue')}`,
      `data["app.json"]: ${noQueue('prod-queue')}`,
      `data["start.sh"]: ${noQueue('queue')}`,
    ]);
  });

  test('passes where the model says that the program puts the prefix in front', () => {
    const completed = withService(validDelivery(), 'dev', 'payments', (it) => ({
      ...it,
      containers: it.containers.map((container) => ({
        ...container,
        env: { ORDERS_HOST: text`${unprefixedHost('orders')}` },
      })),
    }));
    const program = object('apps/v1', 'Deployment', 'dev-payments', {
      spec: { template: { spec: { containers: [{ name: 'a', ...variables({ ORDERS_HOST: 'orders-svc' }) }] } } },
    });

    expect(findings(neighbourHosts, [orders, program], { delivery: completed })).toEqual([]);
    expect(findings(neighbourHosts, [orders, program])).toHaveLength(1);
  });
});
