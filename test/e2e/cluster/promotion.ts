import { expect } from '@jest/globals';
import type { Step } from './phase.ts';
import { environments, goodDigest, type World } from './world.ts';

/** One image moves: it reaches the pods of staging, and nothing else anywhere. */
export function promotion(world: () => World, step: Step): void {
  let commit = '';
  let image = '';
  const pods = async (environment: string): Promise<ReadonlyMap<string, string>> =>
    world().cluster.uids('pods', environment);
  const before: Record<string, ReadonlyMap<string, string>> = {};

  step('a build of one image is promoted to staging, once', async () => {
    const { project } = world();
    for (const environment of environments) before[environment] = await pods(environment);
    const production = project.tip('production');
    commit = project.commit();
    image = `arkb2023/todo-app:${commit}@${goodDigest(1)}`;

    const first = await project.write('promote', 'staging', ['--image', `todo-app=${image}`], automatic);
    const second = await project.write('promote', 'staging', ['--image', `todo-app=${image}`], automatic);

    expect(first).toMatchObject({ outcome: 'updated', commit: project.tip('staging'), notices: [] });
    expect(second).toMatchObject({ outcome: 'unchanged', commit: first.commit });
    expect(project.tip('production')).toBe(production);
  });

  step('its pods run it, and no other pod of staging was touched', async () => {
    const { argo, project } = world();

    await argo.announce('staging');
    await argo.settles('staging', project.tip('staging'));

    expect(await world().imagesOf('staging', 'todo-app-dep')).toEqual({
      'todo-app-container': image,
      'todo-backend-fetcher': image,
    });
    const after = await pods('staging');
    const changed = [...before['staging']!]
      .filter(([name, uid]) => after.get(name) !== uid)
      .map(([name]) => name.replace(/-[a-z0-9]+-[a-z0-9]+$/, ''));
    expect(changed).toEqual(['Pod/staging-todo-app-dep']);
    expect(await world().readyPods('staging')).toEqual({
      'todo-app': 1,
      'todo-backend': 1,
      broadcaster: 6,
      nats: 1,
      'postgresql-db': 1,
    });
  });

  step('production keeps its release and its pods', async () => {
    const { argo, project } = world();

    await argo.announce('production');
    await argo.settles('production', project.tip('production'));

    expect(await world().imagesOf('production', 'todo-app-dep')).toEqual({
      'todo-app-container': 'arkb2023/todo-app:v4.9.9',
      'todo-backend-fetcher': 'arkb2023/todo-app:v4.9.9',
    });
    expect(await pods('production')).toEqual(before['production']);
  });

  step('what staging verified reaches the pods of production under its tag: the same bits', async () => {
    const { argo, project } = world();

    const { commit: tip } = await project.write('promote', 'production', ['--from', 'staging', '--git-tag', 'v5.0.0']);
    await argo.announce('production');
    await argo.settles('production', tip);

    const promoted = `arkb2023/todo-app:v5.0.0@${goodDigest(1)}`;
    expect(await world().imagesOf('production', 'todo-app-dep')).toEqual({
      'todo-app-container': promoted,
      'todo-backend-fetcher': promoted,
    });
    // Without a digest it goes on under the tag that exists: no registry has the new one.
    expect(await world().imagesOf('production', 'todo-backend-dep')).toEqual(
      await world().imagesOf('staging', 'todo-backend-dep'),
    );
  });
}

/** The environment of a workflow's run. */
export const automatic = { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'someone' } as const;
