import { expect, test } from '@jest/globals';
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
  const input: CheckInput = {
    delivery: validDelivery(),
    environment: dev(),
    objects: new ObjectIndex(
      [configMap('dev-config', {}), withContainer({})].map((object) => rendered(object)),
      'dev',
    ),
  };
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
