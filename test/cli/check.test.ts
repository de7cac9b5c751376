import { expect, jest, test } from '@jest/globals';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(60_000);

test('check --ops says what publishing would have to make again, and check alone does not', async () => {
  const copy = new ProjectCopy();
  await copy.run(['publish', 'staging']);
  copy.edit('project.ts', (text) => text.replace("claimTemplate: 'postgresql-db-disk'", "claimTemplate: 'data'"));

  const [alone, beside] = await copy.runEach([['check'], ['check', '--ops', '.portolan/ops.git']]);

  expect(alone).toMatchObject({ code: 0, stdout: 'Nothing to mend.\n' });
  expect(beside).toMatchObject({ code: 1, stdout: '' });
  expect(beside?.stderr).toContain('StatefulSet/staging-postgresql-db spec.volumeClaimTemplates');
  expect(beside?.stderr).toContain('(immutable-fields)');
});
