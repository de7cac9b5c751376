import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sample from '../../../examples/go-sample-app/project.ts';
import { patience } from './engine/engine-world.ts';
import { ExampleWorld } from './engine/example-world.ts';
import { onTheEngine } from './engine/needs.ts';
import type { Hooks } from './faults/hooks.ts';
import { mended } from './faults/mended.ts';

onTheEngine('a webhook that the state of a toolchain lost', () => {
  let world: ExampleWorld;

  beforeAll(async () => {
    world = await ExampleWorld.open('go-sample-app', sample);
    await world.makeAdopted();
    for (const stack of ['platform', 'build']) {
      await world.init(stack);
      await world.each([stack], 'up');
    }
  }, patience);

  afterAll(async () => {
    await world.close();
  });

  const hooks = async (): Promise<Hooks> => (await world.gitHub.state())['hooks'] as Hooks;

  test('is taken over with the line that the preview says, and signs again with what the listener has', async () => {
    const { project, gitHub } = world;
    const made = await hooks();
    const [hook] = made['acme/go-sample-app'] ?? [];
    const { stdout } = await project.pulumi(['stack', '--show-urns', '--stack=build']);
    const urn = /urn:\S+RepositoryWebhook::\S+/.exec(stdout)?.[0] ?? '';
    await project.pulumi(['state', 'delete', urn, '--yes', '--stack=build']);
    // Somebody gave it another word, which GitHub tells to nobody.
    await gitHub.set({
      hooks: { 'acme/go-sample-app': [{ ...hook, config: { ...hook?.config, secret: 'another-word' } }] },
    });

    expect(hook?.config['secret']).toMatch(/^\S{20,}$/);
    expect(await mended(project, 'build', gitHub)).toEqual([]);
    expect(await hooks()).toEqual(made);
  });
});
