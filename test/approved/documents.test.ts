import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../src/model/delivery.ts';
import { environmentWords } from '../../src/review/diff/align-environments.ts';
import { diffTrees, type DiffOptions } from '../../src/review/diff/diff-trees.ts';
import { formatJson } from '../../src/review/diff/format/format-json.ts';
import { formatMarkdown } from '../../src/review/diff/format/format-markdown.ts';
import { formatText } from '../../src/review/diff/format/format-text.ts';
import type { TreeDiff } from '../../src/review/diff/tree-diff.ts';
import { treeOfRendered, type TreeObject } from '../../src/review/diff/tree-object.ts';
import { everyWord } from '../model/every-word.ts';
import { changedShop } from '../review/diff/format/changed-shop.ts';
import { shop } from '../review/diff/shop-objects.ts';
import { variationsOf } from '../support/variations.ts';
import { rendered } from '../systems/rendered-system.ts';
import { expectApproved } from './approved.ts';

const treeOf = (delivery: Delivery, environment: string): readonly TreeObject[] =>
  treeOfRendered(rendered(delivery, environment, delivery.initialReleases[environment] ?? { images: {} }));
const bare = (objects: readonly KubernetesObject[]): readonly TreeObject[] => objects.map((object) => ({ object }));

const dev = treeOf(everyWord, 'dev');
const prod = treeOf(everyWord, 'prod');
const align = environmentWords(environmentOf(everyWord, 'dev'), environmentOf(everyWord, 'prod'));

/** One of seven, the same whatever else there is. */
function isChosen(name: string): boolean {
  let sum = 7;
  for (let i = 0; i < name.length; i++) sum = (sum * 31 + name.charCodeAt(i)) % 7919;
  return sum % 7 === 0;
}

/** Every object with many small differences. */
const shaken = dev.map((item) => {
  const variations = [...variationsOf(item.object)].filter(
    ({ place }) => !/^(?:apiVersion|kind|metadata)$|name/.test(place),
  );
  const object = variations
    .filter(({ place, how }) => isChosen(`${place} ${how}`))
    .reduce<unknown>((so, { onto }) => onto(so), item.object);
  const { text: _, ...rest } = item;
  return { ...rest, object: object as KubernetesObject };
});

const diffs: readonly (readonly [string, TreeDiff])[] = [
  ['first-publish', diff([], dev)],
  ['removal', diff(dev, [])],
  ['two-environments', diff(dev, prod, { align })],
  ['other-environment', diff(dev, prod)],
  ['shaken', diff(dev, shaken, { kubernetes: '1.34' })],
  ['unpruned', diff(bare(shop), bare(changedShop), { prunes: false })],
  ['shop', diff(bare(shop), bare(changedShop))],
  ['nothing', diff(dev, dev)],
];

function diff(before: readonly TreeObject[], after: readonly TreeObject[], options: DiffOptions = {}): TreeDiff {
  return diffTrees(before, after, options);
}

describe.each(diffs)('the diff "%s" reads as it was approved', (name, it) => {
  test('on a terminal, wide and narrow, in colours and without', () => {
    const texts = [
      formatText(it, { title: name, colour: false }),
      formatText(it, { colour: false, width: 48 }),
      formatText(it, { title: name, colour: true, width: 200 }).replaceAll('\u001b', '␛'),
    ];

    expectApproved(`diff-${name}.txt`, texts.join('\n').split('\n'));
  });

  test('in a pull request, whole and where there is little room', () => {
    const texts = [
      formatMarkdown(it, { title: name }),
      formatMarkdown(it, { title: name, limit: 3000 }),
      formatMarkdown(it, { limit: 1 }),
    ];

    for (const [i, limit] of [65_536, 3000, 1000].entries()) expect(texts[i]?.length).toBeLessThanOrEqual(limit);
    expectApproved(`diff-${name}.md`, texts.join('\n').split('\n'));
  });

  test('for machines', () => {
    expectApproved(`diff-${name}.json`, formatJson(it, name).trimEnd().split('\n'));
  });
});
