import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { JobRun, Run } from '../../workflows/runner/run.ts';
import { TodoWorld } from '../../workflows/runner/todo-world.ts';

// Each test runs workflows one after the other, and they start the program some four times.

const images = ['todo-backend', 'todo-app', 'broadcaster'];

let world: TodoWorld;
/** Every run of every test, for the last one. */
const everyRun: Run[] = [];

beforeAll(async () => {
  world = await TodoWorld.start();
});
afterAll(async () => {
  await world.stop();
});

async function settle(): Promise<readonly Run[]> {
  const runs = await world.settle();
  everyRun.push(...runs);
  return runs;
}

/** `file: conclusion` of each run, and what the failed jobs printed. */
const told = (runs: readonly Run[]): readonly string[] =>
  runs.map(({ file, conclusion, jobs }) => {
    const logs = Object.values(jobs).flatMap((job) => (job.conclusion === 'failure' ? [job.log] : []));
    return [`${file.replace(/^portolan-|\.yaml$/g, '')}: ${conclusion}`, ...logs].join('\n');
  });

const jobOf = (runs: readonly Run[], file: string, id: string): JobRun =>
  runs.find((run) => run.file === `portolan-${file}.yaml`)!.jobs[id]!;

const openPulls = () => world.ops.service.pulls.filter(({ state }) => state === 'open');

interface Release {
  readonly gitTag?: string;
  readonly images: Readonly<Record<string, { readonly tag: string; readonly digest?: string }>>;
}
const release = (environment: string): Release =>
  (parse(world.published(environment, 'release.yaml')) as { applications: Record<string, Release> }).applications[
    'the-project'
  ]!;

/** project.ts's staging, with another number of broadcasters. */
const withBroadcasters = (replicas: number) => ({
  'Pulumi.staging.yaml': world.program
    .read('refs/heads/main', 'Pulumi.staging.yaml')
    .replace(/broadcaster: \d+/, `broadcaster: ${replicas}`),
});
const replicasIn = (text: string): string | undefined => /replicas: (\d+)/.exec(text)?.[1];
const broadcaster = (): string | undefined =>
  replicasIn(world.published('staging', 'manifests/the-project/deployment.apps.staging-broadcaster-dep.yaml'));

/** The page that the comment on a pull request leads to. */
const attachedTo = ([comment = '']: readonly string[]): string =>
  readFileSync(/\[The same as a page\]\((.*)\)/.exec(comment)?.[1] ?? 'no page', 'utf8');

/**
 * What a pull request to production goes through: it is opened, and its address is recorded in it at once. The guard says of the first
 * of the two commits that it is not the newest, and of the second nothing.
 */
const judged = [
  expect.stringMatching(
    /^guard: failure\n## Judge.*\nrefused: the branch moved while it was judged; nobody needs to do/,
  ),
  'verify: success',
  'guard: success',
  'verify: success',
];

describe('the workflows of the todo system, run one after the other', () => {
  test('a merge of the program publishes: to staging at once, to production by one pull request, which is judged', async () => {
    world.push(world.program, 'main', withBroadcasters(3));

    const runs = await settle();

    expect(told(runs)).toEqual(['publish-program: success', ...judged]);
    expect(broadcaster()).toBe('3');
    expect(openPulls().map(({ base, comments }) => [base, comments.length])).toEqual([['env/production', 1]]);
    expect(openPulls()[0]!.comments[0]).toContain('production');
    world.merge(world.ops, openPulls()[0]!.number);
    expect(told(await settle())).toEqual([]);
    expect(release('production').gitTag).toBe('v4.9.9');
  });

  test('a push to main is built once and reaches staging, with the digests that were pushed', async () => {
    const commit = world.push(world.source, 'main', { 'the_project/todo_app/Dockerfile': 'FROM todo_app:2\n' });

    const runs = await settle();

    expect(told(runs)).toEqual(['deliver-images: success']);
    const { registry } = world.github;
    for (const name of images) {
      const digest = registry.digest(`arkb2023/${name}:${commit}`);
      expect(digest).toMatch(/^sha256:/);
      expect(release('staging').images[name]).toMatchObject({ tag: commit, digest });
    }
    expect(openPulls()).toEqual([]);
  });

  test('a tag opens exactly one pull request to production, with what staging runs and nothing that was built anew', async () => {
    world.tag(world.source, 'v5.0.0', world.source.commit('refs/heads/main')!);

    const runs = await settle();

    expect(told(runs.filter(({ repository }) => repository === world.source.fullName))).toEqual([
      'tag-production: success',
      'release-production: success',
    ]);
    expect(told(runs.filter(({ repository }) => repository === world.ops.fullName))).toEqual(judged);
    expect(openPulls().map(({ base, title, comments }) => [base, title.includes('v5.0.0'), comments.length])).toEqual([
      ['env/production', true, 1],
    ]);
    const { head, number, comments } = openPulls()[0]!;
    expect(head).toMatch(/^promote\/production\//);
    const page = attachedTo(comments);
    expect([...page.matchAll(/<article class="review" aria-label="([^"]*)"/g)].map(([, title]) => title)).toEqual([
      `${head} into env/production`,
    ]);
    expect(/Deployment\/production-broadcaster-dep<\/code>[^→]{0,200}→ v5\.0\.0/.test(page)).toBe(true);
    // The branches that it was promoted from are there too, under the address of the host.
    expect(page.includes('<p class="release">v4.9.9</p>')).toBe(true);
    expect(/What <code>(https?:[^<]*)<\/code> says/.exec(page)?.[1]).toContain('the-project-ops');
    for (const name of images)
      expect(world.github.registry.digest(`arkb2023/${name}:v5.0.0`)).toBe(release('staging').images[name]!.digest);
    expect(release('production').gitTag).toBe('v4.9.9');
    world.merge(world.ops, number);
    expect(release('production').gitTag).toBe('v5.0.0');
    expect(release('production').images['todo-app']!.digest).toBe(release('staging').images['todo-app']!.digest);
    expect(told(await settle())).toEqual([]);
  });

  test('a pull request of the program gets one comment with what a merge would change, which is written anew', async () => {
    const number = world.propose(world.program, { branch: 'fewer', files: withBroadcasters(2) });
    const first = await settle();
    const { comments } = world.program.pull(number);
    const before = [...comments];
    world.push(world.program, 'fewer', withBroadcasters(1));
    const second = await settle();

    expect(told([...first, ...second])).toEqual(['review-program: success', 'review-program: success']);
    expect(before).toHaveLength(1);
    expect(before[0]).toContain('3 → 2');
    expect(comments).toHaveLength(1);
    expect(comments[0]).toContain('3 → 1');
    const page = attachedTo(comments);
    expect(page).toContain('broadcaster: 3 → 1 replicas');
    expect(page).toContain('Which pull requests are open is not known');
    expect(broadcaster()).toBe('3');
  });

  test('a step that fails stops its job and what needs it: staging stays as it is', async () => {
    const before = world.ops.refs();
    world.push(world.source, 'main', { 'the_project/todo_app/Dockerfile': null });

    const runs = await settle();

    expect(told(runs)).toEqual([expect.stringContaining('deliver-images: failure')]);
    const { steps, log } = jobOf(runs, 'deliver-images', 'build');
    expect(log).toContain('failed to read dockerfile: the_project/todo_app');
    expect(steps.map(({ conclusion }) => conclusion)).toEqual([
      ...Array.from({ length: 4 }, () => 'success'),
      'failure',
      'skipped',
    ]);
    expect(jobOf(runs, 'deliver-images', 'promote-staging').conclusion).toBe('skipped');
    expect(world.ops.refs()).toEqual(before);
  });

  test('a workflow that somebody writes on a branch gets no key: its job ends before its first step', async () => {
    const path = '.github/workflows/portolan-deliver-images.yaml';
    const text = world.source.read('refs/heads/main', path).replace('- main', '- mine');
    const before = world.ops.refs();
    world.push(world.source, 'mine', { [path]: text });

    const runs = await settle();

    expect(told(runs)).toEqual([
      'deliver-images: failure\nrefs/heads/mine of devops-kubernetes is not allowed to deploy to build\n',
    ]);
    expect(world.ops.refs()).toEqual(before);
  });

  test('a pull request of a fork gets no key and no comment, because its run holds no token that can write', async () => {
    const number = world.propose(world.program, {
      branch: 'theirs',
      files: withBroadcasters(9),
      fork: 'eve/the-project',
    });

    const runs = await settle();

    expect(told(runs)).toEqual([expect.stringContaining('Error: the input private-key is empty')]);
    expect(jobOf(runs, 'review-program', 'comment').conclusion).toBe('skipped');
    expect(world.program.pull(number).comments).toEqual([]);
  });

  test('a hand that changes a rendered branch is refused by the check of its pull request', async () => {
    const edited = { 'manifests/the-project/service.staging-todo-app-svc.yaml': 'kind: Service\n' };
    const number = world.propose(world.ops, { branch: 'by-hand', base: 'env/staging', files: edited });

    const runs = await settle();

    expect(told(runs)).toEqual([expect.stringMatching(/^verify: failure\n/)]);
    expect(jobOf(runs, 'verify', 'verify').log).toContain('service.staging-todo-app-svc.yaml');
    expect(jobOf(runs, 'verify', 'comment').conclusion).toBe('skipped');
    expect(world.ops.pull(number).comments).toEqual([]);
  });

  test('every generated workflow was run, and each of its jobs went well once', () => {
    const files = [world.source, world.program, world.ops].flatMap((repository) =>
      repository.workflows('refs/heads/main').map(([file]) => `${repository.name}/${file}`),
    );
    const wanted = [...new Set([...files, 'the-project-ops/portolan-verify.yaml'])];
    const went = new Map<string, Set<string>>();
    for (const { repository, file, jobs } of everyRun) {
      const name = `${world.github.repositories.get(repository)!.name}/${file}`;
      const good = Object.entries(jobs).flatMap(([id, { conclusion }]) => (conclusion === 'success' ? [id] : []));
      went.set(name, new Set([...(went.get(name) ?? []), ...good]));
    }

    expect([...went.keys()].sort()).toEqual([...wanted].sort());
    for (const { repository, file, jobs } of everyRun)
      for (const id of Object.keys(jobs))
        expect([file, id, went.get(`${world.github.repositories.get(repository)!.name}/${file}`)!.has(id)]).toEqual([
          file,
          id,
          true,
        ]);
  });
});
