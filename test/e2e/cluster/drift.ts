import { expect } from '@jest/globals';
import { fieldAt } from '../../../src/objects/fields-at.ts';
import { until } from '../../support/cluster.ts';
import type { Step } from './phase.ts';
import { claimsOf, type World } from './world.ts';

/** What people change in the cluster comes back; what is no longer rendered goes, data apart. */
export function drift(world: () => World, step: Step): void {
  step('a deleted Service, a scaled Deployment and an edited ConfigMap are healed without help', async () => {
    const { cluster, engine, project } = world();
    const service = (await cluster.get('services', 'staging-todo-app-svc', 'staging'))?.metadata;
    await cluster.run('delete', 'service', 'staging-todo-app-svc', '--namespace=staging');
    await cluster.run('scale', 'deployment', 'staging-todo-backend-dep', '--replicas=0', '--namespace=staging');
    await cluster.run(
      'patch',
      'configmap',
      'staging-todo-backend-config',
      '--namespace=staging',
      '--type=merge',
      '--patch={"data":{"LOG_LEVEL":"ERROR"}}',
    );

    await until('all three are as they were', 90, async () => {
      const [live, backend, config] = [
        await cluster.get('services', 'staging-todo-app-svc', 'staging'),
        await cluster.get('deployments.apps', 'staging-todo-backend-dep', 'staging'),
        await cluster.get('configmaps', 'staging-todo-backend-config', 'staging'),
      ];
      return live !== undefined &&
        fieldAt(backend, 'status', 'readyReplicas') === 1 &&
        fieldAt(config, 'data', 'LOG_LEVEL') === 'DEBUG'
        ? true
        : undefined;
    });

    expect((await cluster.get('services', 'staging-todo-app-svc', 'staging'))?.metadata).not.toMatchObject({
      uid: fieldAt(service, 'uid'),
    });
    await engine.settles('staging', project.tip('staging'));
  });

  step('a claim that is no longer rendered is announced, and stays with its volume', async () => {
    const { cluster, engine, project } = world();
    const before = await cluster.uids('persistentvolumeclaims', 'staging');
    const volume = await cluster.get('persistentvolumes', 'staging-local-pv');
    project.vary({ withoutClaims: { staging: true } });
    const { exitCode, stderr } = await project.portolan(['publish', 'staging', '--ops', project.url]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(
        'what holds data would be removed: PersistentVolume/staging-local-pv, PersistentVolumeClaim/staging-local-pv-claim',
      ),
    });

    const { commit, removals } = await project.publish('staging', ...allowances(stderr));
    await engine.announce('staging');
    await engine.applies('staging', commit);

    expect(removals.map(({ object }) => object).sort()).toEqual([
      ...engine.limitsOfCluster('staging'),
      'PersistentVolume/staging-local-pv',
      'PersistentVolumeClaim/staging-local-pv-claim',
    ]);
    expect(await cluster.uids('persistentvolumeclaims', 'staging')).toEqual(before);
    expect([...before.keys()].sort()).toEqual(claimsOf['staging']);
    expect(fieldAt(await cluster.get('persistentvolumes', 'staging-local-pv'), 'metadata', 'uid')).toBe(
      fieldAt(volume, 'metadata', 'uid'),
    );
  });

  step('rendered again, it is taken up as it is', async () => {
    const { cluster, project } = world();
    const before = await cluster.uids('persistentvolumeclaims', 'staging');

    project.vary({ withoutClaims: {} });
    await world().deliver('staging');

    expect(await cluster.uids('persistentvolumeclaims', 'staging')).toEqual(before);
  });
}

/** The options that a refusal says to write. */
const allowances = (refusal: string): readonly string[] =>
  [...refusal.matchAll(/--allow-removal \S+/g)].flatMap(([option]) => option.split(' '));
