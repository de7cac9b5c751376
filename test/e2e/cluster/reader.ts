import { expect } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/git.ts';
import type { Step } from './phase.ts';
import { environments, type World } from './world.ts';
import { timeout } from '../../support/long-enough.ts';

const account = 'portolan-reader';

/** Pages of docs/ with the roles of such an account, by the engine that follows both environments. */
const roles = {
  argocd: ['docs/reader-role.yaml'],
  flux: ['docs/reader-role.yaml', 'docs/reader-role-flux.yaml'],
} as const;

/** The roles of docs/, bound to a service account of the cluster in the place of a user. */
const boundRoles = ({ engine }: World): string =>
  roles[engine.kind]
    .map((page) => readFileSync(page, 'utf8'))
    .join('---\n')
    .replaceAll(
      `{ apiGroup: rbac.authorization.k8s.io, kind: User, name: ${account} }`,
      `{ kind: ServiceAccount, name: ${account}, namespace: argocd }`,
    );

/** doctor, status and wait are run by an account that may do exactly what the roles in docs/ say. */
export function reader(world: () => World, step: Step): void {
  let kubeconfig = '';

  step('is bound to exactly the roles in docs, and may write nothing', async () => {
    const { cluster } = world();
    await cluster.kubectl(['create', 'serviceaccount', account, '--namespace=argocd']);
    const { exitCode, stderr } = await cluster.kubectl(['apply', '--filename=-'], { input: boundRoles(world()) });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const token = await cluster.run('create', 'token', account, '--namespace=argocd');

    kubeconfig = join(temporaryFolder(), 'kubeconfig');
    const known = JSON.parse(await cluster.run('config', 'view', '--raw', '--minify', '--output=json')) as object;
    const user = { name: account, user: { token } };
    const context = { cluster: (known as { clusters: { name: string }[] }).clusters[0]?.name, user: account };
    writeFileSync(
      kubeconfig,
      JSON.stringify({ ...known, users: [user], contexts: [{ name: cluster.context, context }] }),
      { mode: 0o600 },
    );

    const may = async (...args: readonly string[]): Promise<string> =>
      (await cluster.kubectl(['--kubeconfig', kubeconfig, 'auth', 'can-i', ...args])).stdout;
    expect(await may('list', 'pods', '--namespace=staging')).toBe('yes');
    expect(await may('list', 'secrets', '--namespace=staging')).toBe('no');
    expect(await may('delete', 'pods', '--namespace=staging')).toBe('no');
    expect(await may('patch', 'applications.argoproj.io', '--namespace=argocd')).toBe('no');
    expect(await may('patch', 'kustomizations.kustomize.toolkit.fluxcd.io', '--namespace=flux-system')).toBe('no');
  });

  step('doctor, wait and status say the same as to an administrator, and are refused nothing', async () => {
    const { project } = world();
    for (const environment of environments) {
      const calls = [
        ['doctor', environment],
        ['wait', environment, timeout(30), '--ops', project.url],
        ['status', environment, '--ops', project.url],
      ];
      for (const call of calls) {
        const asReader = await project.portolan(call, { KUBECONFIG: kubeconfig });

        expect({ call, exitCode: asReader.exitCode, refused: /\(40[13]\)|not asked/.test(asReader.stdout) }).toEqual({
          call,
          exitCode: 0,
          refused: false,
        });
      }
    }
  });

  step('fails with the request that was refused when one right is taken away, and all else is still told', async () => {
    const { cluster, engine, project } = world();
    await cluster.run('delete', 'clusterrolebinding', account);
    try {
      const { exitCode, stdout } = await project.portolan(['doctor', 'staging'], { KUBECONFIG: kubeconfig });

      expect(exitCode).toBe(1);
      expect(stdout).toContain(
        `✖ the nodes: cannot be looked at: the account of context "${cluster.context}" may not list Node`,
      );
      expect(stdout).toContain(`✔ ${engine.watched('staging').replace('/', ' ')}`);
    } finally {
      await cluster.kubectl(['delete', '--ignore-not-found', '--filename=-'], { input: boundRoles(world()) });
      await cluster.kubectl(['delete', 'serviceaccount', account, '--namespace=argocd']);
    }
  });
}
