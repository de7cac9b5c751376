import { expect } from '@jest/globals';
import { execa } from 'execa';
import type { Engine } from '../../../../src/model/stage.ts';
import { listAt, textAt } from '../../../../src/objects/fields-at.ts';
import { until } from '../../../support/cluster.ts';
import { linesOf, type } from '../follow-page.ts';
import type { Step } from '../phase.ts';
import { environments, type World } from '../world.ts';

const page = 'docs/change-the-engine.md';

/** Sections of the page with lines to type, by the engine that takes over: once in a cluster, before the word changes, and after. */
const sections = {
  flux: { once: ['To Flux, 1.'], before: ['To Flux, 2.'], after: ['To Flux, 3.', 'To Flux, 4.'] },
  argocd: { once: [], before: ['Back, 1.'], after: ['Back, 2.', 'Back, 3.', 'Back, 4.'] },
} as const;

/** Everything that runs, holds data, or is an address: what may not be made anew, and what may not be missing for a moment. */
const lasting =
  'deployments.apps,statefulsets.apps,replicasets.apps,pods,services,configmaps,secrets,cronjobs.batch,networkpolicies.networking.k8s.io,persistentvolumeclaims,ingressroutes.traefik.io,middlewares.traefik.io';

const broadcaster = 'staging-broadcaster-dep';

/** The engine of both environments is changed as the page says, while they run. */
export function turn(world: () => World, step: Step, to: Engine['kind']): void {
  const before: Record<string, ReadonlyMap<string, string>> = {};
  let from = '';

  const noteOf = async (): Promise<string | undefined> => {
    const live = await world().cluster.get('deployments.apps', broadcaster, 'staging');
    return listAt(live, 'spec', 'template', 'spec', 'containers', 0, 'env')
      .filter((one) => textAt(one, 'name') === 'E2E_NOTE')
      .map((one) => textAt(one, 'value'))[0];
  };

  step('both environments run, with a variable and an object that are to go afterwards', async () => {
    const { cluster, engine, project } = world();
    from = engine.title;
    if (to === 'flux') await type(world(), optionsOfFlux(), {});
    project.vary({ note: { staging: `since ${engine.title}` }, maxUnavailable: { staging: 1 } });
    const rendered = `${project.folder}/.portolan/rendered`;
    await project.answer(['synth', '--environment', 'staging', '--output', rendered]);
    await cluster.run('apply', `--filename=${rendered}/staging/bootstrap/`);
    await world().deliver('staging');

    expect(await noteOf()).toBe(`since ${engine.title}`);
    for (const environment of environments) before[environment] = await cluster.uids(lasting, environment);
  });

  step(`the lines of the page turn them to ${to === 'flux' ? 'Flux' : 'Argo CD'}`, async () => {
    const { project } = world();
    const instead = (environment: string): Readonly<Record<string, string>> => ({
      'https://github.com/acme/the-project-ops.git': project.addressFor(environment),
      ENV: environment,
    });
    for (const section of sections[to].once) await type(world(), linesOf(page, section), {});
    for (const environment of environments)
      for (const section of sections[to].before) await type(world(), linesOf(page, section), instead(environment));

    project.vary({ engine: to });
    world().engine = world()[to === 'flux' ? 'flux' : 'argo'];
    // The Secret with which the new engine reads, with the line of the branch's README.md, once there is one.
    for (const environment of environments) {
      const [publish, ...rest] = sections[to].after;
      await type(world(), linesOf(page, publish), instead(environment));
      await makeReader(world(), environment);
      for (const section of rest) await type(world(), linesOf(page, section), instead(environment));
    }
  });

  step('every object is the one that it was, and none was made or removed', async () => {
    const { cluster, engine, project } = world();
    for (const environment of environments) {
      await engine.settles(environment, project.tip(environment));

      expect(await cluster.uids(lasting, environment)).toEqual(before[environment]);
      for (const claim of await cluster.list('persistentvolumeclaims', environment))
        if (claim.metadata.name !== 'production-postgres-backup-data')
          expect([claim.metadata.name, textAt(claim, 'status', 'phase')]).toEqual([claim.metadata.name, 'Bound']);
    }
  });

  step('the engine that was there follows nothing any more', async () => {
    const { argo, cluster, flux } = world();
    const [kinds, { namespace }] =
      to === 'flux'
        ? ['applications.argoproj.io,appprojects.argoproj.io', argo]
        : ['kustomizations.kustomize.toolkit.fluxcd.io,gitrepositories.source.toolkit.fluxcd.io', flux];

    const left = (await cluster.list(kinds, namespace)).map(({ metadata }) => metadata.name);
    expect(left.filter((name) => name.startsWith('the-project-'))).toEqual([]);
    expect(from).not.toBe(world().engine.title);
  });

  step(
    'what leaves the branch now leaves the cluster: the object, and the variable of another that stays',
    async () => {
      const { cluster, engine, project } = world();
      const kept = await engine.tracked('staging');
      expect(kept).toContain('PodDisruptionBudget/staging-broadcaster-dep');
      project.vary({ note: {}, maxUnavailable: {} });

      const commit = await world().deliver('staging');

      await until('the variable is gone', 90, async () => ((await noteOf()) === undefined ? true : undefined));
      expect(await cluster.get('poddisruptionbudgets', broadcaster, 'staging')).toBeUndefined();
      const after = await engine.tracked('staging');
      expect([...kept].filter((identity) => !after.has(identity))).toEqual([
        'PodDisruptionBudget/staging-broadcaster-dep',
      ]);
      expect(project.tip('staging')).toBe(commit);
      const rendered = `${project.folder}/.portolan/rendered`;
      await project.answer(['synth', '--environment', 'staging', '--output', rendered]);
      await cluster.run('apply', `--filename=${rendered}/staging/bootstrap/`);
      expect(await project.portolan(['doctor', 'staging'])).toMatchObject({ exitCode: 0 });
    },
  );
}

/** Lines that set what Flux itself needs, once it is installed. */
export const optionsOfFlux = (): readonly string[] =>
  linesOf('docs/flux.md', '2. Flux').filter(
    (line) => line.includes('deployment') && !line.includes('source-controller'),
  );

/** Makes the Secret with which the engine reads a branch, with the lines of the branch's README.md, where there is none. */
export async function makeReader({ cluster, engine, project }: World, environment: string): Promise<void> {
  const name = `the-project-${environment}-ops`;
  if ((await cluster.get('secrets', name, engine.namespace)) !== undefined) return;
  const lines = (project.files(environment).get('README.md') ?? '')
    .split('\n')
    .filter((line) => /^ {4}kubectl (create|label) secret /.test(line) && line.includes(name));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) await execa('bash', ['-c', line]);
}
