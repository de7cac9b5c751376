import { describe, expect, test } from '@jest/globals';
import { publishedObjects } from '../../../src/ops/branch/published-objects.ts';
import { readTree } from '../../../src/ops/git/read-tree.ts';
import { bareRepository, commitByHand } from '../../support/git.ts';

const good = 'manifests/shop/service.dev-orders-svc.yaml';
const bad = 'manifests/shop/deployment.apps.dev-orders.yaml';
const entry = { apiVersion: 'v1', kind: 'Any', name: 'any', construct: 'dev/shop/any', digest: 'x' };

/** A branch with one good file, and another one as somebody left it. */
async function branchWith(text: string | null) {
  const repository = bareRepository();
  const tip = commitByHand(repository, 'env/dev', {
    [good]: 'kind: Service\nmetadata:\n  name: dev-orders-svc\n',
    ...(text === null ? {} : { [bad]: text }),
  });
  return {
    repository,
    state: {
      tip,
      tree: await readTree(repository, tip),
      index: { project: 'shop', environment: 'dev', objects: { [good]: entry, [bad]: entry }, files: {}, secrets: {} },
    },
  };
}

const spoilt: readonly (readonly [how: string, text: string | null, says: string])[] = [
  ['is no YAML', 'spec:\n\t- {\n', 'holds no object'],
  ['is empty', '', 'holds no object'],
  ['has no name', 'kind: Deployment\n', 'holds no object'],
  ['is gone', null, 'is in index.json and is gone'],
];

describe('the objects of a branch', () => {
  test.each(spoilt)('fail to be read when a file %s', async (_how, text, says) => {
    const { repository, state } = await branchWith(text);

    await expect(publishedObjects(repository, state)).rejects.toThrow(
      `portolan: ${state.tip.slice(0, 12)} cannot be read\n  ${bad} ${says}\n    next: publish again with --discard-edits, or revert the commit that did it`,
    );
  });

  test.each(spoilt)('are the others, for whoever can do without a file that %s', async (_how, text, _says) => {
    const { repository, state } = await branchWith(text);

    expect((await publishedObjects(repository, state, { leaveOutUnreadable: true })).map(({ path }) => path)).toEqual([
      good,
    ]);
  });

  test('are those of a rendering where a file says the very same, and read from the file where it does not', async () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'dev-orders-svc' } };
    const { repository, state } = await branchWith('kind: Deployment\nmetadata:\n  name: of-the-branch\n');
    const texts = await publishedObjects(repository, state);
    const rendered = {
      objects: [good, bad].map((path) => ({ path, construct: '', object: service })),
      files: new Map([
        [good, texts.find(({ path }) => path === good)?.text ?? ''],
        [bad, 'kind: Deployment\nmetadata:\n  name: rendered\n'],
      ]),
    };

    const objects = await publishedObjects(repository, state, { rendered });

    expect(objects.find(({ path }) => path === good)?.object).toBe(service);
    expect(objects.find(({ path }) => path === bad)?.object.metadata.name).toBe('of-the-branch');
  });
});
