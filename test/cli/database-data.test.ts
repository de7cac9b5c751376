import { expect, jest, test } from '@jest/globals';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(120_000);

test('fails to publish, and to check beside the ops repository, what would start a database empty', async () => {
  const copy = new ProjectCopy();
  await copy.run(['publish', 'staging']);
  copy.edit('project.ts', (text) =>
    text.replace("  kind: 'postgresql',\n", "  kind: 'postgresql',\n  dataDirectory: '/data/elsewhere',\n"),
  );

  const [alone, beside, published] = await copy.runEach([
    ['check'],
    ['check', '--ops', '.portolan/ops.git'],
    ['publish', 'staging'],
  ]);

  expect(alone).toMatchObject({ code: 0 });
  for (const answer of [beside, published]) {
    expect(answer).toMatchObject({ code: 1 });
    expect(answer?.stderr).toContain('StatefulSet/staging-postgresql-db');
    expect(answer?.stderr).toContain('the server starts empty; the data stays at');
    expect(answer?.stderr).toContain('(database-data)');
  }
});
