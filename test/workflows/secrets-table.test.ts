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
      '| shop | none | tag `v*` | any of releasers, on any commit, alone | nothing | asks branch `main` for its release to prod |',
    ]);
  });

  test('tells what one person alone can take', () => {
    const alone = rowsOf(secretsTable(project(settings))).filter((row) => row.includes('alone'));

    expect(alone).toEqual([
      expect.stringMatching(/any pull request .*`READER_PRIVATE_KEY` \| portolan-reader: contents: read/),
      expect.stringMatching(/any pull request .*`READER_PRIVATE_KEY` \| portolan-reader: contents: read/),
      expect.stringMatching(/tag `v\*` .*any of maintainer, on any commit, alone \| nothing \|/),
    ]);
  });

  test('says alone where a branch takes changes without an approval', () => {
    const delivery = guardedDelivery();
    const repositories = delivery.repositories.map((repository) => ({
      ...repository,
      protection: { approvals: 0, checks: [] },
    }));

    expect(rowsOf(secretsTable({ ...delivery, repositories }))[0]).toContain('whoever may write shop, alone');
  });

  test('says of the token of a run that every workflow has it, whatever GitHub environment its job names', () => {
    const delivery = guardedDelivery();
    const credentials = delivery.credentials.map((credential) =>
      credential.name === 'registry'
        ? { ...credential, store: { ...credential.store, keys: ['GITHUB_TOKEN'] } }
        : credential,
    );
    const rows = rowsOf(secretsTable({ ...delivery, credentials })).filter((row) => row.includes('registryPush'));

    expect(rows).toEqual([
      '| shop | none, whatever the job names | any branch or tag | whoever may write shop, alone | `GITHUB_TOKEN` | promoter: registryPush for build |',
    ]);
  });
});
