import { expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../src/model/application.ts';
import { diffTrees } from '../../src/review/diff/diff-trees.ts';
import { formatText } from '../../src/review/diff/format/format-text.ts';
import { treeOfRendered, type TreeObject } from '../../src/review/diff/tree-object.ts';
import { rendered } from '../systems/rendered-system.ts';
import { placeIn, variationsOf, type Variation } from '../support/variations.ts';
import { expectApproved } from './approved.ts';
import { everyDelivery } from './every-delivery.ts';

const trees = everyDelivery.flatMap(([, delivery]) =>
  delivery.environments.map(({ name }) =>
    treeOfRendered(rendered(delivery, name, delivery.initialReleases[name] ?? { images: {} })),
  ),
);

/** Every little difference of an object, of each kind and of each place once. */
function* differences(): Iterable<Variation & { readonly item: TreeObject }> {
  const seen = new Set<string>();
  for (const item of trees.flat())
    for (const variation of variationsOf(item.object)) {
      const place = placeIn(item.object.kind, variation.place);
      if (/^\S+ (?:apiVersion|kind|metadata|metadata\.name)$/.test(place) || seen.has(`${place} ${variation.how}`))
        continue;
      seen.add(`${place} ${variation.how}`);
      yield { ...variation, place, item };
    }
}

/** What nobody needs to read a thousand times. */
const usual = /^(?:|1 object: 1 changed|risk: nothing at stake.*|~ \S+)$/;

test('every little difference of every kind of object is told as it was approved', () => {
  const lines = [...differences()].flatMap(({ place, how, data, item: { construct, object } }) => {
    const origin = construct === undefined ? {} : { construct };
    const diff = diffTrees([{ object, ...origin }], [{ object: data as KubernetesObject, ...origin }]);
    const said = formatText(diff, { colour: false })
      .split('\n')
      .filter((line) => !usual.test(line));
    return [`${place} ${how}`, ...said.map((line) => `  ${line.trim()}`)];
  });

  expect(lines.length).toBeGreaterThan(1000);
  expectApproved('differences.txt', lines);
});
