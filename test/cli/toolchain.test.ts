import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(300_000);

/** The program of the copy gets a toolchain, which moves its last stage. */
function withTools(copy: ProjectCopy): void {
  renameSync(join(copy.folder, 'project.ts'), join(copy.folder, 'one.ts'));
  writeFileSync(
    join(copy.folder, 'project.ts'),
    `import one from './one.ts';
export { ownSettings } from './one.ts';
import type { Settings } from './src/model/settings/settings.ts';
export default (settings: Settings) => {
  const delivery = one(settings);
  const last = delivery.stages.at(-1)!;
  const { cluster } = delivery.environments.find(({ name }) => name === last.environment)!;
  const push = delivery.credentials.filter(
    ({ purpose, store }) => purpose === 'gitPush' && store.kind === 'githubActions' && store.environment === last.environment,
  );
  return {
    ...delivery,
    credentials: [...delivery.credentials, ...push.map((it) => ({ ...it, name: 'tools-' + it.name, store: { ...it.store, environment: 'tools' } }))],
    stages: delivery.stages.map((stage) => (stage === last ? { ...stage, toolchain: 'tools' } : stage)),
    toolchains: [
      {
        name: 'tools',
        cluster,
        namespace: 'tools',
        namespaces: ['builds'],
        credentials: [],
        objects: [
          { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'limits', namespace: 'builds' }, data: { size: 'small' } },
        ],
        gate: { kind: 'pullRequest', approvals: last.gate.approvals ?? 1, approvers: last.gate.approvers ?? last.gate.taggers, checks: last.gate.checks ?? [] },
        write: { ...last.write, mode: 'pullRequest', branch: 'env/tools' },
        engine: last.engine,
      },
    ],
  };
};
`,
  );
  writeFileSync(join(copy.folder, 'Pulumi.tools.yaml'), 'config: {}\n');
  copy.commit('A toolchain');
}

describe('the commands, for a toolchain', () => {
  let copy: ProjectCopy;

  beforeAll(async () => {
    copy = new ProjectCopy();
    withTools(copy);
    expect(await copy.said('workflows', '--write')).toMatchObject({ text: expect.stringContaining('wrote') });
    copy.commit('The workflows of it');
  });

  test('speak of it as of an environment', async () => {
    expect(await copy.said('check')).toEqual({ code: 0, text: expect.stringContaining('tools 5 objects') });
    expect(await copy.said('synth')).toMatchObject({ code: 0 });
    expect(existsSync(join(copy.folder, 'dist', 'tools', 'manifests', 'tools', 'configmap.limits@builds.yaml'))).toBe(
      true,
    );
    expect(await copy.said('publish', 'tools')).toMatchObject({
      code: 0,
      text: expect.stringContaining('env/tools created'),
    });

    expect(await copy.said('diff', 'tools', '--exit-code')).toMatchObject({ code: 0 });
    expect(await copy.json('verify', 'tools')).toMatchObject({ environment: 'tools', differing: [] });
    expect(await copy.json('status', 'tools', '--no-cluster')).toMatchObject({
      environments: [{ environment: 'tools', branch: 'env/tools', waiting: [] }],
    });
    expect(await copy.said('history', 'tools')).toMatchObject({ code: 0, text: expect.stringContaining('program') });
    const { harbours } = (await copy.json('graph')) as { harbours: readonly { place: string }[] };
    expect(harbours.map(({ place }) => place)).toContainEqual(expect.stringMatching(/namespace tools$/));
    expect(await copy.said('rollback', 'tools')).toMatchObject({ code: 1 });
    expect(await copy.said('hold', 'tools', '--reason', 'a look')).toMatchObject({ code: 0 });
  });

  test('fail to promote to it', async () => {
    expect(await copy.said('promote', 'tools', '--image', 'a=b:c')).toEqual({
      code: 1,
      text: expect.stringContaining('tools is a toolchain, which has no release'),
    });
  });
});
