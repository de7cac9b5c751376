import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { historyLine } from '../../../src/ops/history/history-line.ts';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { examineNeeds } from '../../../src/cluster/doctor/followed.ts';
import { openCluster } from '../../../src/clients/kubernetes/open-cluster.ts';
import { environmentOf } from '../../../src/model/delivery.ts';
import { needsIn } from '../../../src/render/tools.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { guardOfBranch } from '../../workflows/support/run-guard.ts';
import { step } from '../../support/built-on.ts';
import { until } from '../../support/cluster.ts';
import { filesOf, gitIn } from '../../support/git.ts';
import { untilSaid } from '../../support/until-said.ts';
import { places, services } from '../../examples/craftista/example.ts';
import { ask, deployed, ended, freightOf, look, phaseOf, promotionsOf } from './asked.ts';
import { all, craftistaAtGitHub, kubectl, KargoWorld, live, project, push } from './world.ts';

let world: KargoWorld;

/** The commits that the images of these tests were built from. */
const [source, another] = ['a1', 'b2'].map((digits) => digits.repeat(20)) as [string, string];

beforeAll(async () => {
  world = await KargoWorld.open();
});

afterAll(async () => {
  await world.hub.stop();
});

/** The release of voting, and what it was built from, as the status says. */
async function standing(place: string): Promise<readonly (string | undefined)[]> {
  const statuses = await readStatus(world.context, world.context.delivery.environments);
  const found = statuses.find((it) => it.environment === place && it.application === 'voting');
  return [found?.published?.release, found?.published?.source];
}

/** The states of voting, the newest first. */
const historyOf = async (place: string) =>
  (await readHistory(world.context.repository, world.tip(`app/${place}/voting`))).entries.map(historyLine);

describe('Craftista, moved by Kargo', () => {
  const published = step(
    'is published, and every object of the toolchain is one that the API server and Kargo take',
    [],
    async () => {
      for (const service of services) {
        const image = world.context.delivery.initialReleases['dev']?.images[service];
        await push(service, image?.tag ?? '');
      }
      await world.publishEverything();
      for (const place of [...places, 'tools']) await world.applyBootstrap(place);

      await until('the toolchain is Synced', 240, async () => {
        const application = await live('applications.argoproj.io', 'tools-tools', 'argocd');
        return textAt(application, 'status', 'sync', 'status') === 'Synced' ? true : undefined;
      });
      expect((await all('stages.kargo.akuity.io', project)).length).toBe(12);
      expect((await all('warehouses.kargo.akuity.io', project)).length).toBe(4);
      const { delivery } = world.context;
      const needs = needsIn(delivery, environmentOf(delivery, 'tools'));
      const examined = await Promise.all(needs.map((it) => examineNeeds(openCluster(), it)));
      expect(examined.flat().map(({ subject, lack }) => [subject, lack])).toEqual([
        ['Kargo 1.11 or later', undefined],
        ["Kargo's admission", undefined],
        ["Kargo's controllers", undefined],
      ]);
    },
  );

  const fifteen = step('has fifteen Applications, Synced and Healthy', [published], async () => {
    await until('all are', 300, async () => {
      const found = (await all('applications.argoproj.io', 'argocd')).filter(({ metadata }) =>
        places.some((place) => metadata.name.endsWith(`-${place}`)),
      );
      const good = found.filter(
        (it) =>
          textAt(it, 'status', 'sync', 'status') === 'Synced' && textAt(it, 'status', 'health', 'status') === 'Healthy',
      );
      return good.length === 15 ? true : undefined;
    });
  });

  const inDev = step(
    'moves a pushed image to dev by itself, on its own branch alone, and the release is believed',
    [fifteen],
    async () => {
      await until('what is there is promoted', 240, async () => {
        const phases = await Promise.all(services.map(async (it) => phaseOf((await promotionsOf(`${it}-dev`)).at(-1))));
        return phases.every((it) => it === 'Succeeded') ? true : undefined;
      });
      const before = world.tips();
      await push('voting', '1.1.0', source);
      await look('warehouses.kargo.akuity.io', 'voting');
      await until('1.1.0 runs in dev', 240, async () =>
        (await deployed('voting', 'dev')).includes(':1.1.0@sha256:') ? true : undefined,
      );

      const moved = [...world.tips()].flatMap(([branch, tip]) => (tip === before.get(branch) ? [] : [branch]));
      expect(moved.filter((branch) => branch.startsWith('app/dev/'))).toEqual(['app/dev/voting']);
      expect(gitIn(world.bare, 'log', '-1', '--format=%an: %B', 'app/dev/voting')).toMatch(
        /^Kargo: voting 1\.1\.0 to dev\n\nAsked-By: .+\nRun: craftista\/voting-dev\..+ of Kargo\nFreight: [0-9a-f]{40}\nSource-Commit: (a1){20} \(.*\/microservice-voting:1\.1\.0@sha256:[0-9a-f]{64}\)\n/,
      );
      await world.context.repository.refresh();
      expect(await verify(world.context, { environment: 'dev', application: 'voting' })).toMatchObject({
        release: '1.1.0',
        differing: [],
        strays: [],
      });
      expect(await standing('dev')).toEqual(['1.1.0', source]);
      expect((await historyOf('dev'))[0]).toMatchObject({ change: 'moved', to: '1.1.0', sources: [source] });
    },
  );

  const inStaging = step('moves it to staging after it soaked in dev, once Kargo looks', [inDev], async () => {
    const cron = await live('cronjobs.batch', 'kargo-soak-end', project);
    const args = listAt(cron, 'spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers', 0, 'args').map(String);
    await until('1.1.0 runs in staging', 240, async () => {
      // Nothing runs in the pods of this cluster: what the job would do is done by its account.
      await kubectl([
        ...args.map((it) => it.replace('$(RUN)', String(Date.now()))),
        `--as=system:serviceaccount:${project}:kargo-soak-end`,
      ]);
      return (await deployed('voting', 'staging')).includes(':1.1.0@sha256:') ? true : undefined;
    });
    // The pod of the job is let in, whatever it would run.
    await until('the job has a pod', 120, async () =>
      (await all('pods', project)).some(({ metadata }) => metadata.name.startsWith('kargo-soak-end-'))
        ? true
        : undefined,
    );
    const freight = await freightOf('voting', '1.1.0');
    const found = await live('freights.kargo.akuity.io', freight ?? '', project);
    const verified = Date.parse(textAt(found, 'status', 'verifiedIn', 'voting-dev', 'verifiedAt'));
    const [promotion] = (await promotionsOf('voting-staging')).slice(-1);

    expect(Date.parse(String(fieldAt(promotion, 'metadata', 'creationTimestamp'))) - verified).toBeGreaterThan(50_000);
  });

  const held = step('is stopped by a hold, with its reason', [inDev], async () => {
    await hold(world.context, { environment: 'dev', application: 'voting', reason: 'we look into "it"' });
    await push('voting', '1.2.0');
    await look('warehouses.kargo.akuity.io', 'voting');
    const failed = await until('the promotion ends', 180, async () => {
      const newest = (await promotionsOf('voting-dev')).at(-1);
      return phaseOf(newest) === 'Failed' ? newest : undefined;
    });

    expect(textAt(failed, 'status', 'message')).toContain('dev/voting is held by alice: we look into');
    expect(textAt(failed, 'status', 'message')).toContain('npx portolan unhold dev --application voting');
    expect(await deployed('voting', 'dev')).toContain(':1.1.0@');
    await unhold(world.context, { environment: 'dev', application: 'voting' });
    const again = await ended(await ask('voting-dev', (await freightOf('voting', '1.2.0')) ?? ''));
    expect([phaseOf(again), textAt(again, 'status', 'message')]).toEqual(['Succeeded', '']);
    // An image that says no commit has none: not that of the release before.
    await world.context.repository.refresh();
    expect(await standing('dev')).toEqual(['1.2.0', undefined]);
  });

  step('does not bring back what was rolled back, and lets something newer in', [held], async () => {
    const before = await promotionsOf('voting-dev');
    await rollback(world.context, { environment: 'dev', application: 'voting', reason: 'votes were lost' });
    await until('1.1.0 runs in dev again', 180, async () =>
      (await deployed('voting', 'dev')).includes(':1.1.0@') ? true : undefined,
    );
    await look('stages.kargo.akuity.io', 'voting-dev');
    await look('warehouses.kargo.akuity.io', 'voting');
    const asked = await ended(await ask('voting-dev', (await freightOf('voting', '1.2.0')) ?? ''));

    expect([phaseOf(asked), textAt(asked, 'status', 'message')]).toEqual([
      'Failed',
      expect.stringContaining('dev/voting is held by alice: votes were lost'),
    ]);
    expect(await promotionsOf('voting-dev')).toHaveLength(before.length + 1);
    await push('voting', '1.3.0', another);
    await look('warehouses.kargo.akuity.io', 'voting');
    await until('1.3.0 runs in dev', 180, async () =>
      (await deployed('voting', 'dev')).includes(':1.3.0@') ? true : undefined,
    );
    await world.context.repository.refresh();
    expect(await standing('dev')).toEqual(['1.3.0', another]);
  });

  step('asks for tokens as the app that promotes, which open the ops repository alone', [inDev], () => {
    const { minted, refused } = world.hub.app;

    expect(new Set(minted.map(({ repositories }) => repositories.join()))).toEqual(new Set(['craftista-ops']));
    expect(refused).toEqual([]);
    return Promise.resolve();
  });

  step('enters prod when a person asks, and another one merged what is proposed', [inStaging], async () => {
    expect(await promotionsOf('voting-prod')).toEqual([]);
    const name = await ask('voting-prod', (await freightOf('voting', '1.1.0')) ?? '');
    const pull = await until('a pull request', 120, () => Promise.resolve(world.hub.pulls[0]));

    expect(pull).toMatchObject({ base: 'app/prod/voting', title: 'voting 1.1.0 to prod' });
    expect(pull.head).toMatch(/^kargo\/promotion\/voting-prod\./);
    const changed = gitIn(world.bare, 'diff', '--name-only', 'app/prod/voting', pull.head).trim().split('\n');
    expect(changed).toEqual(['manifests/voting/deployment.apps.voting.yaml']);
    expect(await deployed('voting', 'prod')).toContain(':1.0.1');
    await world.context.repository.refresh();
    const proposed = { environment: 'prod', application: 'voting', revision: world.tip(pull.head) };
    expect(await verify(world.context, proposed)).toMatchObject({ release: '1.1.0', differing: [], strays: [] });
    const branches = { bare: world.bare, base: pull.base, head: pull.head, by: pull.by };
    expect(guardOfBranch(craftistaAtGitHub(), 'prod', branches)).toEqual({ status: 0, told: [''] });
    world.hub.merge(pull.number);
    await look('promotions.kargo.akuity.io', name);
    expect(phaseOf(await ended(name))).toBe('Succeeded');
    expect(await deployed('voting', 'prod')).toContain(':1.1.0@sha256:');
    await world.context.repository.refresh();
    expect(await verify(world.context, { environment: 'prod', application: 'voting' })).toMatchObject({
      release: '1.1.0',
      differing: [],
    });
    expect(filesOf(world.bare, 'app/prod/voting').get('release.yaml')).toContain('1.0.1');
    expect(await standing('prod')).toEqual(['1.1.0', source]);
    expect((await historyOf('prod'))[0]).toMatchObject({ change: 'moved', to: '1.1.0', sources: [source] });
  });

  step('leaves the other Stages Healthy', [inDev], async () => {
    const others = await untilSaid(
      'the other Stages are Healthy',
      60,
      async () =>
        (await all('stages.kargo.akuity.io', project))
          .filter(({ metadata }) => metadata.name.endsWith('-dev') && !metadata.name.startsWith('voting'))
          .map((it) => textAt(it, 'status', 'health', 'status')),
      (found) => found.every((it) => it === 'Healthy'),
    );

    expect(others).toHaveLength(3);
  });
});
