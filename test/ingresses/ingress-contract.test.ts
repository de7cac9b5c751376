import { expect } from '@jest/globals';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Place } from '../../src/constructs/place.ts';
import { routings } from '../../src/ingresses/ingress-constructs.ts';
import type { IngressPlugin } from '../../src/ingresses/ingress.ts';
import { everyIngress } from '../../src/ingresses/ingresses.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import { objectName, serviceName } from '../../src/model/names.ts';
import { foundAt } from '../../src/objects/check.ts';
import { findings } from '../review/checks/small-objects.ts';
import { objectsOf, placeWith, smallService } from '../constructs/synthesize.ts';
import { contract, type Promised } from '../support/contract.ts';

/** An ingress that the tests make up: what a new folder has to hold, and nothing more. */
const madeUp: IngressPlugin = {
  kind: 'traefik',
  title: 'Made Up',
  controller: { namespace: 'made-up', podLabels: { app: 'made-up' } },
  groups: { 'made.up': ['made.up.old'] },
  drawn: [
    ['made.up/v1', 'Way'],
    ['made.up/v1', 'Turn'],
  ],
  routes: ['Way'],
  modifiers: ['Turn'],
  entries: {
    'Way.made.up': {
      hosts: ({ spec }) => ((spec as { host?: string }).host === undefined ? [] : [(spec as { host: string }).host]),
      paths: () => ['/'],
    },
  },
  services: {
    Way: ({ spec }) => {
      const { to } = spec as { to?: string };
      return to === undefined ? [] : [{ name: to, field: 'spec.to', portField: 'spec.to' }];
    },
  },
  references: [{ from: 'Way.made.up', path: 'spec.turn', to: 'Turn.made.up' }],
  listeners: ['Way'],
  secretFields: { Way: [['spec', 'secretName']] },
  words: { Turn: { 'spec.by': () => 'turns' } },
  say: { Way: () => 'leads elsewhere' },
  summaries: { Way: ({ metadata }) => [`way ${metadata.name}`] },
  checks: [],
};

const empty = (kind: string): KubernetesObject => ({
  apiVersion: 'made.up/v1',
  kind,
  metadata: { name: 'empty', namespace: 'dev' },
  spec: {},
});
const kindsOf = ({ routes, modifiers }: IngressPlugin): readonly string[] => [...routes, ...modifiers];
const plain = (kind: string): string => kind.split('.')[0] ?? kind;

const promises: readonly Promised<IngressPlugin>[] = [
  {
    sentence: 'names the pods of its controller, so that a network policy can let them in',
    keep: ({ controller }) => {
      expect(controller.namespace).not.toBe('');
      expect(Object.keys(controller.podLabels).length).toBeGreaterThan(0);
    },
    broken: { ...madeUp, controller: { namespace: 'made-up', podLabels: {} } },
  },
  {
    sentence: 'calls a kind a route or a modifier, never both',
    keep: ({ routes, modifiers }) => {
      expect(routes.filter((kind) => modifiers.includes(kind))).toEqual([]);
      expect(routes.length).toBeGreaterThan(0);
    },
    broken: { ...madeUp, modifiers: ['Way', 'Turn'] },
  },
  {
    sentence: 'speaks of its own kinds alone, wherever it speaks of a kind',
    keep: (face) => {
      const spoken = [
        ...Object.keys(face.services),
        ...Object.keys(face.entries).map(plain),
        ...Object.keys(face.secretFields),
        ...Object.keys(face.words),
        ...Object.keys(face.say),
        ...Object.keys(face.summaries),
        ...face.listeners,
        ...face.references.map(({ from }) => plain(from)),
      ];

      expect(spoken.filter((kind) => !kindsOf(face).includes(kind))).toEqual([]);
    },
    broken: { ...madeUp, listeners: ['Deployment'] },
  },
  {
    sentence: 'knows the Services behind every kind that lets requests in',
    keep: ({ entries, services }) => {
      expect(
        Object.keys(entries)
          .map(plain)
          .filter((kind) => services[kind] === undefined),
      ).toEqual([]);
    },
    broken: { ...madeUp, services: {} },
  },
  {
    // A kind of Kubernetes' own groups is named without one.
    sentence: 'names every kind with the group that it has now, and none with one that it had',
    keep: ({ entries, groups, references }) => {
      const named = [
        ...Object.keys(entries),
        ...references.flatMap(({ from, to }) => [from, typeof to === 'string' ? to : from]),
      ];

      expect(
        named
          .filter((kind) => kind !== plain(kind))
          .map((kind) => kind.slice(plain(kind).length + 1))
          .filter((group) => groups[group] === undefined),
      ).toEqual([]);
    },
    broken: { ...madeUp, references: [{ from: 'Way.made.up.old', path: 'spec.turn', to: 'Turn.made.up' }] },
  },
  {
    sentence: 'finds nothing in an object that says nothing, and does not fail on it',
    keep: ({ entries, services, summaries }) => {
      expect(Object.entries(services).flatMap(([kind, of]) => of(empty(kind)))).toEqual([]);
      expect(Object.entries(entries).flatMap(([kind, { hosts }]) => hosts(empty(plain(kind))))).toEqual([]);
      expect(() => Object.entries(summaries).map(([kind, of]) => of(empty(kind)))).not.toThrow();
    },
    broken: { ...madeUp, services: { Way: () => [{ name: 'x', field: 'spec.to', portField: 'spec.to' }] } },
  },
  {
    sentence: 'gives its checks names of their own',
    keep: ({ checks }) => {
      expect(checks.map(({ name }) => name).filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
      expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
    },
    broken: { ...madeUp, checks: [{ name: 'ways' }, { name: 'ways' }] },
  },
];

contract('an ingress', { faces: everyIngress, madeUp, promises });

/** What a face's construct draws, and the face that reads it. */
interface Drawn {
  readonly kind: string;
  readonly face: IngressPlugin;
  readonly Routing: new (scope: Construct, id: string, props: { readonly place: Place }) => Construct;
}

const drawing = (routed: (place: Place) => readonly string[], namespace = 'dev', prefix = 'dev-'): Drawn['Routing'] =>
  class extends Construct {
    constructor(scope: Construct, id: string, { place }: { readonly place: Place }) {
      super(scope, id);
      for (const to of routed(place))
        new ApiObject(this, to, {
          apiVersion: 'made.up/v1',
          kind: 'Way',
          metadata: { name: `${prefix}${to}`, namespace },
          spec: { to },
        });
    }
  };
const toEach = ({ application, environment }: Place): readonly string[] =>
  application.services
    .filter(({ routes = [] }) => routes.length > 0)
    .map((service) => serviceName(environment, service));
const madeUpDrawing: Drawn = { kind: madeUp.kind, face: madeUp, Routing: drawing(toEach) };

const ways = placeWith();
const wayless = placeWith({ services: [smallService] });
const drawnAt = ({ Routing }: Drawn, place: Place): readonly KubernetesObject[] =>
  objectsOf((scope) => new Routing(scope, 'Routing', { place }));

contract<Drawn>('what an ingress draws', {
  faces: everyIngress.map((face) => ({ kind: face.kind, face, Routing: routings[face.kind] })),
  madeUp: madeUpDrawing,
  promises: [
    {
      sentence: 'leads to every service that has a route, as its face reads it',
      keep: (drawn) => {
        const behind = drawnAt(drawn, ways).flatMap(
          (object) => drawn.face.services[object.kind]?.(object).map(({ name }) => name) ?? [],
        );

        expect(new Set(behind)).toEqual(new Set(toEach(ways)));
        expect(behind.length).toBeGreaterThan(1);
      },
      broken: { ...madeUpDrawing, Routing: drawing((place) => toEach(place).slice(1)) },
    },
    {
      sentence: 'is nothing where no service has a route',
      keep: (drawn) => {
        expect(drawnAt(drawn, wayless)).toEqual([]);
      },
      broken: { ...madeUpDrawing, Routing: drawing(() => ['always']) },
    },
    {
      sentence: 'consists of its own kinds, in the namespace of the environment and under its prefix',
      keep: (drawn) => {
        const wrong = drawnAt(drawn, ways).filter(
          ({ kind, metadata }) =>
            !kindsOf(drawn.face).includes(kind) ||
            metadata.namespace !== ways.environment.namespace ||
            !metadata.name.startsWith(objectName(ways.environment, '')),
        );

        expect(wrong).toEqual([]);
      },
      broken: { ...madeUpDrawing, Routing: drawing(toEach, 'default') },
    },
    {
      sentence: 'is right for every check of its own face',
      keep: ({ face, ...drawn }) => {
        expect(face.checks.flatMap((check) => findings(check, drawnAt({ face, ...drawn }, ways)))).toEqual([]);
      },
      broken: {
        ...madeUpDrawing,
        face: {
          ...madeUp,
          checks: [
            {
              name: 'ways',
              inObject: (rendered, report) => {
                report(foundAt(rendered, 'spec', 'no way is right'));
              },
            },
          ],
        },
      },
    },
  ],
});
