import { expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Check, CheckInput } from '../../../src/objects/check.ts';
import { ObjectIndex } from '../../../src/objects/object-index.ts';
import { runChecks } from '../../../src/review/checks/run-checks.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { configMap, dev, rendered, withContainer } from './small-objects.ts';

const found = (object: string) => ({ construct: '', object, field: '', message: '' });

test('all checks look at one object before any looks at the next; then come pods, then containers, then the whole', () => {
  const [first, second]: readonly Check[] = [
    {
      name: 'first',
      inObject: ({ object }, report) => {
        report(found(object.kind));
      },
      inPod: (_, report) => {
        report(found('pod'));
      },
      find: (_, report) => {
        report(found('all'));
      },
    },
    {
      name: 'second',
      inObject: ({ object }, report) => {
        report(found(object.kind));
      },
      inContainer: ({ name }, _, report) => {
        report(found(name));
      },
    },
  ];
  const input = inputOf(configMap('dev-config', {}), withContainer({}));
  const order: string[] = [];

  runChecks([first!, second!], input, ({ name }, { object }) => order.push(`${name}: ${object}`));

  expect(order).toEqual([
    'first: ConfigMap',
    'second: ConfigMap',
    'first: Deployment',
    'second: Deployment',
    'first: pod',
    'second: orders',
    'first: all',
  ]);
});

const inputOf = (...objects: readonly KubernetesObject[]): CheckInput => ({
  delivery: validDelivery(),
  environment: dev(),
  objects: new ObjectIndex(
    objects.map((object) => rendered(object)),
    'dev',
  ),
});

const asking: Check = {
  name: 'asking',
  inObject: ({ object }, report, { whole }) => {
    if (object.kind === 'Secret' && whole().objects.find('ConfigMap', 'dev-config') === undefined)
      report(found('Secret'));
  },
  inContainer: ({ name, path }, { rendered: { object } }, report) => {
    if (object.metadata.name === 'dev-wrong') report({ ...found(name), field: path });
  },
};

test('an object is settled where nothing was found in it, nor asked of what becomes of others', () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'dev-secret' } };
  const [config, right] = [configMap('dev-config', {}), withContainer({})];
  const wrong = { ...right, metadata: { ...right.metadata, name: 'dev-wrong' } };
  const settled = new Set<KubernetesObject>();
  const told: string[] = [];
  const tell = (_: Check, { object }: { readonly object: string }): void => void told.push(object);

  runChecks([asking], inputOf(secret, config, right, wrong), tell, settled);
  expect([...settled]).toEqual([config, right]);
  expect(told).toEqual(['orders']);

  // What it asked for is gone.
  runChecks([asking], inputOf(secret, right, wrong), tell, settled);
  expect(told).toEqual(['orders', 'Secret', 'orders']);
});

test('what is settled is not looked at by itself again', () => {
  const looked: string[] = [];
  const look: Check = {
    name: 'look',
    inObject: ({ object }) => void looked.push(object.kind),
    inPod: () => void looked.push('pod'),
    inContainer: ({ name }) => void looked.push(name),
    find: () => void looked.push('all'),
  };
  const objects = [configMap('dev-config', {}), withContainer({})];
  const settled = new Set<KubernetesObject>();
  const run = (): void => {
    runChecks([look], inputOf(...objects), () => undefined, settled);
  };

  run();
  run();

  expect(looked).toEqual(['ConfigMap', 'Deployment', 'pod', 'orders', 'all', 'all']);
});

test('a look at one object is not shown what runs in the environment', () => {
  const seen: string[] = [];
  const look: Check = {
    name: 'look',
    inObject: (_, __, { environment }) => void seen.push(...Object.keys(environment)),
  };

  runChecks([look], inputOf(configMap('dev-config', {})), () => undefined);

  expect(seen).toContain('namespace');
  expect(seen).not.toContain('applications');
});
