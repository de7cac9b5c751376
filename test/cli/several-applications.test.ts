import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(300_000);

const root = resolve(import.meta.dirname, '..', '..');
const images = ['todo-app', 'todo-backend', 'broadcaster'];

/** The program of the copy gets a second application. */
function withLamp(copy: ProjectCopy): void {
  renameSync(join(copy.folder, 'project.ts'), join(copy.folder, 'one.ts'));
  const lamp = readFileSync(join(root, 'scripts', 'two-applications.ts'), 'utf8').replaceAll("'../src/", "'./src/");
  writeFileSync(join(copy.folder, 'two-applications.ts'), lamp);
  writeFileSync(
    join(copy.folder, 'project.ts'),
    [
      "import one from './one.ts';",
      "export { ownSettings } from './one.ts';",
      "import type { Settings } from './src/model/settings/settings.ts';",
      "import { withLamp } from './two-applications.ts';",
      "export default (settings: Settings) => withLamp(one(settings), 'broadcaster');",
    ].join('\n'),
  );
  copy.commit('A lamp');
}

describe('the commands, where an environment has several applications', () => {
  let copy: ProjectCopy;

  beforeAll(async () => {
    copy = new ProjectCopy();
    expect(await copy.run(['start'])).toMatchObject({ code: 0 });
    withLamp(copy);
  });

  test('move what is there with one publish, and speak of all of them together', async () => {
    expect(await copy.said('check')).toMatchObject({ code: 0 });
    const { code, text } = await copy.said('publish', 'staging');
    expect([code, text]).toEqual([0, expect.stringMatching(/app\/staging\/the-project created/)]);
    expect(text).toMatch(/app\/staging\/lamp created/);
    expect(text).toMatch(/env\/staging updated/);

    expect(await copy.said('diff', 'staging', '--exit-code')).toMatchObject({ code: 0 });
    expect(await copy.json('verify', 'staging')).toMatchObject({
      environment: 'staging',
      units: [{ differing: [] }, { application: 'the-project', differing: [] }, { application: 'lamp', differing: [] }],
    });
    expect(await copy.json('status', 'staging', '--no-cluster')).toMatchObject({
      environments: [
        { environment: 'staging', branch: 'env/staging' },
        { environment: 'staging', application: 'the-project', branch: 'app/staging/the-project' },
        { environment: 'staging', application: 'lamp', branch: 'app/staging/lamp' },
      ],
    });
    const { lines } = (await copy.json('history', 'staging')) as { lines: readonly { application?: string }[] };
    expect(new Set(lines.map(({ application }) => application))).toEqual(new Set([undefined, 'the-project', 'lamp']));
    const graph = (await copy.json('graph')) as { harbours: readonly { place: string; release?: string }[] };
    expect(graph.harbours.find(({ place }) => place.endsWith('namespace staging'))?.release).toMatch(
      /^the-project \w+, lamp \w+$/,
    );
  });

  test('change the one that --application names', async () => {
    const sha = 'b'.repeat(40);
    const lamp = ['--application', 'lamp'];
    const build = [
      '--image',
      `lamp=arkb2023/broadcaster:${sha}`,
      '--source-commit',
      sha,
      '--no-resolve',
      '--allow-older',
    ];

    const { code, text } = await copy.said('promote', 'staging', ...lamp, ...build);
    expect([code, text]).toEqual([0, expect.stringContaining('app/staging/lamp updated at')]);
    expect(text).toContain('To go back: npx portolan rollback staging --application lamp');
    const lineOf = (enabled: string): string =>
      `kubectl -n argocd patch application the-project-staging-lamp --type merge -p '{"spec":{"syncPolicy":{"automated":{"enabled":${enabled}}}}}'`;
    expect(await copy.json('hold', 'staging', ...lamp, '--reason', 'wait', '--suspend')).toMatchObject({
      branch: 'app/staging/lamp',
      lines: [lineOf('false')],
    });
    expect(await copy.json('unhold', 'staging', ...lamp, '--resume')).toMatchObject({
      application: 'lamp',
      outcome: 'updated',
      lines: [lineOf('null')],
    });
    expect(await copy.json('rollback', 'staging', ...lamp)).toMatchObject({
      branch: 'app/staging/lamp',
      outcome: 'updated',
    });
    expect(await copy.said('diff', 'staging', ...lamp, '--exit-code')).toMatchObject({ code: 0 });
  });

  test('fail until it is named, and name those that there are', async () => {
    const lists = 'staging has several applications\n    next: write --application with one of: the-project, lamp';

    for (const args of [
      ['promote', 'staging', ...images.flatMap((name) => ['--image', `${name}=arkb2023/${name}:v1`])],
      ['rollback', 'staging'],
      ['hold', 'staging', '--reason', 'wait'],
      ['unhold', 'staging'],
    ])
      expect(await copy.said(...args)).toMatchObject({ code: 1, text: expect.stringContaining(lists) });
    expect(await copy.said('history', 'staging', '--application', 'lmap')).toMatchObject({
      code: 1,
      text: expect.stringContaining('staging has no application "lmap"'),
    });
  });
});
