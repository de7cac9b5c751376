import { expect } from '@jest/globals';
import { listAt, textAt } from '../../../src/objects/fields-at.ts';
import { until } from '../../support/cluster.ts';
import { checkOut } from './first-sync.ts';
import type { Step } from './phase.ts';
import { automatic } from './promotion.ts';
import { badDigest, goodDigest, type World } from './world.ts';
import { timeout } from '../../support/long-enough.ts';

const deployment = 'staging-todo-backend-dep';

/** A build of the backend is promoted to staging by a machine. */
const promote = async ({ project }: World, commit: string, digest: string): Promise<string> =>
  (
    await project.write(
      'promote',
      'staging',
      ['--image', `todo-backend=arkb2023/todo-backend:${commit}@${digest}`],
      automatic,
    )
  ).commit;

/** A release whose image cannot be pulled: rolled back while it rolls out, left alone, and brought again by a machine. Its digests are numbered from `first`. */
export function badRelease(world: () => World, step: Step, first = 1): void {
  let bad = '';

  step('it rolls out and gets nowhere, and the pods before it keep running', async () => {
    const { engine, project } = world();
    bad = project.commit();

    const commit = await promote(world(), bad, badDigest(first));
    await engine.announce('staging');
    await engine.rollsOut('staging', commit);

    await until('a pod waits for the bad image', 30, async () =>
      (await waitingPods(world())).length > 0 ? true : undefined,
    );
    expect((await world().readyPods('staging'))['todo-backend']).toBe(1);
  });

  step('portolan rollback is Healthy within 60 seconds while the bad one is still rolling out', async () => {
    const { engine, project } = world();
    await engine.rollsOut('staging', project.tip('staging'), 0);
    const start = performance.now();

    const { commit } = await project.write('rollback', 'staging');
    await engine.announce('staging');
    await engine.settles('staging', commit, 60);

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
        `todo-backend=arkb2023/todo-backend:${bad}@${badDigest(first)}`,
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
    const { engine, project } = world();

    const commit = await promote(world(), project.commit(), goodDigest(first + 1));
    await engine.announce('staging');
    await engine.settles('staging', commit);

    expect(Object.values(await world().imagesOf('staging', 'todo-backend-dep'))).toEqual([
      expect.stringContaining(goodDigest(first + 1)),
    ]);
    expect((await project.portolan(['status', 'staging', '--ops', project.url])).stdout).not.toContain('held');
  });

  leftAlone(world, step, first);
}

/** A release whose image cannot be pulled, that nobody stops: it is given up, and a rollback mends that. */
function leftAlone(world: () => World, step: Step, first: number): void {
  step('left alone it is seen as Degraded, and wait says so and how to go back', async () => {
    const { engine, project } = world();
    project.vary({ progressDeadlineSeconds: { staging: 10 } });
    await deliverWithBootstrap(world());

    const commit = await promote(world(), project.commit(), badDigest(first + 1));
    await engine.announce('staging');
    const { exitCode, stdout } = await project.portolan(['wait', 'staging', timeout(90), '--ops', project.url]);

    expect(exitCode).toBe(1);
    expect(stdout).toContain(`Deployment/${deployment}: exceeded its progress deadline: `);
    expect(stdout).toContain(`ImagePullBackOff: Back-off pulling image`);
    expect(stdout).toContain(
      `staging runs ${commit.slice(0, 12)} and is Degraded. To go back: npx portolan rollback staging`,
    );
    expect(await engine.isDegraded('staging')).toBe(true);
  });

  step('a rollback mends that too', async () => {
    const { engine, project } = world();

    const { commit } = await project.write('rollback', 'staging');
    await engine.announce('staging');
    await engine.settles('staging', commit, 60);

    project.vary({ progressDeadlineSeconds: {} });
    await project.write('unhold', 'staging');
    await deliverWithBootstrap(world());
  });
}

/** Delivers staging and applies its bootstrap/: how long Flux waits for health follows from how long Kubernetes does. */
async function deliverWithBootstrap(world: World): Promise<void> {
  const { cluster, engine, project } = world;
  await world.deliver('staging');
  await cluster.run('apply', `--filename=${checkOut(world, 'staging', 'bootstrap/')}`);
  await engine.settles('staging', project.tip('staging'));
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
