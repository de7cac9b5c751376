import { afterEach, describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Supply, Trigger } from '../../src/model/supply.ts';
import type { Run } from './runner/run.ts';
import { TodoWorld } from './runner/todo-world.ts';

const push: Trigger = { on: 'push', repository: 'devops-kubernetes', branches: ['main'] };

let world: TodoWorld | undefined;
afterEach(async () => world?.stop());

/** A world whose supply is another one, and whose stages nothing starts: what is built is looked at, and the program is not run. */
async function worldOf(change: Partial<Supply>): Promise<TodoWorld> {
  world = await TodoWorld.start((delivery): Delivery => ({
    ...delivery,
    supplies: delivery.supplies.map((supply) => ({ ...supply, triggers: [push], ...change })),
    stages: delivery.stages.map((stage) => ({ ...stage, triggers: [{ on: 'manual' }] })),
  }));
  return world;
}

const conclusions = (runs: readonly Run[]): readonly string[] =>
  runs.flatMap(({ file, jobs }) => Object.entries(jobs).map(([id, { conclusion }]) => `${file} ${id}: ${conclusion}`));

const check = (script: string): string =>
  `name: Test\non: workflow_call\npermissions: { contents: read }\njobs: { test: { runs-on: ubuntu-24.04, steps: [{ name: Test, run: "${script}" }] } }\n`;

describe('checks of a supply, run', () => {
  test('a build waits for a check, and is made once it has passed', async () => {
    const { source, github } = await worldOf({ checks: ['test'] });
    const commit = world!.push(source, 'main', { '.github/workflows/test.yaml': check('test -z \\"$GITHUB_TOKEN\\"') });

    expect(conclusions(await world!.settle())).toEqual([
      'portolan-deliver-images.yaml test: success',
      'portolan-deliver-images.yaml build: success',
    ]);
    expect(github.registry.digest(`arkb2023/todo-app:${commit}`)).toBeDefined();
  });

  test('nothing is built after a check that fails, that is not there, or that takes no calls', async () => {
    const { source, github } = await worldOf({ checks: ['test'] });
    const files = [
      { '.github/workflows/test.yaml': check('exit 3') },
      { '.github/workflows/test.yaml': check('true').replace('workflow_call', '{ push: { branches: [other] } }') },
      { '.github/workflows/test.yaml': null },
    ];

    for (const change of files) {
      const commit = world!.push(source, 'main', change);
      expect(conclusions(await world!.settle())).toEqual([
        'portolan-deliver-images.yaml test: failure',
        'portolan-deliver-images.yaml build: skipped',
      ]);
      expect(github.registry.digest(`arkb2023/todo-app:${commit}`)).toBeUndefined();
    }
  });
});

const dockerfile = 'the_project/todo_app/Dockerfile';
const event: Trigger = {
  on: 'dispatch',
  repository: 'devops-kubernetes',
  event: 'base-image',
  authentication: 'sender',
};
const nightly: Trigger = { on: 'schedule', cron: '30 3 * * *' };

describe('what starts a build, run', () => {
  test('an event of that name and a time of these build the default branch, and nothing else of the kind does', async () => {
    const { source, github } = await worldOf({ triggers: [event, nightly] });
    const built = () => github.registry.digest(`arkb2023/todo-app:${source.commit('refs/heads/main')!}`);

    world!.send(source, 'other');
    world!.strike(source, '0 4 * * *');
    world!.push(source, 'main', { [dockerfile]: 'FROM todo_app:1\n' });
    expect(conclusions(await world!.settle())).toEqual([]);
    expect(built()).toBeUndefined();
    for (const start of ['base-image', '30 3 * * *']) {
      world!.push(source, 'main', { [dockerfile]: `FROM todo_app:2 # ${start}\n` });
      if (start === 'base-image') world!.send(source, start);
      else world!.strike(source, start);
      expect(conclusions(await world!.settle())).toEqual(['portolan-deliver-images.yaml build: success']);
      expect(built()).toBeDefined();
    }
  });

  test.each([undefined, 'eve/devops-kubernetes'])(
    'a pull request is built and pushed nowhere, with no key in hand, also where it comes from the fork %s',
    async (fork) => {
      const pull: Trigger = { on: 'pullRequest', repository: 'devops-kubernetes', paths: ['the_project/**'] };
      const { source, github } = await worldOf({ triggers: [pull], checks: ['test'] });
      source.write('main', { '.github/workflows/test.yaml': check('true') });
      const from = fork === undefined ? {} : { fork };

      world!.propose(source, { branch: 'docs', files: { 'README.md': 'more\n' }, ...from });
      expect(conclusions(await world!.settle())).toEqual([]);
      world!.propose(source, { branch: 'good', files: { [dockerfile]: 'FROM todo_app:3\n' }, ...from });
      const [run, ...others] = await world!.settle();
      world!.propose(source, { branch: 'bad', files: { [dockerfile]: null }, ...from });
      const [failing] = await world!.settle();

      expect(others).toEqual([]);
      expect(conclusions([run!])).toEqual([
        'portolan-try-images.yaml test: success',
        'portolan-try-images.yaml build: success',
      ]);
      expect(run!.jobs['build']!.environment).toBeUndefined();
      expect(run!.jobs['build']!.steps.map(({ name }) => name)).toEqual([
        'Check out the source',
        'Set up Buildx',
        'Build todo-backend',
        'Build todo-app',
        'Build broadcaster',
      ]);
      expect(failing!.jobs['build']!.log).toContain('failed to read dockerfile: the_project/todo_app');
      for (const ref of ['refs/heads/main', 'refs/pull/2/head', 'refs/pull/2/merge'])
        expect(github.registry.digest(`arkb2023/todo-app:${source.commit(ref)!}`)).toBeUndefined();
    },
  );

  test('a stage that only an event starts is left alone by a push, and asked by the event', async () => {
    world = await TodoWorld.start((delivery): Delivery => ({
      ...delivery,
      supplies: delivery.supplies.map((supply) => ({ ...supply, triggers: [push, event] })),
      stages: delivery.stages.map((stage) => ({ ...stage, triggers: stage.name === 'staging' ? [event] : [] })),
      // Without its key the promotion ends before the program starts, which is looked at elsewhere.
      credentials: delivery.credentials.map((one) =>
        one.holder === 'portolan-promoter' ? { ...one, holder: 'nobody' } : one,
      ),
    }));

    world.push(world.source, 'main', { [dockerfile]: 'FROM todo_app:4\n' });
    expect(conclusions(await world.settle())).toEqual([
      'portolan-deliver-images.yaml build: success',
      'portolan-deliver-images.yaml promote-staging: skipped',
    ]);
    world.send(world.source, 'base-image');
    const runs = await world.settle();
    expect(conclusions(runs)).toEqual([
      'portolan-deliver-images.yaml build: success',
      'portolan-deliver-images.yaml promote-staging: failure',
    ]);
    expect(runs[0]!.jobs['promote-staging']!.log).toContain('no app is called nobody');
  });
});
