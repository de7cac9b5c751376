import { afterAll, beforeAll, expect, test } from '@jest/globals';
import project from '../../../project.ts';
import type { Credential } from '../../../src/model/credential.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { settings } from '../../support/settings.ts';
import { appKeys } from '../../support/told-by-flux.ts';
import { TodoWorld } from '../../workflows/runner/todo-world.ts';

const actor = { name: 'flux-staging', kind: 'app' } as const;
const trigger = { on: 'upstreamHealthy', stages: ['staging'], by: 'event', authentication: 'tell' } as const;
const [report, tell] = (['notification', 'triggerAuthentication'] as const).map((purpose, i): Credential => {
  const name = ['report', 'tell'][i]!;
  const store = { kind: 'kubernetes', namespace: 'flux-system', secretName: `staging-${name}`, keys: appKeys } as const;
  return { name, purpose, holder: [actor.name, 'flux-tells'][i]!, store, scope: purpose };
}) as [Credential, Credential];

/** project.ts followed by Flux, with a production that opens a pull request when Flux says that staging is healthy. */
const byFlux = (text: string): string =>
  [
    ["follower: Engine['kind'] = 'argocd'", "follower: Engine['kind'] = 'flux'"],
    [/triggers: \[\{ on: 'gitTag'[^\n]*/, `triggers: [${JSON.stringify(trigger)}],`],
    [/\n *versions: \{ kind: 'semver', prefix: 'v' \},/, ''],
    [
      /'v4\.9\.9', \{ gitTag: 'v4\.9\.9' \}/,
      "firstCommit, { source: { repository: 'devops-kubernetes', commit: firstCommit } }",
    ],
    [
      'credentials: credentials(place, follower, settings.generations),',
      `credentials: [...credentials(place, follower, settings.generations), ...(place.name === 'staging' ? ${JSON.stringify([report, tell])} : [])],`,
    ],
    [
      '].map((each) => ({ ...each, engine })),',
      "].map((each) => ({ ...each, engine: each.name === 'staging' ? { ...engine, reportsWith: 'report' } : engine })),",
    ],
    ['actors: [', `actors: [${JSON.stringify(actor)}, `],
  ].reduce((edited, [from, to]) => {
    const after = edited.replace(from!, () => to as string);
    if (after === edited) throw new Error(`project.ts has no ${String(from)}`);
    return after;
  }, text);

const toldByFlux = (): Delivery => {
  const delivery = project(settings, 'flux');
  return {
    ...delivery,
    actors: [actor, ...delivery.actors],
    environments: delivery.environments.map((it) =>
      it.name === 'staging' ? { ...it, credentials: [...it.credentials, report, tell] } : it,
    ),
    stages: delivery.stages.map(({ versions: _, ...stage }) =>
      stage.name === 'production'
        ? { ...stage, triggers: [trigger] }
        : stage.engine.kind === 'flux'
          ? { ...stage, engine: { ...stage.engine, reportsWith: report.name } }
          : stage,
    ),
  };
};

let world: TodoWorld;
beforeAll(async () => {
  world = await TodoWorld.start(toldByFlux, {
    program: byFlux,
    promoterMay: {
      'devops-kubernetes': { contents: 'read' },
      'the-project-ops': { contents: 'write', 'pull-requests': 'write', workflows: 'write', statuses: 'read' },
    },
  });
});
afterAll(async () => world.stop());

const tip = (): string => world.ops.commit('refs/heads/env/staging')!;
const openPulls = () => world.ops.service.pulls.filter(({ state }) => state === 'open');
const proposed = () => openPulls().map(({ base, title }) => `${base}: ${title}`);

/** What is said of a commit, by Flux of staging unless somebody else is named. */
const says = (commit: string, description: string, { state = 'success', by = 'flux-staging[bot]' } = {}): void => {
  world.ops.service.statuses.say(commit, { context: 'flux/the-project-staging', state, description, by });
};

/** The event of Flux has come: how each run ended, and what the look printed. */
async function heard(): Promise<{ readonly ended: readonly string[]; readonly log: string }> {
  world.send(world.program, 'Kustomization/the-project-staging.flux-system');
  const runs = await world.settle();
  const look = runs.find(({ file }) => file === 'portolan-promote-production.yaml');
  return {
    ended: runs.map(({ file, conclusion }) => `${file}: ${conclusion}`),
    log: look?.jobs['look']?.log ?? '',
  };
}

const looked = 'portolan-promote-production.yaml: success';

test('an event has the next stage look, and what Flux said of the commit decides: nothing else opens a pull request', async () => {
  world.push(world.program, 'main', { 'note.txt': 'the first publish\n' });
  await world.settle();
  world.merge(world.ops, openPulls()[0]!.number);
  await world.settle();
  world.push(world.source, 'main', { 'the_project/todo_app/Dockerfile': 'FROM todo_app:6\n' });
  await world.settle();

  const unsaid = await heard();
  expect([unsaid.ended, openPulls()]).toEqual([[looked], []]);
  expect(unsaid.log).toContain(
    'its health is unknown: flux-staging[bot] has said nothing of flux/the-project-staging yet',
  );

  says(tip(), 'reconciliation succeeded', { by: 'flux-production[bot]' });
  const other = await heard();
  expect([other.ended, openPulls()]).toEqual([[looked], []]);
  expect(other.log).toContain('is by flux-production[bot], and flux-staging[bot] alone is believed');

  says(tip(), 'health check failed', { state: 'failure' });
  const failed = await heard();
  expect([failed.ended, openPulls()]).toEqual([[looked], []]);
  expect(failed.log).toContain('its health is Degraded: flux/the-project-staging says "health check failed"');

  says(tip(), 'reconciliation succeeded');
  const healthy = await heard();
  expect(healthy.ended).toEqual(expect.arrayContaining([looked, 'portolan-verify.yaml: success']));
  expect(proposed()).toEqual([expect.stringMatching(/^env\/production: /)]);

  // A newer version supersedes the pull request that nobody merged yet, and says so; the version before is not skipped without a word.
  const [first] = openPulls();
  world.push(world.source, 'main', { 'the_project/todo_app/Dockerfile': 'FROM todo_app:7\n' });
  await world.settle();
  says(tip(), 'reconciliation succeeded');
  expect((await heard()).ended).toContain(looked);
  expect(openPulls()).toHaveLength(1);
  expect(first).toMatchObject({ state: 'closed' });
  expect(first!.comments.join('\n')).toMatch(/superseded|newer/i);
  expect(world.github.unplayed).toEqual([]);
});

test('the event of production starts nothing', async () => {
  world.send(world.program, 'Kustomization/the-project-production.flux-system');

  expect(await world.settle()).toEqual([]);
});
