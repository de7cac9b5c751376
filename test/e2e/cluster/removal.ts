import { expect } from '@jest/globals';
import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { textAt } from '../../../src/objects/fields-at.ts';
import { commitByHand } from '../../support/git.ts';
import { checkOut } from './first-sync.ts';
import type { Step } from './phase.ts';
import { claimsOf, type World } from './world.ts';
import { timeout } from '../../support/long-enough.ts';

/** Everything of a namespace that an engine made, or that came of it; claims apart. */
const workloads = [
  'deployments.apps,statefulsets.apps,replicasets.apps,cronjobs.batch,jobs.batch,pods',
  'services,configmaps,networkpolicies.networking.k8s.io,ingressroutes.traefik.io,middlewares.traefik.io',
].join();

/** A file that somebody forces onto the branch, with a Service that no API server takes. */
const bad = 'manifests/the-project/bad.yaml';

/** What an engine is watched by is deleted, and everything that it applied with it; what holds data stays, and is found again. */
export function deletion(world: () => World, step: Step): void {
  step(
    'deleting what the engine is watched by ends, removes the workloads, and keeps claims, volumes, Secrets and the Namespace',
    async () => {
      const { cluster, engine } = world();
      const claims = await cluster.uids('persistentvolumeclaims', 'staging');
      const volume = textAt(await cluster.get('persistentvolumes', 'staging-local-pv'), 'metadata', 'uid');

      await engine.remove('staging');

      expect(
        (await cluster.list(workloads, 'staging'))
          .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
          .filter((identity) => identity !== 'ConfigMap/kube-root-ca.crt'),
      ).toEqual([]);
      expect([...claims.keys()].sort()).toEqual(claimsOf['staging']);
      expect(await cluster.uids('persistentvolumeclaims', 'staging')).toEqual(claims);
      expect(
        (await cluster.list('persistentvolumeclaims', 'staging')).map((claim) => textAt(claim, 'status', 'phase')),
      ).toEqual(['Bound', 'Bound']);
      expect(textAt(await cluster.get('persistentvolumes', 'staging-local-pv'), 'metadata', 'uid')).toBe(volume);
      expect(await cluster.get('secrets', 'staging-postgres-db-secret', 'staging')).toBeDefined();
      expect(textAt(await cluster.get('namespaces', 'staging'), 'status', 'phase')).toBe('Active');
    },
  );

  step('applying bootstrap/ again brings them back onto the same disks', async () => {
    const { engine, cluster, project } = world();
    const claims = await cluster.uids('persistentvolumeclaims', 'staging');

    await cluster.run('apply', `--filename=${checkOut(world(), 'staging', 'bootstrap/')}`);
    await engine.settles('staging', project.tip('staging'), 90);

    expect(await cluster.uids('persistentvolumeclaims', 'staging')).toEqual(claims);
  });
}

/** An environment is taken away: its Application first, then everything. Both must end by themselves. */
export function removal(world: () => World, step: Step): void {
  deletion(world, step);

  step('while a sync keeps failing, the lines of the runbook remove the Application', async () => {
    const { argo, cluster, project } = world();
    const commit = commitByHand(project.ops, 'env/staging', {
      [bad]: 'apiVersion: v1\nkind: Service\nmetadata: {name: bad}\nspec: {ports: [{port: 70000}]}\n',
    });
    await argo.announce('staging');
    await argo.says(
      'staging',
      'keeps failing',
      60,
      ({ operationRevision, phase, refused }) =>
        operationRevision === commit && phase === 'Running' && refused.length > 0,
    );
    const [stop, abandon, wait] = [
      ...readFileSync('docs/runbook.md', 'utf8').matchAll(
        /^kubectl -n argocd (?:delete|patch|wait) .*the-project-staging.*$/gm,
      ),
    ].map(([line]) => line);

    await execa('bash', ['-c', stop!]);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await cluster.get('applications.argoproj.io', 'the-project-staging', 'argocd')).toBeDefined();
    await execa('bash', ['-c', abandon!]);
    await execa('bash', ['-c', wait!]);

    expect(await cluster.list('deployments.apps', 'staging')).toEqual([]);
    expect([...(await cluster.uids('persistentvolumeclaims', 'staging')).keys()].sort()).toEqual(claimsOf['staging']);
    commitByHand(project.ops, 'env/staging', { [bad]: null });
  });

  step('kubectl delete -f bootstrap/, in the order of its files, ends and leaves nothing but volumes', async () => {
    const { cluster } = world();
    const volume = textAt(await cluster.get('persistentvolumes', 'production-local-pv'), 'metadata', 'uid');

    await cluster.run('delete', `--filename=${checkOut(world(), 'production', 'bootstrap/')}`, timeout(120));

    expect(await cluster.get('namespaces', 'production')).toBeUndefined();
    expect(await cluster.get('applications.argoproj.io', 'the-project-production', 'argocd')).toBeUndefined();
    expect(await cluster.get('appprojects.argoproj.io', 'the-project-production', 'argocd')).toBeUndefined();
    expect(textAt(await cluster.get('persistentvolumes', 'production-local-pv'), 'metadata', 'uid')).toBe(volume);
  });
}
