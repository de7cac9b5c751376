import { unitOf } from '../../../src/model/derived/units.ts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import project from '../../../project.ts';
import { openOps } from '../../../src/cli/open/open-ops.ts';
import type { OpenProject } from '../../../src/cli/project/open-project.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { unitWorkflows } from '../../../src/workflows/workflows-of.ts';
import { bareRepository, gitIn, temporaryFolder } from '../../support/git.ts';
import { settings } from '../../support/settings.ts';

describe('an opened ops repository', () => {
  const delivery = project(settings);
  const folder = temporaryFolder();
  const address = bareRepository();
  const steps: unknown[] = [];
  let ops: OpsContext;

  beforeAll(async () => {
    gitIn(folder, 'init', '--quiet');
    writeFileSync(join(folder, 'project.ts'), 'export default 1;\n');
    gitIn(folder, 'add', '--all');
    gitIn(folder, 'commit', '--quiet', '--message', 'Start');
    const opened: OpenProject = { folder, delivery, settings, catalog: new SchemaCatalog(() => undefined) };
    ops = await openOps(opened, { address, onStep: (step) => steps.push(step) });
  });

  test('puts the workflows of each environment onto its branch', () => {
    for (const environment of ['staging', 'production']) {
      const unit = unitOf(delivery, { environment });
      expect([...(ops.extraFiles?.(unit) ?? [])]).toEqual([...unitWorkflows(delivery, unit)]);
      expect(ops.extraFiles?.(unit).size).toBeGreaterThan(0);
    }
  });

  test('is the one that was named, with the program as it is committed, and passes its steps on', () => {
    expect(ops.repository.isLocal).toBe(true);
    expect(ops.program).toMatchObject({ commit: gitIn(folder, 'rev-parse', 'HEAD') });
    expect(Math.abs(ops.clock().getTime() - Date.now())).toBeLessThan(60_000);

    ops.onStep?.({ doing: 'a step' } as never);

    expect(steps).toEqual([{ doing: 'a step' }]);
  });

  test('asks no host about pull requests where it is a folder', () => {
    expect(ops).not.toHaveProperty('pullRequests');
  });
});
