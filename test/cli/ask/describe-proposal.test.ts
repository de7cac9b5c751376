import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeProposalWith } from '../../../src/cli/ask/describe-proposal.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../src/review/schema/schema-files.ts';
import { fromDev } from '../../ops/support/fake-ops.ts';
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
