import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Credential } from '../../../src/model/credential.ts';
import { readStrictYaml } from '../../../src/model/formats/strict-yaml.ts';
import { ApiServer } from '../../support/api-server.ts';
import { filesOf } from '../../support/git.ts';
import { TodoWorld } from '../../workflows/runner/todo-world.ts';

const looks = '11,26,41,56 * * * *';
const looker: Credential = {
  name: 'look-for-production',
  purpose: 'clusterRead',
  holder: 'portolan-looker',
  store: {
    kind: 'githubActions',
    repository: 'the-project-delivery',
    environment: 'production',
    keys: ['KUBECONFIG'],
  },
  scope: 'looks, and no more',
};

/** project.ts with a production that takes what is healthy in staging, by the commits of the source. */
const byHealth = (text: string): string =>
  [
    [/triggers: \[\{ on: 'gitTag'[^\n]*/, "triggers: [{ on: 'upstreamHealthy', stages: ['staging'], by: 'poll' }],"],
    [/\n *versions: \{ kind: 'semver', prefix: 'v' \},/, ''],
    [
      /'v4\.9\.9', \{ gitTag: 'v4\.9\.9' \}/,
      "firstCommit, { source: { repository: 'devops-kubernetes', commit: firstCommit } }",
    ],
    [/\n {4}credentials: \[/, `\n    credentials: [\n      ${JSON.stringify(looker)},`],
  ].reduce((edited, [from, to]) => {
    if (!(from as RegExp).test(edited)) throw new Error(`project.ts has no ${String(from)}`);
    return edited.replace(from as RegExp, to as string);
  }, text);

let world: TodoWorld;
let server: ApiServer;

beforeAll(async () => {
  server = await ApiServer.start([]);
  world = await TodoWorld.start(
    (delivery) => ({
      ...delivery,
      credentials: [...delivery.credentials, looker],
      stages: delivery.stages.map(({ versions: _, ...stage }) => ({
        ...stage,
        triggers:
          stage.name === 'production' ? [{ on: 'upstreamHealthy', stages: ['staging'], by: 'poll' }] : stage.triggers,
      })),
    }),
    { program: byHealth, promoterMay: { 'devops-kubernetes': { contents: 'read' } } },
  );
  world.github.secrets.fill(looker.name, 'KUBECONFIG', readFileSync(server.kubeconfig(['k3d-dwk-local']), 'utf8'));
});
afterAll(async () => {
  await world.stop();
  await server.stop();
});

const tip = (): string => world.ops.commit('refs/heads/env/staging')!;

/** A cluster whose engine says this of what it follows. */
const says = (revision: string, health = 'Healthy'): readonly KubernetesObject[] =>
  [...filesOf(world.ops.folder, 'env/staging')]
    .filter(([path]) => path.startsWith('bootstrap/'))
    .map(([path, text]) => readStrictYaml(path, text) as KubernetesObject)
    .map((object) =>
      object.kind === 'Application'
        ? {
            ...object,
            status: {
              sync: { status: 'Synced', revision },
              health: { status: health },
              operationState: { phase: 'Succeeded' },
            },
          }
        : object,
    );

/** A time at which the workflow looks has come: how its run ended, and what it printed. */
async function looked(): Promise<{ readonly ended: string; readonly log: string; readonly others: readonly string[] }> {
  world.strike(world.program, looks);
  const [run, ...others] = await world.settle();
  const log = run!.jobs['look']!.log;
  return {
    ended: `${run!.file}: ${run!.conclusion}`,
    log,
    others: others.map(({ file, conclusion }) => `${file}: ${conclusion}`),
  };
}
const openPulls = () => world.ops.service.pulls.filter(({ state }) => state === 'open');

test('what is healthy in staging is proposed to production, once, without a person; before that there is nothing to do', async () => {
  world.push(world.program, 'main', { 'note.txt': 'the first publish\n' });
  await world.settle();
  world.merge(world.ops, openPulls()[0]!.number);
  await world.settle();
  const before = tip();

  server.objects = says(before);
  const nothing = await looked();
  expect([nothing.ended, nothing.others]).toEqual(['portolan-promote-production.yaml: success', []]);
  expect(nothing.log).toContain('waits: production runs');

  const commit = world.push(world.source, 'main', { 'the_project/todo_app/Dockerfile': 'FROM todo_app:6\n' });
  await world.settle();
  expect(tip()).not.toBe(before);
  server.objects = says(before);
  const early = await looked();
  expect([early.ended, openPulls()]).toEqual(['portolan-promote-production.yaml: success', []]);
  expect(early.log).toContain(
    `is not verified in staging: its health is unknown: the-project-staging is at ${before.slice(0, 12)}`,
  );

  server.objects = says(tip(), 'Degraded');
  const degraded = await looked();
  expect([degraded.ended, openPulls()]).toEqual(['portolan-promote-production.yaml: success', []]);
  expect(degraded.log).toContain('is not verified in staging: its health is Degraded');

  server.refuses = () => 401;
  const unanswered = await looked();
  expect([unanswered.ended, openPulls()]).toEqual(['portolan-promote-production.yaml: failure', []]);
  expect(unanswered.log).toContain('nobody says whether');
  expect(unanswered.log).toContain('next: let whoever runs this read the cluster of staging');
  server.refuses = () => undefined;

  server.objects = says(tip());
  const proposed = await looked();
  expect(proposed.ended).toBe('portolan-promote-production.yaml: success');
  expect(proposed.others).toContain('portolan-verify.yaml: success');
  expect(openPulls().map(({ base }) => base)).toEqual(['env/production']);
  const [{ head, number } = { head: '', number: 0 }] = openPulls();
  const { applications } = parse(world.ops.read(`refs/heads/${head}`, 'release.yaml')) as {
    applications: Record<string, { images: Record<string, { tag: string; digest: string }> }>;
  };
  expect(applications['the-project']!.images['todo-app']).toMatchObject({
    tag: commit,
    digest: world.github.registry.digest(`arkb2023/todo-app:${commit}`),
  });

  const at = world.ops.commit(`refs/heads/${head}`);
  const again = await looked();
  expect([again.ended, again.others]).toEqual(['portolan-promote-production.yaml: success', []]);
  expect(openPulls().map((pull) => pull.number)).toEqual([number]);
  expect(world.ops.commit(`refs/heads/${head}`)).toBe(at);

  world.ops.service.pulls.find((pull) => pull.number === number)!.state = 'closed';
  const declined = await looked();
  expect([declined.ended, openPulls()]).toEqual(['portolan-promote-production.yaml: success', []]);
  expect(declined.log).toContain('was closed without a merge');
  expect(world.github.unplayed).toEqual([]);
});
