import { expect } from '@jest/globals';
import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { objectsToday, oldTraefikDefinitions } from '../../support/cluster-as-it-runs-today.ts';
import { commitByHand, gitIn } from '../../support/git.ts';
import { liveApplication, liveFolder } from '../../support/live-system.ts';
import { checkOut } from './first-sync.ts';
import type { Step } from './phase.ts';
import { environments, type World } from './world.ts';

/** Everything that runs today, or holds data, or is an address. */
const lasting =
  'statefulsets.apps,deployments.apps,services,persistentvolumeclaims,configmaps,secrets,cronjobs.batch,ingressroutes.traefik.containo.us,middlewares.traefik.containo.us';

const guide = readFileSync('docs/takeover.md', 'utf8');

/** The shell lines of a section of the guide that change the cluster with kubectl, for one environment. */
function linesOf(section: string, environment: string): readonly string[] {
  const text = guide.split(/^## /m).find((part) => part.startsWith(section));
  if (text === undefined) throw new Error(`docs/takeover.md has no section "${section}"`);
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .filter((line) => /^kubectl .* (patch|label|annotate|scale|delete|wait|rollout|create) /.test(line))
    .map((line) => line.replaceAll('ENV', environment))
    .filter((line) => line.includes(environment));
}

/** Objects that the guide says Argo CD prunes, for one environment. */
function prunedAsSaid(environment: string): readonly string[] {
  const row = guide.split('\n').find((line) => line.startsWith('| Argo CD prunes, exactly |')) ?? '';
  return [...row.replace('| Argo CD prunes, exactly |', '').matchAll(/`([^`]+)`/g)]
    .map(([, name = '']) => name.replaceAll('ENV', environment))
    .sort();
}

/** The system as it runs today is taken over by the steps of docs/takeover.md: nothing that holds data, or an address, is made anew. */
export function takeover(world: () => World, step: Step, trackedBy: 'label' | 'annotation'): void {
  const before: Record<string, ReadonlyMap<string, string>> = {};
  let volumes: ReadonlyMap<string, string>;

  step(`the old Applications run, tracked by ${trackedBy}`, async () => {
    const { argo, cluster, project } = world();
    await clear(world());
    await argo.trackBy(trackedBy);
    await cluster.apply(...oldTraefikDefinitions);
    const configs = join(project.ops, '..', `configs-${trackedBy}.git`);
    gitIn('.', 'init', '--quiet', '--bare', configs);
    const files = environments.flatMap((environment) =>
      objectsToday(environment, cluster.node, project.nodeFolders[environment] ?? '').map(
        (object) =>
          [
            `${liveFolder(environment)}/${object.kind}.${object.metadata.name}.json`.toLowerCase(),
            JSON.stringify(object),
          ] as const,
      ),
    );
    const revision = commitByHand(configs, 'main', Object.fromEntries(files));
    gitIn(configs, 'symbolic-ref', 'HEAD', 'refs/heads/main');

    await cluster.run('create', 'namespace', 'production');
    await cluster.run(
      'create',
      'secret',
      'generic',
      'slack-webhook-secret',
      '--namespace=production',
      '--from-literal=webhook_url=https://hooks.example.com/x',
    );
    await cluster.apply(
      ...environments.map((environment) => liveApplication(environment, project.urlOf(`configs-${trackedBy}.git`))),
    );
    for (const environment of environments) {
      await argo.settles(environment, revision, 120);
      before[environment] = await cluster.uids(lasting, environment);
      expect(before[environment].size).toBe(environment === 'production' ? 19 : 17);
    }
    volumes = await cluster.uids('persistentvolumes');
    const secret = await cluster.get('secrets', 'staging-postgres-db-secret', 'staging');
    expect(
      trackedBy === 'label'
        ? fieldAt(secret, 'metadata', 'labels', 'app.kubernetes.io/instance')
        : fieldAt(secret, 'metadata', 'annotations', 'argocd.argoproj.io/tracking-id'),
    ).toContain('the-project-staging');
  });

  step('the steps of the guide turn them to the ops repository', async () => {
    const { argo, cluster, project } = world();
    for (const environment of environments) {
      const turn = linesOf('5. Turn', environment);
      const isStop = (line: string): boolean => line.includes(' scale ');
      expect(turn.filter(isStop)).toHaveLength(1);

      for (const line of [
        ...linesOf('2. Stop the old automation', environment),
        ...linesOf('3. Free the password', environment),
        ...turn.filter(isStop),
      ])
        await execa('bash', ['-c', line]);
      // What `pulumi up` does to these objects.
      await cluster.run('apply', `--filename=${checkOut(world(), environment, 'bootstrap/')}`);
      // A pod that only waits, in place of the one that dumps, never completes.
      for (const line of turn.filter(
        (one) => !isStop(one) && (cluster.isSimulated || !one.includes('condition=complete')),
      ))
        await execa('bash', ['-c', line]);
    }

    for (const environment of environments) {
      await argo.settles(environment, project.tip(environment), 60);
      expect(await argo.state(environment)).toMatchObject({ phase: 'Succeeded', refused: [] });
    }
  });

  step('Argo CD prunes exactly what the guide says', async () => {
    const { cluster } = world();
    for (const environment of environments) {
      const after = await cluster.uids(lasting, environment);

      expect([...before[environment]!.keys()].filter((identity) => !after.has(identity))).toEqual(
        prunedAsSaid(environment),
      );
    }
  });

  step(
    'no StatefulSet, claim, volume, Service, Deployment or Secret was made anew, and no claim was released',
    async () => {
      const { cluster } = world();
      for (const environment of environments) {
        const after = await cluster.uids(lasting, environment);
        const remade = [...before[environment]!]
          .filter(([identity, uid]) => after.has(identity) && after.get(identity) !== uid)
          .map(([identity]) => identity);

        expect(remade).toEqual([]);
        for (const claim of await cluster.list('persistentvolumeclaims', environment))
          expect([claim.metadata.name, textAt(claim, 'status', 'phase')]).toEqual([claim.metadata.name, 'Bound']);
      }
      const after = await cluster.uids('persistentvolumes');
      expect([...volumes].filter(([name, uid]) => after.get(name) !== uid)).toEqual([]);
    },
  );

  step('the password is the one that it was', async () => {
    const { cluster } = world();
    for (const environment of environments) {
      const secret = await cluster.get('secrets', `${environment}-postgres-db-secret`, environment);

      expect(fieldAt(secret, 'data', 'POSTGRES_PASSWORD')).toBe(Buffer.from('in-plain-text-in-git').toString('base64'));
      expect(JSON.stringify(secret?.metadata)).not.toContain('in-plain-text-in-git');
    }
  });

  step('the last lines of the guide remove what Argo CD may not', async () => {
    const { argo, cluster, project } = world();
    for (const environment of environments) {
      expect(
        await cluster.list('ingressroutes.traefik.containo.us,middlewares.traefik.containo.us', environment),
      ).toHaveLength(2);

      for (const line of linesOf('6. What is left over', environment)) await execa('bash', ['-c', line]);

      expect(
        await cluster.list('ingressroutes.traefik.containo.us,middlewares.traefik.containo.us', environment),
      ).toEqual([]);
      await argo.settles(environment, project.tip(environment));
    }
  });
}

/** Removes both environments, their volumes included. */
async function clear({ cluster }: World): Promise<void> {
  await cluster.clearEnvironments();
  expect(
    listAt({ items: await cluster.list('persistentvolumes') }, 'items').filter(
      (volume) => textAt(volume, 'spec', 'storageClassName') === 'manual',
    ),
  ).toEqual([]);
}
