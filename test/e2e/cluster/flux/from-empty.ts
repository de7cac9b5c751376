import { expect } from '@jest/globals';
import type { Step } from '../phase.ts';
import { linesOf, type } from '../follow-page.ts';
import { environments, everyPod, type World } from '../world.ts';
import { makeReader, optionsOfFlux } from './turn.ts';

const page = 'docs/flux.md';

/** Lines that need a host, a program or a network that the tests have not; each is followed in another way, or by nobody. */
const notTyped = [
  'mkdir -p -m 700 ~/delivery-keys',
  "ssh-keygen -q -t ed25519 -N '' -C 'Flux, staging' -f ~/delivery-keys/flux-staging",
  "gh repo deploy-key add ~/delivery-keys/flux-staging.pub --repo me/the-project-ops --title 'Flux, staging'",
];

/** The page in docs is followed in a cluster that has Flux, and nothing of the environment. */
export function fromEmpty(world: () => World, step: Step): void {
  const typed = async (section: string): Promise<string> => {
    const lines = linesOf(page, section);
    const { project } = world();
    return type(
      world(),
      lines.filter((line) => !notTyped.includes(line)),
      { 'https://github.com/me/the-project-ops.git': project.url },
    );
  };

  step('there is nothing of it', async () => {
    const { argo, cluster, flux, project } = world();
    await cluster.clearEnvironments();
    await argo.trackBy(undefined);
    project.vary({ engine: 'flux' });
    world().engine = flux;

    for (const environment of environments) expect(await cluster.get('namespaces', environment)).toBeUndefined();
  });

  step('the page is typed up to what must exist before the first sync', async () => {
    await type(world(), optionsOfFlux(), {});
    await typed('3. One word');
    const [last, ...first] = linesOf(page, '4. What must exist').toReversed();
    expect(last).toBe('kubectl apply -f ops/bootstrap/');
    const { project } = world();
    const printed = await type(
      world(),
      first.toReversed().filter((line) => !notTyped.includes(line)),
      { 'https://github.com/me/the-project-ops.git': project.url },
    );

    expect(printed).toContain('kubectl create secret generic the-project-staging-ops --namespace flux-system');
    await makeReader(world(), 'staging');
    await type(world(), [last ?? ''], {});
  });

  step('the environment is Ready, and nothing is lacking', async () => {
    const said = await typed('5. Ready');

    expect(said).toContain('Synced and Healthy.');
    expect(said).toContain('Nothing is lacking for staging.');
    for (const kind of ['kustomization.kustomize', 'gitrepository.source'])
      expect(said).toContain(`${kind}.toolkit.fluxcd.io/the-project-staging`);
    expect(await world().flux.state('staging')).toMatchObject({
      ready: 'True',
      message: expect.stringMatching(/^Applied revision: env\/staging@sha1:[0-9a-f]{40}$/),
    });
    expect(await world().readyPods('staging')).toEqual(everyPod);
  });
}
