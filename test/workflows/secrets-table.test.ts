import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import { secretsTable } from '../../src/workflows/secrets-table.ts';
import { guardedDelivery } from '../pulumi/support/guarded-delivery.ts';
import { settings } from '../support/settings.ts';

const rowsOf = (table: string): readonly string[] => table.trimEnd().split('\n').slice(2);

describe('who can make which workflow run with which secret', () => {
  test('is told in docs/secrets.md as the model says it', () => {
    const page = readFileSync('docs/secrets.md', 'utf8');

    expect(page).toContain(secretsTable(project(settings)));
  });

  test('has a row for each ref that may take a credential', () => {
    const delivery = guardedDelivery();
    const bypassed = {
      ...delivery,
      repositories: delivery.repositories.map((repository) =>
        repository.protection === undefined
          ? repository
          : { ...repository, protection: { ...repository.protection, approvals: 2, bypass: ['alice'] } },
      ),
    };

    expect(rowsOf(secretsTable(bypassed))).toEqual([
      '| shop | build | branch `main` | whoever may write shop, with 2 approvals of others; alice alone | `REGISTRY_TOKEN` | promoter: registryPush for build |',
      '| shop | dev | branch `main` | whoever may write shop, with 2 approvals of others; alice alone | `PROMOTION_PRIVATE_KEY` | promoter: gitPush for dev |',
      '| shop | prod | branch `main` | whoever may write shop, with 2 approvals of others; alice alone | `PROMOTION_PRIVATE_KEY` | promoter: gitPush for prod |',
      '| shop | prod | tag `v*` | any of releasers, on any commit, alone | `PROMOTION_PRIVATE_KEY` | promoter: gitPush for prod |',
    ]);
  });

  test('tells what one person alone can take', () => {
    const alone = rowsOf(secretsTable(project(settings))).filter((row) => row.includes('alone'));

    const byTag = alone.filter((row) => row.includes('any of maintainer'));
    const others = alone.filter((row) => !byTag.includes(row));

    expect([byTag.length, others.length]).toEqual([2, 2]);
    for (const row of others)
      expect(row).toMatch(/any pull request .*`READER_PRIVATE_KEY` \| portolan-reader: contents: read/);
  });
});
