import { afterAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Trigger } from '../../../src/model/supply.ts';
import { TodoWorld } from '../../workflows/runner/todo-world.ts';

const event: Trigger = {
  on: 'dispatch',
  repository: 'devops-kubernetes',
  event: 'base-image',
  authentication: 'sender',
};

let world: TodoWorld | undefined;
afterAll(async () => world?.stop());

test('an event that starts a supply and a stage is built from the default branch, and reaches the stage with its digests', async () => {
  world = await TodoWorld.start((delivery) => ({
    ...delivery,
    supplies: delivery.supplies.map((supply) => ({ ...supply, triggers: [event] })),
    stages: delivery.stages.map((stage) => ({
      ...stage,
      triggers: stage.name === 'staging' ? [event] : stage.triggers,
    })),
  }));
  const commit = world.push(world.source, 'main', { 'the_project/todo_app/Dockerfile': 'FROM todo_app:5\n' });
  expect(await world.settle()).toEqual([]);

  world.send(world.source, 'base-image');
  const [run, ...others] = await world.settle();

  expect(others).toEqual([]);
  expect(Object.values(run!.jobs).map(({ conclusion, log }) => (conclusion === 'success' ? conclusion : log))).toEqual([
    'success',
    'success',
  ]);
  const { applications } = parse(world.published('staging', 'release.yaml')) as {
    applications: Record<string, { images: Record<string, { tag: string; digest: string }> }>;
  };
  expect(applications['the-project']!.images['todo-app']).toMatchObject({
    tag: commit,
    digest: world.github.registry.digest(`arkb2023/todo-app:${commit}`),
  });
});
