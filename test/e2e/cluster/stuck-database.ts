import { expect } from '@jest/globals';
import { execa } from 'execa';
import { textAt } from '../../../src/objects/fields-at.ts';
import { until } from '../../support/cluster.ts';
import { waitingPods } from './bad-release.ts';
import type { Step } from './phase.ts';
import { badDatabaseVersion, claimsOf, type World } from './world.ts';

const pod = 'staging-postgresql-db-0';

/** A bad image of the StatefulSet: its pod outlives a rollback, and somebody must say how it is freed. */
export function stuckDatabase(world: () => World, step: Step): void {
  let line = '';

  step('wait names the pod and the command that frees it', async () => {
    const { argo, project } = world();
    project.vary({ databaseVersion: { staging: badDatabaseVersion } });

    await project.publish('staging');
    await argo.announce('staging');
    await until('the pod waits for its image', 60, async () =>
      (await waitingPods(world())).includes(pod) ? true : undefined,
    );
    const { exitCode, stdout } = await project.portolan(['wait', 'staging', '--timeout', '3s', '--ops', project.url]);

    expect(exitCode).toBe(1);
    expect(stdout).toContain(`Pod/${pod}: ImagePullBackOff; a StatefulSet keeps such a pod even after a rollback`);
    line =
      stdout
        .split('\n')
        .find((text) => text.includes('kubectl'))
        ?.trim() ?? '';
    expect(line).toBe(`kubectl --context ${world().cluster.context} -n staging delete pod ${pod} --wait=false`);
  });

  step('the rollback names it too, and the pod stays stuck after it', async () => {
    const { argo, cluster, project } = world();

    const { commit, notices } = await project.write('rollback', 'staging');
    await argo.announce('staging');
    await until('the StatefulSet wants the good image again', 60, async () =>
      textAt(
        await cluster.get('statefulsets.apps', 'staging-postgresql-db', 'staging'),
        'spec',
        'template',
        'spec',
        'containers',
        0,
        'image',
      ) === 'postgres:18.1-trixie'
        ? true
        : undefined,
    );

    expect(notices).toContain(
      `a pod of the StatefulSet staging-postgresql-db may stay stuck; "kubectl delete pod ${pod} --namespace staging --wait=false" frees it`,
    );
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(await waitingPods(world())).toEqual([pod]);
    expect((await argo.state('staging')).revision).toBe(commit);
  });

  step('the printed line frees it, and its disk is the one it had', async () => {
    const { argo, cluster, project } = world();
    const claims = await cluster.uids('persistentvolumeclaims', 'staging');

    await execa('bash', ['-c', line]);
    await argo.settles('staging', project.tip('staging'), 60);

    expect(await cluster.uids('persistentvolumeclaims', 'staging')).toEqual(claims);
    expect([...claims.keys()].sort()).toEqual(claimsOf['staging']);
    project.vary({ databaseVersion: {} });
    await project.write('unhold', 'staging');
    await world().deliver('staging');
  });
}
