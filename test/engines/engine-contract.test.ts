import { expect } from '@jest/globals';
import type { EnginePlugin } from '../../src/engines/engine.ts';
import type { OrderStep } from '../../src/engines/order-step.ts';
import { everyEngine } from '../../src/engines/engines.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import { kindOf } from '../../src/objects/kind.ts';
import { contract } from '../support/contract.ts';
import { validDelivery } from '../support/valid-delivery.ts';

const step = (when: OrderStep['when'], name: string): OrderStep => ({
  when,
  object: `Follow/${name}`,
  message: `Follow/${name} comes ${when}`,
});

/** An engine that the tests make up: what a new folder has to hold, and nothing more. */
const madeUp: EnginePlugin = {
  kind: 'flux',
  title: 'Made Up',
  repositoryAddress: (_environment, opsRepository) => opsRepository,
  bootstrap: ({ environment, opsRepository }, followed) =>
    followed.map(({ application }) => ({
      id: application.name,
      order: 20,
      object: {
        apiVersion: 'made.up/v1',
        kind: 'Follow',
        metadata: { name: `${environment.name}-${application.name}`, namespace: 'made-up' },
        spec: { repository: opsRepository },
      },
    })),
  watches: ({ environment }, application) => ({
    apiVersion: 'made.up/v1',
    kind: 'Follow',
    name: `${environment.name}-${application.name}`,
    namespace: 'made-up',
  }),
  elsewhere: ({ opsRepository }, _application, { spec }) => {
    const { repository } = spec as { repository: string };
    return repository === opsRepository ? undefined : `follows ${repository}`;
  },
  judge: ({ environment }, application, live, mend) => {
    const name = `${environment.name}-${application.name}`;
    return live === undefined
      ? { name, sync: 'Missing', health: 'Missing', message: mend, ailments: [] }
      : { name, sync: 'Synced', health: 'Healthy', ailments: [] };
  },
  keeps: () => false,
  remakes: () => false,
  againstCopies: () => undefined,
  parameters: {},
  references: [],
  annotationReferences: [],
  exposures: () => [],
  order: (before, after) => {
    const namesIn = (objects: readonly KubernetesObject[]): readonly string[] =>
      objects.filter(({ kind }) => kind === 'Follow').map(({ metadata }) => metadata.name);
    const [was, is] = [namesIn(before), namesIn(after)];
    return [
      ...is.filter((name) => !was.includes(name)).map((name) => step('before', name)),
      ...was.filter((name) => !is.includes(name)).map((name) => step('after', name)),
    ];
  },
  words: {},
  checks: [],
};

const delivery = validDelivery();
const environment = delivery.environments[0]!;
const application = environment.applications[0]!;
const binding = { delivery, environment, opsRepository: 'https://github.com/acme/shop-ops.git' };
const elsewhere = { ...binding, opsRepository: 'https://github.com/acme/another.git' };
const followed = environment.applications.map((each) => ({ application: each }));
const plain: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'dev' } };

/** A face of any kind: compared by what it has, not by its kind. */
type AnyEngine = { readonly [Key in keyof EnginePlugin]: EnginePlugin[Key] };

const madeBy = (engine: AnyEngine, by = binding): readonly KubernetesObject[] =>
  engine.bootstrap(by, followed, []).map(({ object }) => object);

/** The object that an engine watches for the application, as it made it itself. */
function watchedBy(engine: AnyEngine, by = binding): KubernetesObject | undefined {
  const { apiVersion, kind, name, namespace } = engine.watches(by, application);
  return madeBy(engine, by).find(
    (object) =>
      object.apiVersion === apiVersion &&
      object.kind === kind &&
      object.metadata.name === name &&
      object.metadata.namespace === namespace,
  );
}

contract<AnyEngine>('an engine', {
  faces: everyEngine,
  madeUp,
  promises: [
    {
      sentence: 'makes objects with ids of their own, behind the namespace and in an order',
      keep: (engine) => {
        const bootstrap = engine.bootstrap(binding, followed, []);
        const orders = bootstrap.map(({ order }) => order);

        expect(bootstrap.length).toBeGreaterThan(0);
        expect(new Set(bootstrap.map(({ id }) => id)).size).toBe(bootstrap.length);
        expect(orders.filter((order) => order <= 10 || order > 99)).toEqual([]);
        expect(orders).toEqual([...orders].sort((a, b) => a - b));
      },
      broken: {
        ...madeUp,
        bootstrap: (...given) => madeUp.bootstrap(...given).map((made) => ({ ...made, order: 5 })),
      },
    },
    {
      sentence: 'makes nothing where it follows nothing',
      keep: (engine) => {
        expect(engine.bootstrap(binding, [], [])).toEqual([]);
      },
      broken: { ...madeUp, bootstrap: () => [{ id: 'always', order: 20, object: plain }] },
    },
    {
      sentence: 'makes the same of the same, and changes nothing that it was given',
      keep: (engine) => {
        const before = JSON.stringify([binding, followed]);

        expect(engine.bootstrap(binding, followed, [])).toEqual(engine.bootstrap(binding, followed, []));
        expect(JSON.stringify([binding, followed])).toBe(before);
      },
      broken: counting(),
    },
    {
      sentence: 'watches an object that it made itself, for each application',
      keep: (engine) => {
        expect(watchedBy(engine)).toBeDefined();
      },
      broken: { ...madeUp, watches: (...given) => ({ ...madeUp.watches(...given), name: 'another' }) },
    },
    {
      sentence: 'calls what is not there missing, and says what to type',
      keep: (engine) => {
        expect(engine.judge(binding, application, undefined, 'type this')).toMatchObject({
          name: engine.watches(binding, application).name,
          sync: 'Missing',
          health: 'Missing',
          message: expect.stringContaining('type this') as unknown,
        });
      },
      broken: { ...madeUp, judge: (...given) => ({ ...madeUp.judge(...given), message: 'is not there' }) },
    },
    {
      sentence: 'follows nothing else where the live object is the one that it made, and says so of any other',
      keep: (engine) => {
        expect(engine.elsewhere(binding, application, watchedBy(engine)!)).toBeUndefined();
        expect(engine.elsewhere(elsewhere, application, watchedBy(engine)!)).toMatch(/\S/);
      },
      broken: { ...madeUp, elsewhere: () => undefined },
    },
    {
      sentence: 'has what it makes new applied before the branch, what goes after it, and nothing where all stays',
      keep: (engine) => {
        const made = madeBy(engine);
        const whenOf = (steps: readonly OrderStep[]): readonly string[] => [...new Set(steps.map(({ when }) => when))];

        expect(whenOf(engine.order([], made))).toEqual(['before']);
        expect(whenOf(engine.order(made, []))).toEqual(['after']);
        expect(engine.order(made, made)).toEqual([]);
        expect(engine.order([plain], [])).toEqual([]);
      },
      broken: { ...madeUp, order: () => [] },
    },
    {
      sentence: 'keeps and makes anew nothing of which nobody said so',
      keep: (engine) => {
        expect([engine.keeps(plain), engine.remakes(plain)]).toEqual([false, false]);
      },
      broken: { ...madeUp, keeps: () => true },
    },
    {
      sentence: 'opens nothing with an object that is not its own',
      keep: (engine) => {
        expect(engine.exposures(plain)).toEqual([]);
      },
      broken: { ...madeUp, exposures: () => [{ key: 'all', message: 'allows everything', whenCreated: true }] },
    },
    {
      sentence: 'speaks of its own kinds alone: those that it makes and watches',
      keep: (engine) => {
        const own = new Set(madeBy(engine).map((object) => kindOf(object)));
        const spoken = [
          ...Object.keys(engine.parameters),
          ...[...engine.references, ...engine.annotationReferences].map(({ from }) => from),
        ];

        expect(spoken.filter((kind) => !own.has(kind))).toEqual([]);
        expect(Object.keys(engine.words).filter((kind) => ![...own].some((each) => each.startsWith(kind)))).toEqual([]);
      },
      broken: { ...madeUp, parameters: { Deployment: ['spec.values'] } },
    },
    {
      sentence: 'gives its checks names of their own',
      keep: ({ checks }) => {
        expect(checks.filter(({ name }) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
        expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
      },
      broken: { ...madeUp, checks: [{ name: 'Followed' }] },
    },
  ],
});

/** An engine that says something else each time. */
function counting(): EnginePlugin {
  let count = 0;
  return {
    ...madeUp,
    bootstrap: (...given) => madeUp.bootstrap(...given).map((made) => ({ ...made, id: `${made.id}-${(count += 1)}` })),
  };
}
