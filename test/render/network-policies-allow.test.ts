import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { k3sDns, k3sTraefik, type Environment } from '../../src/model/environment.ts';
import { selectorOf } from '../../src/model/names.ts';
import type { Service } from '../../src/model/service.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import {
  networkPolicyEngine,
  type Endpoint,
  type PodEndpoint,
  type Protocol,
} from '../support/network-policy-engine.ts';
import { settings } from '../support/settings.ts';
import { validDelivery } from '../support/valid-delivery.ts';

/** Every object of every environment of a delivery: the policies of one must hold against the pods of the other. */
const objectsOf = (delivery: Delivery): readonly KubernetesObject[] =>
  delivery.environments.flatMap((environment) =>
    renderEnvironment(
      delivery,
      environment,
      delivery.initialReleases[environment.name] ?? { images: {} },
      settings.platform,
    ).objects.map(({ object }) => object),
  );

interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly {
      readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
    }[];
  };
}

/** The pod template of a workload or job; undefined for everything else. */
function templateOf({ kind, spec }: KubernetesObject): PodTemplate | undefined {
  const { template, jobTemplate } = (spec ?? {}) as {
    template?: PodTemplate;
    jobTemplate?: { spec: { template: PodTemplate } };
  };
  return kind === 'CronJob' ? jobTemplate?.spec.template : template;
}

/** One pod of each workload and each job that is rendered. */
const podsOf = (objects: readonly KubernetesObject[]): readonly PodEndpoint[] =>
  objects.flatMap((object, i) => {
    const template = templateOf(object);
    if (template === undefined) return [];
    const ports = template.spec.containers.flatMap((container) => container.ports ?? []);
    return [
      {
        name: `${object.metadata.namespace ?? ''}/${object.metadata.name}`,
        namespace: object.metadata.namespace ?? '',
        labels: template.metadata.labels,
        address: `10.42.0.${i + 1}`,
        namedPorts: new Map(ports.map(({ name, containerPort }) => [name, containerPort])),
      },
    ];
  });

const pod = (
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  address: string,
): PodEndpoint => ({ name, namespace, labels, address, namedPorts: new Map() });

const dnsServer = pod('DNS', k3sDns.namespace, k3sDns.podLabels, '10.42.1.1');
const ingressController = pod('ingress', k3sTraefik.namespace, k3sTraefik.podLabels, '10.42.1.2');
const publicAddresses = [
  { name: 'internet', address: '93.184.215.14' },
  { name: 'internet (IPv6)', address: '2606:4700:4700::1111' },
];

/** What else is there, and must never be reached or let in: impostors, strangers, nodes, metadata services. */
const bystanders = (delivery: Delivery): readonly Endpoint[] => [
  pod('another pod of kube-system', 'kube-system', { app: 'metrics-server' }, '10.42.1.3'),
  pod('DNS labels in the wrong namespace', 'default', k3sDns.podLabels, '10.42.1.4'),
  pod('ingress labels in the wrong namespace', 'default', k3sTraefik.podLabels, '10.42.1.5'),
  ...delivery.environments.flatMap(({ namespace, applications }, e) => [
    pod(`a stranger in ${namespace}`, namespace, { app: 'stranger' }, `10.42.2.${e}`),
    pod(`a pod without labels in ${namespace}`, namespace, {}, `10.42.3.${e}`),
    ...applications.flatMap((application) =>
      [...application.services, ...(application.databases ?? [])].map((owner, i) =>
        pod(`labels of ${owner.name} in default`, 'default', selectorOf(owner), `10.42.${4 + e}.${i}`),
      ),
    ),
  ]),
  ...[
    '10.43.0.1',
    '10.42.7.7',
    '172.18.0.3',
    '192.168.1.10',
    '100.64.3.1',
    '127.0.0.1',
    '169.254.169.254',
    'fd00::7',
    'fe80::1',
  ].map((address) => ({ name: address, address })),
];

/** The connections that are let through, as `from → to port/protocol`, of which at least one end is a pod of the delivery. */
function allowed(delivery: Delivery, objects: readonly KubernetesObject[] = objectsOf(delivery)): ReadonlySet<string> {
  const permits = networkPolicyEngine(objects);
  const ours = podsOf(objects);
  const world: readonly Endpoint[] = [
    ...ours,
    dnsServer,
    ingressController,
    ...publicAddresses,
    ...bystanders(delivery),
  ];
  const isOurs = new Set<Endpoint>(ours);
  const ports = new Set([
    22,
    53,
    80,
    443,
    6443,
    8080,
    10_250,
    ...ours.flatMap(({ namedPorts }) => [...namedPorts.values()]),
    ...servicePorts(objects),
  ]);
  const lines = new Set<string>();
  for (const from of world) {
    for (const to of world) {
      if (from === to || (!isOurs.has(from) && !isOurs.has(to))) continue;
      for (const port of ports) {
        for (const protocol of ['TCP', 'UDP', 'SCTP'] as const) {
          if (permits({ from, to, port, protocol })) lines.add(line(from.name, to.name, port, protocol));
        }
      }
    }
  }
  return lines;
}

const servicePorts = (objects: readonly KubernetesObject[]): readonly number[] =>
  objects
    .filter(({ kind }) => kind === 'Service')
    .flatMap(({ spec }) =>
      (spec as { ports: readonly { port: number; targetPort?: number | string }[] }).ports.flatMap(
        ({ port, targetPort }) => [port, ...(typeof targetPort === 'number' ? [targetPort] : [])],
      ),
    );

const line = (from: string, to: string, port: number, protocol: Protocol): string =>
  `${from} → ${to} ${port}/${protocol}`;

/** The connections that the model declares, found without the program's own code for policies. */
function declared(delivery: Delivery): ReadonlySet<string> {
  return new Set(delivery.environments.flatMap((environment) => declaredIn(environment)));
}

function declaredIn(environment: Environment): readonly string[] {
  const at = (workload: string): string => `${environment.namespace}/${environment.namePrefix}${workload}`;
  return environment.applications.flatMap(({ services, databases = [] }) => {
    const workloadOf = (service: Service): string => at(service.names?.workload ?? service.name);
    const end = (to: string, port: string): readonly [string, number] => {
      const service = services.find(({ name }) => name === to);
      if (service !== undefined) return [workloadOf(service), podPort(service, port)];
      const database = databases.find(({ name }) => name === to)!;
      return [at(database.names?.workload ?? database.name), 5432];
    };
    const resolves = (from: string): readonly string[] => [
      line(from, dnsServer.name, 53, 'UDP'),
      line(from, dnsServer.name, 53, 'TCP'),
    ];
    const ofServices = services.flatMap((service) => {
      const from = workloadOf(service);
      return [
        ...(service.routes ?? []).map(({ port }) => line(ingressController.name, from, podPort(service, port), 'TCP')),
        ...(service.connects ?? []).flatMap((connection) => [
          ...resolves(from),
          ...(connection.kind === 'service'
            ? [line(from, ...end(connection.to, connection.port), 'TCP')]
            : connection.ports.flatMap((port) => publicAddresses.map(({ name }) => line(from, name, port, 'TCP')))),
        ]),
      ];
    });
    const ofBackups = databases.flatMap(({ name, backup, names }) => {
      if (backup === undefined) return [];
      const job = at(backup.names?.job ?? `${name}-backup`);
      return [job, `${job}-restore`].flatMap((from) => [
        ...resolves(from),
        line(from, at(names?.workload ?? name), 5432, 'TCP'),
      ]);
    });
    return [...ofServices, ...ofBackups];
  });
}

/** The port on which a service's pods listen for one of its named ports. */
function podPort(service: Service, name: string): number {
  const { port, targetPort = port } = service.ports!.find((candidate) => candidate.name === name)!;
  return typeof targetPort === 'number'
    ? targetPort
    : service.containers.flatMap(({ ports }) => ports ?? []).find((candidate) => candidate.name === targetPort)!.port;
}

const sorted = (lines: ReadonlySet<string>): readonly string[] => [...lines].sort();

describe('what the network policies let through', () => {
  const delivery = project(settings);
  const objects = objectsOf(delivery);
  const found = allowed(delivery, objects);

  test('is what project.ts declares, no more and no less, over all pairs of pods and ports', () => {
    expect(sorted(found)).toEqual(sorted(declared(delivery)));
  });

  test('is what another delivery declares, no more and no less', () => {
    expect(sorted(allowed(validDelivery()))).toEqual(sorted(declared(validDelivery())));
  });

  test('in production is this list', () => {
    const app = 'production/production-todo-app-dep';
    const backend = 'production/production-todo-backend-dep';
    const broadcaster = 'production/production-broadcaster-dep';
    const database = 'production/production-postgresql-db';
    const [backup, restore] = [
      'production/production-postgres-backup',
      'production/production-postgres-backup-restore',
    ];
    const talkers = [app, backend, broadcaster, backup, restore];

    expect(sorted(found).filter((entry) => entry.includes('production/'))).toEqual(
      [
        `ingress → ${app} 3000/TCP`,
        `ingress → ${backend} 3000/TCP`,
        `${app} → ${backend} 3000/TCP`,
        `${app} → internet 443/TCP`,
        `${app} → internet (IPv6) 443/TCP`,
        `${backend} → ${database} 5432/TCP`,
        `${backend} → production/production-nats 4222/TCP`,
        `${broadcaster} → production/production-nats 4222/TCP`,
        `${broadcaster} → internet 443/TCP`,
        `${broadcaster} → internet (IPv6) 443/TCP`,
        `${backup} → ${database} 5432/TCP`,
        `${restore} → ${database} 5432/TCP`,
        ...talkers.flatMap((from) => [`${from} → DNS 53/TCP`, `${from} → DNS 53/UDP`]),
      ].sort(),
    );
  });

  test('is nothing for the job that restores a dump into a server of its own', () => {
    expect(podsOf(objects).map(({ name }) => name)).toContain('production/production-postgres-backup-restore-drill');
    expect(sorted(found).filter((entry) => entry.includes('restore-drill'))).toEqual([]);
  });

  test('fails for one policy that is missing, one rule too many, and one port that is wrong', () => {
    const name = 'production-postgresql-db';
    const without = objects.filter(
      ({ kind, metadata }) => kind !== 'NetworkPolicy' || metadata.name !== 'production-default-deny',
    );
    const changed = (
      change: (spec: { ingress: { from?: unknown; ports: { port: number }[] }[] }) => void,
    ): readonly KubernetesObject[] =>
      objects.map((object) => {
        if (object.kind !== 'NetworkPolicy' || object.metadata.name !== name) return object;
        const copy = structuredClone(object);
        change(copy['spec'] as Parameters<typeof change>[0]);
        return copy;
      });
    const open = changed(({ ingress }) => {
      delete ingress[0]!.from;
    });
    const wrongPort = changed(({ ingress }) => {
      ingress[0]!.ports[0]!.port = 5433;
    });
    const difference = (lines: ReadonlySet<string>) => ({
      more: sorted(lines).filter((entry) => !declared(delivery).has(entry)),
      less: sorted(declared(delivery)).filter((entry) => !lines.has(entry)),
    });

    expect(difference(allowed(delivery, without)).more).toContain(
      'production/production-postgres-backup-restore-drill → internet 22/TCP',
    );
    expect(difference(allowed(delivery, open))).toMatchObject({
      more: expect.arrayContaining([
        `ingress → production/${name} 5432/TCP`,
        `169.254.169.254 → production/${name} 5432/TCP`,
      ]),
      less: [],
    });
    expect(difference(allowed(delivery, wrongPort))).toEqual({
      more: [],
      less: [`production/production-todo-backend-dep → production/${name} 5432/TCP`],
    });
  });
});

describe('the engine that evaluates them', () => {
  const labels = (app: string) => ({ app });
  const [a, b] = [
    pod('a', 'one', labels('a'), '10.0.0.1'),
    { ...pod('b', 'one', labels('b'), '10.0.0.2'), namedPorts: new Map([['http', 8080]]) },
  ];
  const elsewhere = pod('c', 'two', labels('a'), '10.0.0.3');
  const policy = (spec: object): KubernetesObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'one' },
    spec,
  });
  const permits = (
    policies: readonly KubernetesObject[],
    from: Endpoint,
    to: Endpoint,
    port = 8080,
    protocol: Protocol = 'TCP',
  ) => networkPolicyEngine(policies)({ from, to, port, protocol });

  test('lets everything through without a policy', () => {
    expect(permits([], a, b)).toBe(true);
  });

  test('closes only the direction that a policy is about', () => {
    const deny = policy({ podSelector: {}, policyTypes: ['Ingress'] });

    expect([permits([deny], elsewhere, b), permits([deny], a, elsewhere)]).toEqual([false, true]);
  });

  test('needs both ends to agree', () => {
    const out = policy({ podSelector: { matchLabels: labels('a') }, policyTypes: ['Egress'], egress: [{}] });
    const into = policy({ podSelector: { matchLabels: labels('b') }, policyTypes: ['Ingress'], ingress: [] });

    expect([permits([out], a, b), permits([out, into], a, b)]).toEqual([true, false]);
  });

  test("reads a pod selector without namespaces as pods of the policy's own", () => {
    const near = policy({
      podSelector: { matchLabels: labels('b') },
      ingress: [{ from: [{ podSelector: { matchLabels: labels('a') } }] }],
    });
    const any = policy({
      podSelector: { matchLabels: labels('b') },
      ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: labels('a') } }] }],
    });

    expect([permits([near], a, b), permits([near], elsewhere, b), permits([any], elsewhere, b)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('reads names, ranges and protocols of ports, and ranges of addresses with their exceptions', () => {
    const named = policy({
      podSelector: { matchLabels: labels('b') },
      ingress: [{ ports: [{ port: 'http' }, { port: 9000, endPort: 9002, protocol: 'UDP' }] }],
    });
    const block = policy({
      podSelector: { matchLabels: labels('a') },
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] }],
    });

    expect([
      permits([named], a, b),
      permits([named], a, b, 80),
      permits([named], a, b, 9001, 'UDP'),
      permits([named], a, b, 9001),
    ]).toEqual([true, false, true, false]);
    expect([permits([block], a, b), permits([block], a, { name: 'x', address: '8.8.8.8' })]).toEqual([false, true]);
  });

  test('reads label expressions', () => {
    const only = (expression: object) =>
      policy({
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: { matchExpressions: [expression] } }] }],
      });
    const answers = [
      { key: 'app', operator: 'In', values: ['a'] },
      { key: 'app', operator: 'NotIn', values: ['a'] },
      { key: 'app', operator: 'Exists' },
      { key: 'app', operator: 'DoesNotExist' },
    ].map((expression) => permits([only(expression)], a, b));

    expect(answers).toEqual([true, false, true, false]);
  });
});
