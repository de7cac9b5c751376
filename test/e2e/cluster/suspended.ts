import { expect } from '@jest/globals';
import { execa } from 'execa';
import { fieldAt } from '../../../src/objects/fields-at.ts';
import { until } from '../../support/cluster.ts';
import type { Step } from './phase.ts';
import type { World } from './world.ts';

const deployment = 'staging-broadcaster-dep';
const config = 'staging-todo-backend-config';

/** The engine is told to leave staging alone, with the line that `hold` prints, and to go on. */
export function suspended(world: () => World, step: Step): void {
  let commit = '';
  let line = '';

  const note = async (): Promise<boolean> => {
    const live = await world().cluster.get('deployments.apps', deployment, 'staging');
    return JSON.stringify(live?.['spec']).includes('E2E_NOTE');
  };
  const level = async (): Promise<unknown> =>
    fieldAt(await world().cluster.get('configmaps', config, 'staging'), 'data', 'LOG_LEVEL');

  step(
    'while it is suspended neither a commit nor an edit by hand is answered, and status and wait say so',
    async () => {
      const { cluster, engine, project } = world();
      const held = (await project.write('hold', 'staging', ['--reason', 'by hand', '--suspend'])) as unknown;
      const { lines } = held as { readonly lines: readonly [string] };
      expect(lines).toHaveLength(1);
      await execa('bash', ['-c', lines[0]]);
      await project.write('unhold', 'staging');
      project.vary({ note: { staging: 'while suspended' } });
      commit = (await project.publish('staging')).commit;
      await cluster.run(
        'patch',
        'configmap',
        config,
        '--namespace=staging',
        '--type=merge',
        '--patch={"data":{"LOG_LEVEL":"ERROR"}}',
      );
      await engine.announce('staging');

      const wait = await project.portolan(['wait', 'staging', '--timeout', '6s', '--ops', project.url]);
      const status = await project.portolan(['status', 'staging', '--ops', project.url]);

      expect(wait).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('Suspended') });
      expect(status.stdout).toContain('Suspended');
      expect([await note(), await level()]).toEqual([false, 'ERROR']);
      const unheld = (await project.write('unhold', 'staging', ['--resume'])) as unknown;
      line = (unheld as { readonly lines: readonly [string] }).lines[0];
    },
  );

  step(
    'the line that unhold prints resumes it: the commit is applied and the edit undone without further help',
    async () => {
      const { engine, project } = world();

      await execa('bash', ['-c', line]);
      await engine.settles('staging', commit);

      await until('both are as the branch says', 90, async () =>
        (await note()) && (await level()) === 'DEBUG' ? true : undefined,
      );
      expect((await project.portolan(['status', 'staging', '--ops', project.url])).stdout).not.toContain('Suspended');
      project.vary({ note: {} });
      await world().deliver('staging');
      expect(await note()).toBe(false);
    },
  );
}
