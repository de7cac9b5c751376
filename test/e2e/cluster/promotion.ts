import { expect } from '@jest/globals';
import { noteLatency, type Step } from './phase.ts';
import { environments, everyPod, goodDigest, type World } from './world.ts';

/** What differs between one promotion of a life of both environments and the next. */
export interface Promoted {
  /** Number of the digest that is promoted. */
  readonly digest: number;
  /** Tag under which production gets it. */
  readonly tag: string;
  /** Image that production runs before. */
  readonly before: string;
}

export const firstPromotion: Promoted = { digest: 1, tag: 'v5.0.0', before: 'arkb2023/todo-app:v4.9.9' };
export const secondPromotion: Promoted = {
  digest: 11,
  tag: 'v5.1.0',
  before: `arkb2023/todo-app:v5.0.0@${goodDigest(1)}`,
};

/** One image moves: it reaches the pods of staging, and nothing else anywhere. */
export function promotion(world: () => World, step: Step, { digest, tag, before: was }: Promoted): void {
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
    image = `arkb2023/todo-app:${commit}@${goodDigest(digest)}`;

    const first = await project.write('promote', 'staging', ['--image', `todo-app=${image}`], automatic);
    const second = await project.write('promote', 'staging', ['--image', `todo-app=${image}`], automatic);

    expect(first).toMatchObject({ outcome: 'updated', commit: project.tip('staging'), notices: [] });
    expect(second).toMatchObject({ outcome: 'unchanged', commit: first.commit });
    expect(project.tip('production')).toBe(production);
  });

  step('its pods run it, and no other pod of staging was touched', async () => {
    const { engine, project } = world();

    await engine.announce('staging');
    noteLatency(
      engine.title,
      'a word that there is something new',
      await engine.settles('staging', project.tip('staging')),
    );

    expect(await world().imagesOf('staging', 'todo-app-dep')).toEqual({
      'todo-app-container': image,
      'todo-backend-fetcher': image,
    });
    const after = await pods('staging');
    const changed = [...before['staging']!]
      .filter(([name, uid]) => after.get(name) !== uid)
      .map(([name]) => name.replace(/-[a-z0-9]+-[a-z0-9]+$/, ''));
    expect(changed).toEqual(['Pod/staging-todo-app-dep']);
    expect(await world().readyPods('staging')).toEqual(everyPod);
  });

  step('production keeps its release and its pods', async () => {
    const { engine, project } = world();

    await engine.announce('production');
    await engine.settles('production', project.tip('production'));

    expect(await world().imagesOf('production', 'todo-app-dep')).toEqual({
      'todo-app-container': was,
      'todo-backend-fetcher': was,
    });
    expect(await pods('production')).toEqual(before['production']);
  });

  step('what staging verified reaches the pods of production under its tag: the same bits', async () => {
    const { engine, project } = world();

    const { commit: tip } = await project.write('promote', 'production', ['--from', 'staging', '--git-tag', tag]);
    await engine.announce('production');
    await engine.settles('production', tip);

    const promoted = `arkb2023/todo-app:${tag}@${goodDigest(digest)}`;
    expect(await world().imagesOf('production', 'todo-app-dep')).toEqual({
      'todo-app-container': promoted,
      'todo-backend-fetcher': promoted,
    });
    // Without a digest it goes on under the tag that exists: no registry has the new one.
    const backend = Object.entries(await world().imagesOf('staging', 'todo-backend-dep'));
    expect(await world().imagesOf('production', 'todo-backend-dep')).toEqual(
      Object.fromEntries(backend.map(([name, it]) => [name, it.replace(/:[^:@]+(@sha256:\w+)$/, `:${tag}$1`)])),
    );
  });
}

/** The environment of a workflow's run. */
export const automatic = { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'someone' } as const;
