import { describe, expect, test } from '@jest/globals';
import { host, text } from '../../../src/model/formats/text.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { shapeProblems } from '../../../src/model/shape/shape-problems.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

/** A delivery whose data may be changed to anything, as a program without types can. */
type Loose = Record<string, never>;

/** What is said of a valid delivery in which one thing was changed. */
function said(change: (service: Loose, environment: Loose, delivery: Loose) => void): readonly string[] {
  const delivery = structuredClone(validDelivery());
  const [dev] = delivery.environments;
  const orders = dev?.applications[0]?.services.find(({ name }) => name === 'orders');
  change(orders as unknown as Loose, dev as unknown as Loose, delivery as unknown as Loose);
  return shapeProblems(delivery).map(describeProblem);
}

/** Puts a value, of whatever type, where a path of keys leads. */
function put(at: unknown, keys: readonly (string | number)[], value: unknown): void {
  const last = keys.at(-1) ?? '';
  const place = keys.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], at);
  (place as Record<string | number, unknown>)[last] = value;
}

const orders = 'environments.dev.applications.shop.services.orders';
const container = `${orders}.containers.orders`;

class Port {
  readonly name = 'http';
}

const first = (service: Loose): object =>
  (service as unknown as { readonly containers: readonly object[] }).containers[0] ?? {};

const looped: Record<string, unknown> = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };
looped['data'] = { looped };

const env = `${container}.env.X`;
const anyEnvValue = 'text or { kind: "text" | "database" | "field" | "label" | "resource" | "secret", … }';

const cases: readonly (readonly [keys: readonly (string | number)[], value: unknown, ...problems: string[]])[] = [
  // Keys.
  [['replcas'], 3, `${orders}.replcas: there is no key of this name; write "replicas"`],
  [['conects'], [], `${orders}.conects: there is no key of this name; write "connects"`],
  [
    ['containers', 0, 'preStopp'],
    ['sleep', '5'],
    `${container}.preStopp: there is no key of this name; write "preStop"`,
  ],
  [
    ['containers', 0, 'readiness', 'timeoutSecond'],
    5,
    `${container}.readiness.timeoutSecond: there is no key of this name; write "timeoutSeconds"`,
  ],
  [
    ['containers', 0, 'image'],
    { artefact: 'orders' },
    `${container}.image.artefact: there is no key of this name; write "artifact"`,
  ],
  [
    ['ports', 0, 'toString'],
    'x',
    `${orders}.ports.http.toString: there is no key of this name; write "name", "port", "targetPort" or "named"`,
  ],
  // Texts.
  [['containers', 0, 'env', 'X'], 5, `${env}: must be text; write "5", got 5`],
  [['containers', 0, 'env', 'X'], true, `${env}: must be text; write "true", got true`],
  [['containers', 0, 'env', 'X'], undefined, `${env}: is undefined; write ${anyEnvValue}`],
  [['containers', 0, 'env', 'X'], null, `${env}: must be ${anyEnvValue}; it is null`],
  [['containers', 0, 'env', 'X'], ['a'], `${env}: must be ${anyEnvValue}; it is a list`],
  [['containers', 0, 'env', 'X'], host('payments'), `${env}: must stand in a text; write text\`…\${host(…)}…\``],
  [['containers', 0, 'command'], [1, '5'], `${container}.command[0]: must be text; write "1", got 1`],
  [
    ['maxUnavailable'],
    text`${host('payments')}`,
    `${orders}.maxUnavailable: must be plain text; a neighbour's host or port is filled in only in env, configs, command, args and probes`,
  ],
  [
    ['configs', 0, 'data', 'AT'],
    { kind: 'text', parts: ['a', 4222] },
    `${orders}.configs.orders-config.data.AT.parts[1]: must be text; write "4222", got 4222`,
  ],
  // Numbers, and what is true or false.
  [['ports', 0, 'port'], '80', `${orders}.ports.http.port: must be a number; write 80, got "80"`],
  [['ports', 0, 'port'], 'http', `${orders}.ports.http.port: must be a number; it is text`],
  [
    ['ports', 0, 'named'],
    'false',
    `${orders}.ports.http.named: must be true or false; write false, without quotes, got "false"`,
  ],
  [['replicas'], NaN, `${orders}.replicas: must be a number; it is NaN`],
  [['replicas'], Infinity, `${orders}.replicas: must be a number; it is Infinity`],
  [['replicas'], 3n, `${orders}.replicas: must be a number; it is a bigint`],
  [['replicas'], null, `${orders}.replicas: must be a number; it is null`],
  [['replicas'], undefined, `${orders}.replicas: is undefined; leave the key out, or write a number`],
  // Words.
  [['workload'], 'Statefulset', `${orders}.workload: is not known; write "StatefulSet", got "Statefulset"`],
  [
    ['workload'],
    'ReplicaSet',
    `${orders}.workload: must be "DaemonSet", "Deployment" or "StatefulSet", got "ReplicaSet"`,
  ],
  [
    ['volumes', 0],
    { name: 'x', kind: 'configMap', config: 'x' },
    `${orders}.volumes.x.kind: must be "claim", "claimPerReplica", "config", "emptyDir", "ephemeral", "node", "projected" or "secret", got "configMap"`,
  ],
  [
    ['connects', 0],
    { to: 'a', port: 'b' },
    `${orders}.connects[0].kind: is missing; write "addresses", "internet" or "service"`,
  ],
  [
    ['connects', 0],
    { knd: 'service', to: 'a', port: 'b' },
    `${orders}.connects[0].knd: there is no key of this name; write "kind"`,
  ],
  [
    ['containers', 0, 'env', 'X'],
    { kind: 'vault', path: 'a' },
    `${env}.kind: must be "database", "field", "label", "resource", "secret" or "text", got "vault"`,
  ],
  // Lists.
  [
    ['containers', 0, 'args'],
    '--password=hunter2',
    `${container}.args: must be a list, and is text; write [ … ] around what belongs in it`,
  ],
  [
    ['ports'],
    { name: 'http', port: 80 },
    `${orders}.ports: must be a list, and is a mapping; write [ … ] around what belongs in it`,
  ],
  ...[false, undefined, null, ''].map(
    (item) =>
      [
        ['connects', 0],
        item,
        `${orders}.connects[0]: is ${item === '' ? 'empty' : String(item)}, as a condition leaves it; write ...(condition ? [item] : []) in the list`,
      ] as const,
  ),
  [['ports', 0], '80', `${orders}.ports[0]: must be { name: …, port: … }; it is text`],
  // What no file could hold.
  [['ports', 0], new Port(), `${orders}.ports[0]: must be { name: …, port: … }; it is an instance of Port`],
  [
    ['configs', 0, 'data'],
    new Map([['a', 'b']]),
    `${orders}.configs.orders-config.data: must be a mapping, { … }; it is an instance of Map`,
  ],
  ...(
    [
      [new Date(0), 'an instance of Date'],
      [Promise.resolve('x'), 'a promise'],
      [() => 'x', 'a function'],
      [Symbol('x'), 'a symbol'],
    ] as const
  ).map(
    ([value, kind]) =>
      [
        ['configs', 0, 'data', 'AT'],
        value,
        `${orders}.configs.orders-config.data.AT: must be text or { kind: "text", parts: … }; it is ${kind}`,
      ] as const,
  ),
];

describe('the shape of a delivery', () => {
  test('is that of a valid one', () => {
    expect(shapeProblems(validDelivery())).toEqual([]);
  });

  test.each(cases)('fails for %j: %j', (keys, value, ...problems) => {
    const answer = said((service) => {
      put(service, keys, value);
    });

    expect(answer).toEqual(problems);
  });

  test('fails for a key that is missing, and says what it holds', () => {
    expect(said((service) => Reflect.deleteProperty(first(service), 'resources'))).toEqual([
      `${container}.resources: is missing; write { requests: … }`,
    ]);
  });

  test('fails once for a key that is missing because it was misspelt', () => {
    const misspelt = said((service) => {
      put(service, ['container'], []);
      Reflect.deleteProperty(service, 'containers');
    });

    expect(misspelt).toEqual([`${orders}.container: there is no key of this name; write "containers"`]);
  });

  test('fails in lists of names by name, unless two have one', () => {
    const twice = said((service) => {
      put(
        service,
        ['ports'],
        [
          { name: 'http', port: '80' },
          { name: 'http', port: 80 },
          { name: 'grpc', port: '90' },
        ],
      );
    });

    expect(twice).toEqual([
      `${orders}.ports[0].port: must be a number; write 80, got "80"`,
      `${orders}.ports.grpc.port: must be a number; write 90, got "90"`,
    ]);
  });

  test('fails for objects and patches with what no file could hold, to any depth', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 20_000; i++) deep = [deep];
    const patches = [
      { kind: 'Service', name: 'x', merge: { f: () => 1, list: [undefined], none: null, deep }, reason: 'y' },
    ];

    const problems = said((_, environment) => {
      put(environment, ['applications', 0, 'objects'], [looped]);
      put(environment, ['applications', 0, 'patches'], patches);
    });

    const shop = 'environments.dev.applications.shop';
    expect(problems).toEqual([
      `${shop}.objects[0].data.looped.data: must not hold itself; write the values that are meant`,
      `${shop}.patches[0].merge.f: must be plain data, as YAML has it; it is a function`,
      `${shop}.patches[0].merge.list[0]: is undefined; leave it out, or give it a value`,
      expect.stringMatching(
        /^environments\.dev\.applications\.shop\.patches\[0\]\.merge\.deep(\[0\])+: must not lie more than 100 levels deep; write it flatter$/,
      ),
    ]);
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [[], 'a list'],
    [new Port(), 'an instance of Port'],
  ])('fails for what is no delivery: %p', (value, kind) => {
    const [problem, ...others] = shapeProblems(value).map(describeProblem);

    expect(problem).toMatch(/^project\.ts: (must be|is undefined; write) \{ name: …, repositories: …, actors: …, … \}/);
    expect(problem).toContain(kind);
    expect(others).toEqual([]);
  });
});
