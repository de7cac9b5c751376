import { expect } from '@jest/globals';
import { commitByHand } from '../../support/git.ts';
import type { Step } from './phase.ts';
import type { World } from './world.ts';

const file = 'manifests/the-project/service.staging-todo-app-svc.yaml';

/** Somebody forces a manifest onto the branch that cannot be applied. The next good commit must need no help. */
export function invalidManifest(world: () => World, step: Step): void {
  const force = (change: (text: string) => string): string => {
    const { project } = world();
    return commitByHand(
      project.ops,
      'env/staging',
      { [file]: change(project.files('staging').get(file)!) },
      'Quick fix',
    );
  };

  /** The good commit, and nothing else: no refresh, no sync, no deleted operation. */
  const mend = async (): Promise<void> => {
    const { engine, project } = world();
    const refused = await project.portolan(['publish', 'staging', '--ops', project.url]);
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(file) });

    const { commit } = await project.publish('staging', '--discard-edits');
    await engine.announce('staging');
    await engine.settles('staging', commit, 90);
  };

  step('one that the API server refuses is reported with its reason', async () => {
    const { engine, project } = world();

    const commit = force((text) => text.replace('port: 1234', 'port: 70000'));
    await engine.announce('staging');
    await engine.refuses('staging', commit);

    const wait = await project.portolan(['wait', 'staging', '--timeout', '3s', '--ops', project.url]);
    expect(wait).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining(`Service/staging-todo-app-svc: ${engine.refusal}: `),
    });
    expect(wait.stdout).toContain('spec.ports[0].port: Invalid value: 70000');
  });

  step('the next good commit syncs without help, while the bad one is still being tried', async () => {
    expect(await world().engine.keepsTrying('staging')).toBe(true);

    await mend();
  });

  step('one that is no YAML is reported with its file', async () => {
    const { engine, project } = world();

    const commit = force((text) => `${text}\t- {\n`);
    await engine.announce('staging');
    expect(await engine.refuses('staging', commit)).toContain(file.split('/').at(-1));

    const wait = await project.portolan(['wait', 'staging', '--timeout', '3s', '--ops', project.url]);
    expect(wait).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('service.staging-todo-app-svc.yaml') });
  });

  step('the next good commit syncs without help', mend);
}
