import { dirname } from 'node:path';
import { expect } from '@jest/globals';
import { execa } from 'execa';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { fieldAt, listAt, textAt } from '../../../../src/objects/fields-at.ts';
import { type Example, ExampleProject } from '../../../support/cluster-example.ts';
import { until } from '../../../support/cluster.ts';
import { optionsOfFlux } from '../flux/turn.ts';
import { type } from '../follow-page.ts';
import type { Step } from '../phase.ts';
import { strictly } from '../strictly.ts';
import type { World } from '../world.ts';
import { type AroundTheShop, definitionNames, failingIn } from './around-the-shop.ts';
import { timeout } from '../../../support/long-enough.ts';

/** Who follows which environment, by what it is watched by. */
const followed = {
  dev: { watched: 'applications.argoproj.io', namespace: 'argocd' },
  qa: { watched: 'kustomizations.kustomize.toolkit.fluxcd.io', namespace: 'flux-system' },
} as const;
const places = Object.keys(followed) as (keyof typeof followed)[];

const example: Example = {
  name: 'shop',
  places: [...places, 'prod'],
  gated: ['prod'],
  owner: 'acme',
  change: { from: 'test/support/shop-in-cluster.ts', by: 'inCluster' },
};

/** Namespaces of an environment: the second for pods that may do more. */
const namespacesOf = (place: string): readonly string[] => [`shop-${place}`, `shop-${place}-privileged`];

const tag = '0000000000000000000000000000000000000002';

/** The shop of the examples, on the real API server: dev is followed by Argo CD, and qa by Flux. */
export function theShop(world: () => World, step: Step, around: AroundTheShop): void {
  let shop: ExampleProject;
  const each = async (work: (place: keyof typeof followed) => Promise<void>): Promise<void> => {
    // Where one fails, the other ends first: nothing goes on after its step.
    const ended = await Promise.allSettled(places.map(work));
    for (const one of ended) if (one.status === 'rejected') throw one.reason as Error;
  };
  const deployment = async (place: string, name: string): Promise<KubernetesObject | undefined> =>
    world().cluster.get('deployments.apps', name, `shop-${place}`);
  const imageOf = async (place: string): Promise<string> =>
    textAt(await deployment(place, 'api'), 'spec', 'template', 'spec', 'containers', 0, 'image');
  const jobOf = async (place: string): Promise<KubernetesObject | undefined> =>
    world().cluster.get('jobs.batch', 'migrate', `shop-${place}`);
  const announce = async (place: keyof typeof followed): Promise<void> => {
    const { watched, namespace } = followed[place];
    const all = place === 'dev' ? watched : `gitrepositories.source.toolkit.fluxcd.io,${watched}`;
    const mark =
      place === 'dev' ? 'argocd.argoproj.io/refresh=normal' : `reconcile.fluxcd.io/requestedAt=${Date.now()}`;
    await world().cluster.run('annotate', all, `shop-${place}`, `--namespace=${namespace}`, '--overwrite', mark);
  };

  step('is checked and published by its own program, and has no raw object and no exception', async () => {
    const { cluster, project } = world();
    await clear(world());
    shop = ExampleProject.create(example, dirname(project.ops), (name) => project.urlOf(name), cluster.context);
    await around.begin(cluster);

    for (const place of [...places, 'prod'])
      expect(await shop.portolan('publish', place, '--ops', shop.addressFor(place))).toMatchObject({ exitCode: 0 });
  });

  step('has no finding and no warning of strict validation on the server, in any environment', async () => {
    const { cluster } = world();
    for (const place of [...places, 'prod']) {
      const bootstrap = shop.checkOut(place, 'bootstrap');
      for (const own of namespacesOf(place))
        await cluster.run('apply', `--filename=${bootstrap}/10-namespace.${own}.yaml`);
      for (const below of ['bootstrap', 'manifests'] as const)
        expect(await strictly(cluster, shop.checkOut(place, below))).toEqual({
          exitCode: 0,
          stdout: expect.stringContaining('(server dry run)'),
          findings: '',
        });
    }
  });

  step('is Healthy under both engines, once what others make is there', async () => {
    const { cluster } = world();
    // What the page says of Flux itself, in case nobody followed it before.
    await type(world(), optionsOfFlux(), {});
    await each(async (place) => {
      // The key to the ops repository, with the lines of the branch's README.
      for (const line of shop.keyLines(place)) await execa('bash', ['-c', line]);
      await cluster.run('apply', `--filename=${shop.checkOut(place, 'bootstrap')}`);
      await announce(place);
      const waited = await shop.portolan('wait', place, timeout(170), '--ops', shop.url);

      expect(waited).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Synced and Healthy.') });
    });
  });

  step(
    'had its tables before any pod of a release, and nobody but autoscalers says how many workers there are',
    async () => {
      for (const place of places) {
        const job = await jobOf(place);
        const api = await deployment(place, 'api');
        const worker = await deployment(place, 'worker');

        expect(listAt(job, 'status', 'conditions').map((it) => textAt(it, 'type'))).toContain('Complete');
        for (const after of [api, worker])
          expect(Date.parse(textAt(after, 'metadata', 'creationTimestamp'))).toBeGreaterThanOrEqual(
            Date.parse(textAt(job, 'status', 'completionTime')),
          );
        // The one that reads its node runs where that is admitted, and is made a pod of on every node.
        const logs = await world().cluster.get('daemonsets.apps', 'logs', `shop-${place}-privileged`);
        expect(fieldAt(logs, 'status', 'numberReady')).toBe(fieldAt(logs, 'status', 'desiredNumberScheduled'));
        expect(Number(fieldAt(logs, 'status', 'numberReady'))).toBeGreaterThan(0);
        const doctor = await shop.portolan('doctor', place);
        process.stdout.write(doctor.exitCode === 0 ? '' : `${doctor.stdout}${doctor.stderr}\n`);
        expect(doctor).toMatchObject({
          exitCode: 0,
          stdout: expect.stringContaining(`Nothing is lacking for ${place}.`),
        });
      }
    },
  );

  const image = (digest: string): readonly string[] => [
    '--image',
    `api=ghcr.io/acme/api:${tag}@${digest}`,
    // Nobody has a clone of the made-up source.
    '--allow-older',
  ];
  const promote = async (place: keyof typeof followed, ...source: readonly string[]): Promise<void> => {
    const done = await shop.portolan('promote', place, ...source, '--ops', shop.url);
    expect(done).toMatchObject({ exitCode: 0 });
    await announce(place);
  };

  step('promotes a build to dev, where its migration ends well, and from there on', async () => {
    await promote('dev', ...image(failingIn.qa));

    expect(await shop.portolan('wait', 'dev', timeout(90), '--ops', shop.url)).toMatchObject({ exitCode: 0 });
    expect(await imageOf('dev')).toContain(failingIn.qa);
    expect(JSON.stringify(await jobOf('dev'))).toContain(failingIn.qa);
  });

  step('fails a release whose migration fails, under both engines, and what ran before it runs on', async () => {
    const before = { dev: await imageOf('dev'), qa: await imageOf('qa') };
    await each(async (place) => {
      await promote(place, ...(place === 'dev' ? image(failingIn.dev) : ['--from', 'dev', '--allow-older']));

      await until(`the migration of ${place} failed`, 90, async () => {
        const job = await jobOf(place);
        const failed = listAt(job, 'status', 'conditions').some((it) => textAt(it, 'type') === 'Failed');
        return failed && JSON.stringify(job).includes(failingIn[place]) ? true : undefined;
      });
      await until(`wait says of ${place} that the migration failed`, 60, async () => {
        const { exitCode, stdout } = await shop.portolan('wait', place, '--timeout', '2s', '--ops', shop.url);
        return exitCode === 1 && stdout.includes('migrate') ? true : undefined;
      });
      expect(await imageOf(place)).toBe(before[place]);
    });
  });

  step('goes away with everything that it applied', async () => {
    await around.end();
    await clear(world());

    for (const namespace of places.flatMap(namespacesOf))
      expect(await world().cluster.get('namespaces', namespace)).toBeUndefined();
  });
}

/** Takes away whatever an earlier run left, in the order in which nothing waits for anything. */
async function clear({ cluster }: World): Promise<void> {
  const quiet = async (...args: readonly string[]): Promise<void> => {
    await cluster.kubectl([...args, '--ignore-not-found', timeout(90)]);
  };
  const application = ['applications.argoproj.io', 'shop-dev', '--namespace=argocd'];
  await cluster.kubectl(['patch', ...application, '--type=merge', '--patch={"operation":null}']);
  await quiet('delete', ...application);
  await quiet('delete', 'appprojects.argoproj.io', 'shop-dev', '--namespace=argocd');
  const parts = ['shop-qa', 'shop-qa-jobs', 'shop-qa-ground'];
  await quiet('delete', 'kustomizations.kustomize.toolkit.fluxcd.io', ...parts, '--namespace=flux-system');
  await quiet(
    'delete',
    'gitrepositories.source.toolkit.fluxcd.io,serviceaccounts',
    'shop-qa',
    '--namespace=flux-system',
  );
  await quiet('delete', 'secrets', 'shop-dev-ops', '--namespace=argocd');
  await quiet('delete', 'secrets', 'shop-qa-ops', '--namespace=flux-system');
  const peers = ['ingress-nginx', 'monitoring'];
  await quiet('delete', 'namespace', ...[...places, 'prod'].flatMap(namespacesOf), ...peers);
  await quiet('delete', 'customresourcedefinitions', ...definitionNames);
}
