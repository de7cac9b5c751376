import { describe, expect, test } from '@jest/globals';
import type { EnginePlugin } from '../../src/engines/engine.ts';
import { everyEngine } from '../../src/engines/engines.ts';
import { validDelivery } from '../support/valid-delivery.ts';

/** An engine that the tests make up: what a new folder has to hold, and nothing more. */
const madeUp: EnginePlugin = {
  kind: 'flux',
  title: 'Made Up',
  repositoryAddress: (_environment, opsRepository) => opsRepository,
  bootstrap: ({ environment }, followed) =>
    followed.map(({ application }) => ({
      id: application.name,
      order: 20,
      object: {
        apiVersion: 'made.up/v1',
        kind: 'Follow',
        metadata: { name: `${environment.name}-${application.name}`, namespace: 'made-up' },
      },
    })),
  watches: ({ environment }, application) => ({
    apiVersion: 'made.up/v1',
    kind: 'Follow',
    name: `${environment.name}-${application.name}`,
    namespace: 'made-up',
  }),
  elsewhere: () => undefined,
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
  order: () => [],
  words: {},
  checks: [],
};

const delivery = validDelivery();
const environment = delivery.environments[0]!;
const binding = { delivery, environment, opsRepository: 'https://github.com/acme/shop-ops.git' };
const followed = environment.applications.map((application) => ({ application }));

describe.each([...everyEngine, madeUp].map((engine) => [engine.title, engine] as const))(
  '%s as an engine',
  (_, engine) => {
    const bootstrap = engine.bootstrap(binding, followed, []);

    test('makes objects with ids of their own, behind the namespace and in an order', () => {
      expect(bootstrap.length).toBeGreaterThan(0);
      expect(new Set(bootstrap.map(({ id }) => id)).size).toBe(bootstrap.length);
      expect(bootstrap.filter(({ order }) => order <= 10 || order > 99)).toEqual([]);
      expect(bootstrap.map(({ order }) => order)).toEqual(bootstrap.map(({ order }) => order).sort((a, b) => a - b));
    });

    test('makes nothing where it follows nothing', () => {
      expect(engine.bootstrap(binding, [], [])).toEqual([]);
    });

    test('makes the same of the same, and changes nothing that it was given', () => {
      const before = JSON.stringify([binding, followed]);

      expect(engine.bootstrap(binding, followed, [])).toEqual(bootstrap);
      expect(JSON.stringify([binding, followed])).toBe(before);
    });

    test('watches an object that it made itself, for each application', () => {
      const made = bootstrap.map(
        ({ object }) => `${object.apiVersion} ${object.kind} ${object.metadata.namespace}/${object.metadata.name}`,
      );
      const watched = followed
        .map(({ application }) => engine.watches(binding, application))
        .map(({ apiVersion, kind, namespace, name }) => `${apiVersion} ${kind} ${namespace}/${name}`);

      expect(watched.filter((one) => !made.includes(one))).toEqual([]);
    });

    test('calls what is not there missing, and says what to type', () => {
      const [{ application } = { application: environment.applications[0]! }] = followed;

      expect(engine.judge(binding, application, undefined, 'type this')).toMatchObject({
        name: engine.watches(binding, application).name,
        sync: 'Missing',
        health: 'Missing',
        message: expect.stringContaining('type this') as unknown,
      });
    });

    test('follows nothing else where the live object is the one that it made', () => {
      const watched = engine.watches(binding, environment.applications[0]!);
      const live = bootstrap.find(
        ({ object }) => object.kind === watched.kind && object.metadata.name === watched.name,
      );

      expect(engine.elsewhere(binding, environment.applications[0]!, live!.object)).toBeUndefined();
    });

    test('keeps nothing of which nobody said so, and its checks have names', () => {
      expect(engine.keeps({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })).toBe(false);
      expect(engine.checks.filter(({ name }) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
    });
  },
);
