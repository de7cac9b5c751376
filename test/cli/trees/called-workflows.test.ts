import { expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uncallableIn } from '../../../src/cli/trees/called-workflows.ts';
import { checkWorkflows } from '../../../src/model/derived/supply-checks.ts';
import { temporaryFolder } from '../../support/git.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

test('what a build calls is there and takes calls, however its triggers are written; else it is said what to write', () => {
  const delivery = validDelivery();
  const checks = ['one', 'several', 'all', 'push', 'broken', 'gone'];
  const supplies = delivery.supplies.map((supply) => ({ ...supply, checks }));
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true });
  for (const [name, text] of Object.entries({
    one: 'on: workflow_call\n',
    several: 'on: [push, workflow_call]\n',
    all: 'on:\n  workflow_call:\n  push: { branches: [main] }\n',
    push: 'on: push\n',
    broken: 'on: [\n',
  }))
    writeFileSync(join(folder, '.github', 'workflows', `${name}.yaml`), text);

  expect(uncallableIn(folder, checkWorkflows({ ...delivery, supplies }))).toEqual([
    '.github/workflows/push.yaml cannot be called; supplies.images.checks asks for it before each build: add "workflow_call:" below its "on:"',
    '.github/workflows/broken.yaml cannot be called; supplies.images.checks asks for it before each build: add "workflow_call:" below its "on:"',
    '.github/workflows/gone.yaml is not there; supplies.images.checks asks for it before each build: write it, with "on: workflow_call"',
  ]);
});
