import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { diffTrees } from '../../../../src/review/diff/diff-trees.ts';
import { diffDocument } from '../../../../src/review/diff/format/format-json.ts';
import { formatMarkdown } from '../../../../src/review/diff/format/format-markdown.ts';
import { formatText } from '../../../../src/review/diff/format/format-text.ts';

const tree = (...kinds: readonly string[]) => [
  {
    object: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'shop-dev', namespace: 'argocd' },
      spec: { namespaceResourceWhitelist: kinds.map((kind) => ({ group: 'batch', kind })) },
    } satisfies KubernetesObject,
  },
];

describe('a diff in which bootstrap/ changes', () => {
  const diff = diffTrees(tree('Job'), tree('CronJob'));
  const lines = [
    'before the branch: the AppProject must allow CronJob.batch before Argo CD applies one',
    'after the branch: the AppProject must allow Job.batch until Argo CD pruned the last one; else it runs on for ever, and nothing says so',
  ];

  test('says in every form what comes before the branch and what after it, in this order', () => {
    expect(formatText(diff, { colour: false, width: 200 })).toContain(`\norder\n  ${lines.join('\n  ')}\n`);
    expect(formatMarkdown(diff)).toContain(`**Order**\n${lines.map((line) => `- \`${line}\`\n`).join('')}`);
    expect(diffDocument(diff).order?.map(({ when, object }) => [when, object])).toEqual([
      ['before', 'AppProject/shop-dev'],
      ['after', 'AppProject/shop-dev'],
    ]);
  });

  test('says nothing of an order between two environments, on a new branch, and where nothing of it changes', () => {
    expect(diffTrees(tree('Job'), tree('CronJob'), { align: [['dev', 'prod']] }).order).toBeUndefined();
    expect(diffTrees([], tree('CronJob')).order).toBeUndefined();
    expect(diffTrees(tree('Job'), tree('Job')).order).toBeUndefined();
  });
});
