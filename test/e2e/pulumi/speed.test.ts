import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { EngineWorld, patience } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';
import { plainProgram } from './engine/plain-program.ts';

jest.setTimeout(1_800_000);

/**
 * How much more processor time a preview may take than that of a program that declares the same and does nothing else. A platform that loads what it does not
 * use, rendering and the cluster's SDK and client, takes 1.15 at least; an environment uses them.
 */
const bars = [
  ['platform', 1.1],
  ['staging', 1.2],
] as const;

/** What GNU and BSD shells print of the time of a program and of all that it started and waited for. */
const seconds = /^(\d+\.\d+) (\d+\.\d+)$/m;

onTheEngine('the speed of a preview that finds nothing to do', () => {
  let world: EngineWorld;

  beforeAll(async () => {
    world = await EngineWorld.open();
    await world.make('platform', 'staging');
  }, patience);

  afterAll(async () => {
    await world.close();
  });

  /** Seconds of processor time of a preview, with its providers. @throws when it finds something to do */
  async function previewSeconds(folder: string, stack: string): Promise<number> {
    const { exitCode, stdout, stderr } = await execa(
      'bash',
      [
        '-c',
        `TIMEFORMAT='%U %S'; time pulumi preview --expect-no-changes --non-interactive --color=never --stack=${stack}`,
      ],
      { reject: false, extendEnv: false, cwd: folder, env: world.project.variables },
    );
    if (exitCode !== 0) throw new Error(`${folder}: ${stdout}\n${stderr}`);
    const [, user = '', system = ''] = seconds.exec(stderr) ?? [];
    return Number(user) + Number(system);
  }

  test.each(bars)('of %s takes at most %d of a program of the same resources', async (stack, atMost) => {
    const { stdout } = await world.project.pulumi(['stack', 'export', '--show-secrets', `--stack=${stack}`]);
    const plain = plainProgram(stdout, join(world.project.folder, `Pulumi.${stack}.yaml`));
    // What is bundled once per change is not counted.
    await previewSeconds(world.project.folder, stack);

    const ratios: number[] = [];
    for (let i = 0; i < 5 && (i < 2 || Math.min(...ratios) > atMost); i++)
      ratios.push((await previewSeconds(world.project.folder, stack)) / (await previewSeconds(plain, stack)));

    process.stdout.write(`  ${stack}: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}\n`);
    expect(Math.min(...ratios)).toBeLessThanOrEqual(atMost);
  });
});
