import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { queues } from '../review/schema/custom/queues.ts';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(120_000);

test('schemas add writes beside project.ts, wherever it is called, the same bytes each time, or nothing at all', async () => {
  const copy = new ProjectCopy();
  copy.write('crds/queues.yaml', queues);
  copy.write('crds/none.yaml', 'kind: ConfigMap\n');
  const cwd = join(copy.folder, 'crds');

  const refused = await copy.run(['schemas', 'add', 'queues.yaml', 'none.yaml', 'gone.yaml'], { cwd });
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toBe(
    [
      'portolan: what was to be added is not valid (2 problems)',
      '  none.yaml: holds no CustomResourceDefinition; "kubectl get crd NAME -o yaml" writes one of a cluster',
      "  gone.yaml: cannot be read: ENOENT: no such file or directory, open 'gone.yaml'",
      '',
    ].join('\n'),
  );
  expect(existsSync(join(copy.folder, 'custom-resources'))).toBe(false);

  const added = await copy.run(['schemas', 'add', 'queues.yaml'], { cwd });
  const first = copy.read('custom-resources/example.com.json');
  await copy.run(['schemas', 'add', 'queues.yaml'], { cwd });

  expect(added).toMatchObject({
    code: 0,
    stdout:
      'custom-resources/example.com.json: v1/Queue\nCommit it: the check "schema" holds these kinds against it from now on.\n',
  });
  expect(copy.read('custom-resources/example.com.json')).toBe(first);
});
