import { describe, expect, test } from '@jest/globals';
import project from '../../../project.ts';
import { readPublished } from '../../../src/ops/branch/published-objects.ts';
import { unitOf } from '../../../src/model/derived/units.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { settings } from '../../support/settings.ts';
import '../../support/patience.ts';
import { DeliveredSystem } from '../../systems/delivered-system.ts';
import { theProject } from '../../systems/the-project.ts';

describe('the product with one word changed, so that Flux follows it', () => {
  test('is published, promoted to its last stage, and rolled back', async () => {
    const delivered = await DeliveredSystem.at(project(settings, 'flux'), theProject.course);

    expect(await delivered.publishAll()).toEqual([
      'staging: created 7d86f4a78bdf',
      'gated production: proposed v4.9.9',
    ]);
    expect(await delivered.promoteThrough()).toEqual([
      'staging: updated a10000000000',
      'gated production: proposed v4.9.10',
    ]);
    const { outcome, release } = await rollback(delivered.context, { environment: 'staging' });

    expect([outcome, release]).toEqual(['updated', '7d86f4a78bdf']);
    await delivered.context.repository.refresh();
    const unit = unitOf(delivered.context.delivery, { environment: 'staging' });
    const objects = (await readPublished(delivered.context, unit))?.objects({ leaveOutUnreadable: true }) ?? [];
    expect(objects.filter(({ object }) => object.kind === 'Kustomization').map(({ path }) => path)).toEqual([
      'bootstrap/40-kustomization.the-project-staging.yaml',
    ]);
  });
});
