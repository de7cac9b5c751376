import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeProposalWith } from '../../../src/cli/ask/describe-proposal.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { promote, type PromoteOptions } from '../../../src/ops/promote/promote.ts';
import { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../src/review/schema/schema-files.ts';
import { buildWithDigests, fromDev, sourceCommit } from '../../ops/support/fake-ops.ts';
import { gatedOps } from '../../ops/support/gated-ops.ts';
import { settings } from '../../support/settings.ts';
import '../../support/patience.ts';

test('a pull request says what changes object by object, where it comes from, and how to go back', async () => {
  const context = await gatedOps();
  const { delivery, repository } = context;
  const project = {
    folder: process.cwd(),
    settings,
    delivery,
    catalog: new SchemaCatalog(schemaReader(process.cwd())),
  };
  const describeProposal = describeProposalWith({
    project,
    repository,
    sourceFolder: mkdtempSync(join(tmpdir(), 'portolan-source-')),
    clock: () => new Date('2026-03-01T00:00:00Z'),
  });

  await promote({ ...context, describeProposal }, fromDev('v1.1.0'));
  const { title, body } = context.pullRequests.all[1]?.text ?? { title: '', body: '' };

  expect(title).toBe('Release prod v1.1.0');
  expect(body.replace(/[0-9a-f]{12}(?=`)/, 'COMMIT')).toBe(
    [
      '`prod`: `v1.0.0 → v1.1.0`, asked by alice.',
      'It came to `dev` 28 days ago (`COMMIT`).',
      '### `prod`: 2 objects: 2 changed',
      '**Risk**: nothing at stake: no data, no traffic, no security, no capacity',
      '**Pods that restart**\n- `orders (Deployment/prod-orders): its pods, some at a time: image v1.0.0 → v1.1.0`\n- `payments (Deployment/prod-payments): its pods, some at a time: image v1.0.0 → v1.1.0`',
      '<details><summary>✏️ <code>Deployment/prod-orders</code> <code>orders: image v1.0.0 → v1.1.0</code></summary>',
      '- `orders: image v1.0.0 → v1.1.0`',
      '</details>',
      '<details><summary>✏️ <code>Deployment/prod-payments</code> <code>payments: image v1.0.0 → v1.1.0</code></summary>',
      '- `payments: image v1.0.0 → v1.1.0`',
      '</details>',
      'To go back after the merge:',
      '    npx portolan rollback prod',
    ].join('\n\n'),
  );
});

test('a pull request links the commits of each source that moved, where there are several', async () => {
  const context = await gatedOps();
  const { repository } = context;
  const [shop] = context.delivery.repositories as readonly [Delivery['repositories'][number]];
  const bank = { ...shop, name: 'bank', holds: ['source'] as const, url: 'https://github.com/acme/bank.git' };
  const [images] = context.delivery.supplies as readonly [Delivery['supplies'][number]];
  const delivery: Delivery = {
    ...context.delivery,
    repositories: [...context.delivery.repositories, bank],
    supplies: [
      { ...images, artifacts: ['orders'] },
      { ...images, name: 'payments', artifacts: ['payments'], source: 'bank' },
    ],
  };
  const texts: string[] = [];
  const describeProposal = describeProposalWith({
    project: { folder: process.cwd(), settings, delivery, catalog: new SchemaCatalog(schemaReader(process.cwd())) },
    repository,
    sourceFolder: mkdtempSync(join(tmpdir(), 'portolan-source-')),
    clock: () => new Date('2026-03-01T00:00:00Z'),
  });
  const build = (artifact: 'orders' | 'payments', digit: string): PromoteOptions => ({
    environment: 'dev',
    source: { kind: 'build', images: { [artifact]: `acme/${artifact}:${digit.repeat(40)}` } },
    allowOlder: true,
  });
  const several = { ...context, delivery };
  for (const one of [build('orders', 'a'), build('payments', 'b')]) await promote(several, one);

  await promote(
    {
      ...several,
      describeProposal: async (proposal) => {
        const text = await describeProposal(proposal);
        texts.push(text.body);
        return text;
      },
    },
    { ...build('payments', 'c'), pullRequest: true },
  );

  expect(texts[0]).toContain(
    `**Source of bank**\n\nhttps://github.com/acme/bank/compare/${'b'.repeat(40)}...${'c'.repeat(40)}`,
  );
  expect(texts[0]).not.toContain('Source of shop');
});

test('a pull request names what ran where it comes from since what it replaces, and nobody proposed', async () => {
  const context = await gatedOps();
  const { delivery, repository } = context;
  const describeProposal = describeProposalWith({
    project: { folder: process.cwd(), settings, delivery, catalog: new SchemaCatalog(schemaReader(process.cwd())) },
    repository,
    sourceFolder: mkdtempSync(join(tmpdir(), 'portolan-source-')),
    clock: () => new Date('2026-03-01T00:00:00Z'),
  });
  const saidOf = async (pullRequest: number, options: PromoteOptions): Promise<string> => {
    await promote({ ...context, describeProposal }, options);
    return context.pullRequests.all[pullRequest - 1]?.text.body ?? '';
  };
  const first = await saidOf(2, fromDev('v1.1.0'));
  context.pullRequests.merge(2);
  await repository.refresh();
  for (const number of [2, 3, 4]) await promote(context, buildWithDigests(number));
  const second = await saidOf(3, fromDev('v1.2.0'));

  // Dev never ran what prod began with.
  expect(first).not.toContain('passes over');
  expect(second.replaceAll(/\(`[0-9a-f]{12}`\)/g, '(COMMIT)')).toContain(
    `It came to \`dev\` 28 days ago (COMMIT). It passes over what \`dev\` ran before it: \`${sourceCommit(2).slice(0, 12)}\`, \`${sourceCommit(3).slice(0, 12)}\`.`,
  );
});
