import { describe, expect, test } from '@jest/globals';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { environmentWords } from '../../../src/review/diff/align-environments.ts';
import { diffTrees } from '../../../src/review/diff/diff-trees.ts';
import { isEqual } from '../../../src/review/diff/tree-diff.ts';
import { treeOfRendered } from '../../../src/review/diff/tree-object.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const delivery = validDelivery();
const [dev, prod] = delivery.environments;
if (dev === undefined || prod === undefined) throw new Error('the valid delivery has two environments');
const release = {
  images: {
    orders: { repository: 'acme/orders', tag: 'v1.0.0' },
    payments: { repository: 'acme/payments', tag: 'v1.0.0' },
  },
};
const render = (environment: typeof dev) =>
  treeOfRendered(renderEnvironment(delivery, environment, release, { opsRepository: 'https://example.com/ops.git' }));

describe('two environments', () => {
  test('differ in the words that make them two', () => {
    expect(environmentWords(dev, prod)).toEqual([['dev', 'prod']]);
    expect(
      environmentWords({ ...dev, namespace: 'a', namePrefix: '', pathPrefix: '/' }, { ...prod, namespace: 'b' }),
    ).toEqual([
      ['a', 'b'],
      ['dev', 'prod'],
    ]);
  });

  test('are the same when only those words differ', () => {
    const copy = { ...dev, name: 'test', namespace: 'test', namePrefix: 'test-', pathPrefix: '/test' };

    expect(isEqual(diffTrees(render(dev), render(dev), { align: environmentWords(dev, dev) }))).toBe(true);
    expect(environmentWords(dev, copy)).toEqual([['dev', 'test']]);
  });

  test('are compared object by object under the later one’s names', () => {
    const { objects } = diffTrees(render(dev), render(prod), { align: environmentWords(dev, prod) });

    // Only prod is backed up, has a bank, and is said to be prod by its configuration's values.
    expect(objects.filter(({ action }) => action === 'removed' || action === 'renamed')).toEqual([]);
    expect(objects.filter(({ kind, action }) => kind === 'CronJob' && action === 'created')).not.toEqual([]);
    expect(
      objects
        .flatMap(({ changes }) => changes.map(({ words }) => words))
        .filter((words) => words?.includes('configuration changed')),
    ).toEqual([]);
  });

  test('are all different without those words', () => {
    const { objects } = diffTrees(render(dev), render(prod));

    expect(objects.filter(({ action }) => action === 'changed')).toEqual([]);
  });
});
