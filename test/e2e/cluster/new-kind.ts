import { expect } from '@jest/globals';
import type { Step } from './phase.ts';
import { checkOut } from './first-sync.ts';
import type { World } from './world.ts';

const budget = 'staging-broadcaster-dep';

const reason = 'resource policy:PodDisruptionBudget is not permitted in project the-project-staging';

/** The first object of a kind is published before `bootstrap/` allows the kind, and the last one is removed again. */
export function newKind(world: () => World, step: Step): void {
  let commit = '';

  step('publishing it announces that bootstrap/ comes first, and which kind', async () => {
    const { project } = world();
    project.vary({ maxUnavailable: { staging: 1 } });

    const answer = await project.publish('staging');

    commit = answer.commit;
    expect(answer.notices).toEqual([
      'bootstrap/ changed: run "pulumi up --stack staging" first',
      'the AppProject must allow PodDisruptionBudget.policy before Argo CD applies one',
    ]);
  });

  step('until then Argo CD says why it does not apply it, and so do wait and status', async () => {
    const { argo, project, cluster } = world();

    await argo.announce('staging');
    await argo.says('staging', 'refuses the kind', 60, ({ refused }) =>
      refused.includes(`PodDisruptionBudget/${budget}: ${reason}`),
    );

    const wait = await project.portolan(['wait', 'staging', '--timeout', '3s', '--ops', project.url]);
    const status = await project.portolan(['status', 'staging', '--ops', project.url]);
    expect(wait).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining(`PodDisruptionBudget/${budget}: not synced: ${reason}`),
    });
    expect(status.stdout).toContain('AppProject/the-project-staging');
    expect(await cluster.get('poddisruptionbudgets', budget, 'staging')).toBeUndefined();
  });

  step('once bootstrap/ is applied it syncs without help', async () => {
    const { argo, cluster } = world();

    await cluster.run('apply', `--filename=${checkOut(world(), 'staging', 'bootstrap/')}`);

    await argo.settles('staging', commit, 120);
    expect(await cluster.get('poddisruptionbudgets', budget, 'staging')).toBeDefined();
  });

  step('an object that is no longer rendered is pruned, and nothing else', async () => {
    const { argo, cluster, project } = world();
    const before = await argo.tracked('staging');
    project.vary({ maxUnavailable: {} });

    await world().deliver('staging');

    const after = await argo.tracked('staging');
    expect([...before].filter((identity) => !after.has(identity))).toEqual([`PodDisruptionBudget/${budget}`]);
    expect(await cluster.get('poddisruptionbudgets', budget, 'staging')).toBeUndefined();
  });
}
