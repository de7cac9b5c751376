import { expect } from '@jest/globals';
import { execa } from 'execa';
import { fieldAt } from '../../../src/objects/fields-at.ts';
import { until } from '../../support/cluster.ts';
import { checkOut } from './first-sync.ts';
import type { Step } from './phase.ts';
import type { World } from './world.ts';

const deployment = 'staging-broadcaster-dep';
const budget = 'staging-broadcaster-dep';
const removed = 'the AppProject must allow PodDisruptionBudget.policy until Argo CD pruned the last one';

/** bootstrap/ of what the project renders now, written to a folder: what `pulumi up` would apply. */
async function rendered({ project }: World): Promise<string> {
  const folder = `${project.folder}/.portolan/rendered`;
  await project.answer(['synth', '--environment', 'staging', '--output', folder]);
  return `${folder}/staging/bootstrap/`;
}

const replicas = async ({ cluster }: World): Promise<unknown> =>
  fieldAt(await cluster.get('deployments.apps', deployment, 'staging'), 'spec', 'replicas');

/** What must come before the branch, what after it, and what becomes of it in the other order. */
export function order(world: () => World, step: Step): void {
  step('publishing an autoscaler before bootstrap/ is refused, and the 6 replicas run on', async () => {
    const { project } = world();
    const tip = project.tip('staging');
    project.vary({ autoscaledTo: { staging: 8 } });

    const { exitCode, stderr } = await project.portolan(['publish', 'staging', '--ops', project.url]);

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Argo CD would take spec.replicas of Deployment/${deployment} away: from 6 to 1 pod`);
    expect(stderr).toContain('run "pulumi up --stack staging" first, then write --bootstrap-applied');
    expect(project.tip('staging')).toBe(tip);
    expect(await replicas(world())).toBe(6);
  });

  step('with bootstrap/ first and --bootstrap-applied it goes through, and the 6 replicas run on', async () => {
    const { argo, cluster, project } = world();
    await cluster.run('apply', `--filename=${await rendered(world())}`);

    const { commit } = await project.publish('staging', '--bootstrap-applied');
    await argo.announce('staging');
    await argo.says(
      'staging',
      'has applied it',
      120,
      ({ revision, phase, sync }) => revision === commit && phase === 'Succeeded' && sync === 'Synced',
    );

    expect(await cluster.get('horizontalpodautoscalers.autoscaling', deployment, 'staging')).toBeDefined();
    expect(await replicas(world())).toBe(6);
  });

  step('fails for a way back to fewer pods than the autoscaler may have chosen', async () => {
    const { project } = world();
    const tip = project.tip('staging');
    project.vary({ autoscaledTo: {} });

    const { exitCode, stderr } = await project.portolan(['publish', 'staging', '--ops', project.url]);

    expect(exitCode).toBe(1);
    expect(stderr).toContain('the autoscaler that goes may have chosen 8');
    expect(project.tip('staging')).toBe(tip);
  });

  step('the way back comes in the other order: the branch first, then bootstrap/; and fewer pods later', async () => {
    const { argo, cluster, project } = world();
    project.vary({ autoscaledTo: {}, broadcasters: { staging: 8 } });

    const { commit, notices } = await project.publish('staging');
    await argo.announce('staging');
    await argo.says(
      'staging',
      'has applied it',
      120,
      ({ revision, phase }) => revision === commit && phase === 'Succeeded',
    );

    expect(notices[0]).toContain('says Healthy, not before');
    await cluster.run('apply', `--filename=${checkOut(world(), 'staging', 'bootstrap/')}`);
    await argo.settles('staging', commit, 120);
    // Until bootstrap/ says otherwise Argo CD leaves the number alone, and it compares again by itself.
    await until('8 pods are asked for', 90, async () => ((await replicas(world())) === 8 ? true : undefined));
    project.vary({ broadcasters: {} });
    await world().deliver('staging');
    expect(await replicas(world())).toBe(6);
  });

  step('the last object of a kind goes in two steps, status says which is next, and nothing is orphaned', async () => {
    const { argo, cluster, project } = world();
    project.vary({ maxUnavailable: { staging: 1 } });
    await cluster.run('apply', `--filename=${await rendered(world())}`);
    await world().deliver('staging');
    expect(await cluster.get('poddisruptionbudgets', budget, 'staging')).toBeDefined();
    project.vary({ maxUnavailable: {} });

    const { commit, notices } = await project.publish('staging');
    const before = await project.portolan(['status', 'staging', '--ops', project.url]);
    await argo.announce('staging');
    await argo.settles('staging', commit, 120);
    const after = await project.portolan(['status', 'staging', '--ops', project.url]);
    await cluster.run('apply', `--filename=${checkOut(world(), 'staging', 'bootstrap/')}`);

    expect(notices.join('\n')).toContain(removed);
    expect(before.stdout).toContain(`once it is pruned: ${removed}`);
    expect(after.stdout).toContain('now: Argo CD tracks nothing of PodDisruptionBudget.policy any more');
    expect(await cluster.get('poddisruptionbudgets', budget, 'staging')).toBeUndefined();
    expect(await project.portolan(['doctor', 'staging'])).toMatchObject({ exitCode: 0 });
  });

  step('in the other order the object is orphaned under Synced and Healthy, and only doctor finds it', async () => {
    const { cluster, project } = world();
    project.vary({ maxUnavailable: { staging: 1 } });
    await cluster.run('apply', `--filename=${await rendered(world())}`);
    await world().deliver('staging');
    project.vary({ maxUnavailable: {} });
    // What "kubectl apply" of the new bootstrap/ does before anything was published.
    await cluster.run('apply', `--filename=${await rendered(world())}`);
    await world().deliver('staging');

    try {
      const doctor = await project.portolan(['doctor', 'staging']);

      expect(await cluster.get('poddisruptionbudgets', budget, 'staging')).toBeDefined();
      expect(doctor.exitCode).toBe(1);
      expect(doctor.stdout).toContain(`✖ PodDisruptionBudget ${budget}: is orphaned`);
      const line = doctor.stdout.split('\n').find((one) => one.includes(' delete poddisruptionbudget'));
      await execa('bash', ['-c', line?.trim() ?? 'false']);
      expect(await project.portolan(['doctor', 'staging'])).toMatchObject({ exitCode: 0 });
    } finally {
      // An orphan would be there before the next phase makes it.
      await cluster.run('delete', 'poddisruptionbudgets', budget, '--namespace=staging', '--ignore-not-found');
    }
  });
}
