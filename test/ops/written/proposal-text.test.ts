import { describe, expect, test } from '@jest/globals';
import { promote } from '../../../src/ops/promote/promote.ts';
import { describeFiles, noticesByHeading } from '../../../src/ops/written/proposal-text.ts';
import { build, fakeRender, fromDev, program, sourceCommit } from '../support/fake-ops.ts';
import { gatedOps } from '../support/gated-ops.ts';
import '../../support/patience.ts';

const byTag = `acme/orders:${sourceCommit(2)}, acme/payments:${sourceCommit(2)} go by their tags alone: they entered dev without a digest`;

describe('the text of a pull request', () => {
  test('keeps what is to be done apart from what is only to be known', async () => {
    const context = await gatedOps();
    await promote(context, build(2));
    const render = fakeRender({ kinds: ['Deployment', 'CronJob'] });

    const { notices, steps } = await promote(
      { ...context, render, program: program(2) },
      { ...fromDev('v1.2.0'), source: { kind: 'environment', environment: 'dev', acceptProgram: true } },
    );

    expect(steps).toEqual([
      'bootstrap/ changed: run "pulumi up --stack prod" first',
      'the AppProject must allow CronJob.apps before Argo CD applies one',
    ]);
    expect(notices).toEqual(expect.arrayContaining([byTag, ...steps]));
    const parts = context.pullRequests.all[1]?.text.body.split('\n\n') ?? [];
    expect(parts[parts.indexOf('**To do, in this order**') + 1]).toBe(steps.map((step) => `- ${step}`).join('\n'));
    const known = parts[parts.indexOf('**To know**') + 1];
    expect(known).toContain(`- ${byTag}`);
    for (const step of steps) expect(known).not.toContain(step);
  });

  test('has no heading above nothing', async () => {
    const context = await gatedOps();
    await promote(context, build(2));

    const written = await promote(context, fromDev('v1.2.0'));

    expect(noticesByHeading(written).map(([title, items]) => [title, items.length > 0])).toEqual([
      ['To do, in this order', false],
      ['To know', true],
    ]);
    expect(context.pullRequests.all[1]?.text.body).not.toContain('To do');
    expect(context.describeProposal ?? describeFiles).toBe(describeFiles);
  });
});
