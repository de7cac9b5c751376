import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { EngineWorld, owner, patience } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';
import type { GitHubState } from './engine/played-github.ts';
import { Between } from './faults/between.ts';
import { comparable } from './faults/comparable.ts';
import { linesIn, mended } from './faults/mended.ts';
import { through } from './faults/through.ts';

jest.setTimeout(1_800_000);

const [before, now] = ['devops-kubernetes', 'todo-list'];
const made = ['platform', 'staging'] as const;

/** The block of docs/pulumi.md, line by line. */
const lines =
  /^## A repository has another name\n[^]*?^```sh\n([^]*?)^```/m
    .exec(readFileSync(resolve('docs/pulumi.md'), 'utf8'))?.[1]
    ?.trimEnd()
    .split('\n') ?? [];

onTheEngine('a repository that has another name at GitHub', () => {
  let world: EngineWorld;
  let between: Between;
  let kept: GitHubState;

  beforeAll(async () => {
    world = await EngineWorld.open();
    between = await Between.open(world.gitHub.address);
    through(between, world);
    await world.make(...made);
    kept = await world.gitHub.state();
    await world.gitHub.api('PATCH', `/repos/${owner}/${before}`, { name: now });
    between.lead(`${owner}/${before}`, `${owner}/${now}`);
  }, patience);

  afterAll(async () => {
    await between.close();
    await world.close();
  });

  test.each(made)('changes nothing in %s while the program has the old name, and is warned of', async (stack) => {
    const { changes, stdout } = await world.project.pulumi(['preview', '--refresh', `--stack=${stack}`]);

    expect(changes).toEqual([]);
    expect(stdout).toContain(`gh repo rename ${before} --repo ${owner}/${now}`);
  });

  test.each(made)('fails in %s where the program has the new one, and nothing is changed', async (stack) => {
    world.project.copy.edit('project.ts', (text) => text.replace(`onGitHub('${before}')`, `onGitHub('${now}')`));
    const refused = await world.project.pulumi(['preview', `--stack=${stack}`], { mayFail: true });

    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain(`repositories.${now}: this stack has it as ${before}`);
    expect(refused.changes.filter((change) => !/pulumi:providers|portolan:/.test(change))).toEqual([]);
  });

  test.each(made)(
    'is taken over by %s with the block of the guide, and the next update changes nothing',
    async (stack) => {
      const [forget = '', adopt = '', ...rest] = lines.map((line) => line.replace('platform', stack));
      const shell = (line: string) =>
        execa('bash', ['-euc', line], { cwd: world.project.folder, env: world.project.variables });
      for (const line of [`${forget} --yes`, adopt]) await shell(line);

      expect(rest).toEqual([`pulumi up --stack ${stack}`, `pulumi config rm portolan:adopt --stack ${stack}`]);
      // The stack of an environment asks for its generated password first.
      const refused = await world.project.pulumi(['preview', `--stack=${stack}`], { mayFail: true });
      for (const line of linesIn(refused)) await shell(line);
      const { changes } = await world.project.pulumi(['up', `--stack=${stack}`]);
      const written =
        /^create (?:portolan:|pulumi:|github:ActionsEnvironmentSecret |github:RepositoryVulnerabilityAlerts )/;

      expect(changes.filter((change) => !/^(?:import|update) /.test(change) && !written.test(change))).toEqual([]);
      expect(changes).toContain(
        { platform: `import github:Repository ${before}`, staging: 'import github:Branch staging' }[stack],
      );
      expect(await mended(world.project, stack, world.gitHub)).toEqual([]);
      const again = await world.project.pulumi(['up', `--stack=${stack}`]);

      expect(again.changes).toEqual([]);
      expect(again.stdout).not.toContain('gh repo rename');
    },
  );

  test('keeps at GitHub what it kept, under its new name', async () => {
    const renamed: unknown = JSON.parse(JSON.stringify(await world.gitHub.state()).replaceAll(now, before));

    expect(comparable(renamed)).toEqual(comparable(kept));
  });
});
