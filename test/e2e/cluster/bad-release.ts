import { expect } from '@jest/globals';
import { listAt, textAt } from '../../../src/objects/fields-at.ts';
import { until } from '../../support/cluster.ts';
import type { Step } from './phase.ts';
import { automatic } from './promotion.ts';
import { badDigest, goodDigest, type World } from './world.ts';

const deployment = 'staging-todo-backend-dep';

/** A release whose image cannot be pulled: rolled back while it rolls out, left alone, and brought again by a machine. */
export function badRelease(world: () => World, step: Step): void {
  let bad = '';

  const promote = async (commit: string, digest: string): Promise<string> =>
    (
      await world().project.write(
        'promote',
        'staging',
        ['--image', `todo-backend=arkb2023/todo-backend:${commit}@${digest}`],
        automatic,
      )
    ).commit;

  step('it rolls out and gets nowhere, and the pods before it keep running', async () => {
    const { argo, project } = world();
    bad = project.commit();

    const commit = await promote(bad, badDigest(1));
    await argo.announce('staging');
    await argo.says(
      'staging',
      'rolls the bad release out',
      60,
      ({ revision, health, phase }) => revision === commit && health === 'Progressing' && phase !== '',
    );

    await until('a pod waits for the bad image', 30, async () =>
      (await waitingPods(world())).length > 0 ? true : undefined,
    );
    expect((await world().readyPods('staging'))['todo-backend']).toBe(1);
  });

  step('portolan rollback is Healthy within 60 seconds while the bad one is still rolling out', async () => {
    const { argo, project } = world();
    const [state, start] = [await argo.state('staging'), performance.now()];
    expect(state.health).toBe('Progressing');

    const { commit } = await project.write('rollback', 'staging');
    await argo.announce('staging');
    await argo.settles('staging', commit, 60);

    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(`           Healthy ${seconds.toFixed(1)} s after the rollback was asked for\n`);
    expect(seconds).toBeLessThan(60);
    expect(await waitingPods(world())).toEqual([]);
    expect(JSON.stringify(await world().imagesOf('staging', 'todo-backend-dep'))).not.toContain('@sha256:bad0');
  });

  step('fails for automation that brings it again, and nothing moves', async () => {
    const { project } = world();
    const tip = project.tip('staging');

    const { exitCode, stderr } = await project.portolan(
      [
        'promote',
        'staging',
        '--ops',
        project.url,
        '--image',
        `todo-backend=arkb2023/todo-backend:${bad}@${badDigest(1)}`,
      ],
      automatic,
    );

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`portolan: staging was not promoted`);
    expect(stderr).toContain('is not newer than');
    expect(stderr).toContain('portolan unhold staging');
    expect(project.tip('staging')).toBe(tip);
  });

  step('lets automation pass with a newer release, which ends the hold', async () => {
    const { argo, project } = world();

    const commit = await promote(project.commit(), goodDigest(2));
    await argo.announce('staging');
    await argo.settles('staging', commit);

    expect(Object.values(await world().imagesOf('staging', 'todo-backend-dep'))).toEqual([
      expect.stringContaining(goodDigest(2)),
    ]);
    expect((await project.portolan(['status', 'staging', '--ops', project.url])).stdout).not.toContain('held');
  });

  step('left alone it is seen as Degraded, and wait says so and how to go back', async () => {
    const { argo, project } = world();
    project.vary({ progressDeadlineSeconds: { staging: 10 } });
    await world().deliver('staging');

    const commit = await promote(project.commit(), badDigest(2));
    await argo.announce('staging');
    const { exitCode, stdout } = await project.portolan(['wait', 'staging', '--timeout', '90s', '--ops', project.url]);

    expect(exitCode).toBe(1);
    expect(stdout).toContain(`Deployment/${deployment}: exceeded its progress deadline: `);
    expect(stdout).toContain(`ImagePullBackOff: Back-off pulling image`);
    expect(stdout).toContain(
      `staging runs ${commit.slice(0, 12)} and is Degraded. To go back: npx portolan rollback staging`,
    );
    expect((await argo.state('staging')).health).toBe('Degraded');
  });

  step('a rollback mends that too', async () => {
    const { argo, project } = world();

    const { commit } = await project.write('rollback', 'staging');
    await argo.announce('staging');
    await argo.settles('staging', commit, 60);

    project.vary({ progressDeadlineSeconds: {} });
    await project.write('unhold', 'staging');
    await world().deliver('staging');
  });
}

/** Names of the pods of staging that wait for an image they cannot get. */
export async function waitingPods({ cluster }: World): Promise<readonly string[]> {
  const reasons = ['ImagePullBackOff', 'ErrImagePull'];
  return (await cluster.list('pods', 'staging'))
    .filter((pod) =>
      listAt(pod, 'status', 'containerStatuses').some((status) =>
        reasons.includes(textAt(status, 'state', 'waiting', 'reason')),
      ),
    )
    .map(({ metadata }) => metadata.name);
}
