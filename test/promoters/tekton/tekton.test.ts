import { join } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { neededIn } from '../../../src/render/tools.ts';
import { appProofs, playGitHub, type PlayedGitHub } from '../../support/played-app.ts';
import { nodeImage } from '../../support/looked-for-in-cluster.ts';
import { promotedByRuns, withRuns } from '../../support/promoted-by-runs.ts';
import { runProgram, type ProgramEnd } from '../../support/run-program.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';
import '../../support/patience.ts';

/** What is rendered in the toolchain, by `Kind/name`. */
function objectsOf(delivery: Delivery): ReadonlyMap<string, KubernetesObject> {
  const { objects } = rendered(delivery, 'tools', { images: {} });
  return new Map(objects.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object]));
}

const objects = objectsOf(withRuns());
const task = objects.get('Task/orders-promote-dev')!;
const steps = listAt(task, 'spec', 'steps');
const shebang = '#!/usr/bin/env node\n';

describe('a run that promotes', () => {
  test('breaks no rule and no check', () => {
    expect(problemsOf(promotedByRuns()).map(describeProblem)).toEqual([]);
    expect(findings(withRuns())).toEqual([]);
  });

  test('ends with the task once every image is there, which is given the commit and each digest, and has its own time', () => {
    const inRun = listAt(objects.get('Pipeline/orders'), 'spec', 'tasks');

    expect(inRun.at(-1)).toEqual({
      name: 'promote-dev',
      taskRef: { kind: 'Task', name: 'orders-promote-dev' },
      params: [
        { name: 'commit', value: '$(tasks.fetch.results.commit)' },
        { name: 'digest-orders', value: '$(tasks.image-orders.results.digest)' },
        { name: 'digest-payments', value: '$(tasks.image-payments.results.digest)' },
      ],
      timeout: '15m0s',
    });
    expect(listAt(task, 'spec', 'params').map((it) => textAt(it, 'name'))).toEqual(
      listAt(inRun.at(-1), 'params').map((it) => textAt(it, 'name')),
    );
    expect(
      fieldAt(objects.get('TriggerTemplate/orders'), 'spec', 'resourcetemplates', 0, 'spec', 'timeouts', 'pipeline'),
    ).toBe('45m0s');
  });

  test('lies where the build does, runs the image as it is said, and no step is more than any', () => {
    expect(task.metadata.namespace).toBe('shop-builds');
    expect(steps.map((step) => [textAt(step, 'name'), textAt(step, 'image')])).toEqual(
      ['prove', 'fetch', 'install', 'promote'].map((name) => [name, nodeImage]),
    );
    for (const step of steps) {
      expect(step).toMatchObject({
        securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      });
      expect(textAt(step, 'script').startsWith(shebang)).toBe(true);
      // What Tekton would fill in before Node.js reads it.
      expect(textAt(step, 'script')).not.toContain('$(');
    }
  });

  test('shows the key to the first step alone, and a token to those that use it', () => {
    expect(
      steps.map((step) => [
        textAt(step, 'name'),
        listAt(step, 'volumeMounts').map((it) => textAt(it, 'name')),
        listAt(step, 'env').flatMap((it) => {
          const key = textAt(it, 'valueFrom', 'secretKeyRef', 'key');
          return key === '' ? [] : [key];
        }),
      ]),
    ).toEqual([
      ['prove', ['reading', 'writing'], ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey']],
      ['fetch', ['work', 'reading'], []],
      ['install', ['work'], []],
      ['promote', ['work', 'writing'], []],
    ]);
    const namespace = 'shop-builds';
    expect(neededIn(withRuns(), environmentOf(withRuns(), 'tools'), 'tools').secrets.slice(-1)).toEqual([
      {
        purpose: 'gitPush',
        secretName: 'tekton-promote',
        namespace,
        keys: ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey'],
      },
    ]);
  });

  test('works in a folder that is there before it starts', () => {
    for (const step of steps.filter((it) => textAt(it, 'workingDir') !== ''))
      expect(listAt(step, 'volumeMounts').map((it) => textAt(it, 'mountPath'))).toContain(textAt(step, 'workingDir'));
  });

  test('is a task for each stage that takes what was built, and none for a stage that something else moves', () => {
    const delivery = withRuns();
    const [dev] = delivery.stages;
    const both = { ...delivery, stages: [...delivery.stages, { ...dev!, name: 'other' }] };
    const named = (all: ReadonlyMap<string, KubernetesObject>): readonly string[] =>
      listAt(all.get('Pipeline/orders'), 'spec', 'tasks')
        .map((it) => textAt(it, 'name'))
        .filter((name) => name.startsWith('promote-'));

    expect(named(objectsOf(both))).toEqual(['promote-dev', 'promote-other']);
    expect(objectsOf(both).has('Task/orders-promote-other')).toBe(true);
    expect(named(objects)).toEqual(['promote-dev']);
  });
});

describe('the steps of the task', () => {
  const commit = 'c'.repeat(40);
  const digests = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`] as const;
  let github: PlayedGitHub;

  beforeAll(async () => {
    github = await playGitHub();
  });
  afterAll(() => github.stop());
  beforeEach(() => {
    github.asked.length = 0;
    github.logins.clear();
  });

  /** Runs them as Tekton does: what a run gives stands in their variables. */
  function promoted(params: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) {
    const asked = JSON.parse(
      textAt(
        listAt(steps[0], 'env').find((it) => textAt(it, 'name') === 'ASKED'),
        'value',
      ),
    ) as object;
    const repository = (name: string) => ({ url: `${github.address}/acme/${name}.git`, repository: name });
    const here = {
      ...asked,
      api: `${github.address}/api`,
      server: github.address,
      program: repository('cats-delivery'),
      sources: [{ ...repository('cats'), folder: 'sources/shop' }],
    };
    return runProgram(
      steps.map((step) => ({
        ...(step as object),
        env: listAt(step, 'env').map((it) => ({
          ...(it as object),
          value: textAt(it, 'value')
            .replace(/\$\(params\.([\w-]+)\)/g, (_, name: string) => params[name] ?? '')
            .replace('$(context.taskRun.name)', 'orders-x7-promote-dev'),
        })),
      })),
      (step) => textAt(step, 'script').slice(shebang.length),
      { ...appProofs, ASKED: JSON.stringify(here) },
      { PATH: `${github.programs}:${process.env['PATH'] ?? ''}`, ...more },
    );
  }

  const given = { commit, 'digest-orders': digests[0], 'digest-payments': digests[1] };
  const told = ({ root }: ProgramEnd): readonly string[] => readFileSync(join(root, 'npx'), 'utf8').split('\n');

  test('run the program with the commit and the images that were built, as a run that a hold stops', async () => {
    const end = await promoted(given);

    expect(end).toMatchObject({ code: 0, said: '', last: 'promote' });
    expect(told(end).slice(0, 15)).toEqual([
      join(end.root, 'work/program'),
      ...['--no-install', 'portolan', 'promote', 'dev', '--ops', 'https://github.com/acme/shop-ops.git'],
      ...['--source', '../sources/shop'],
      ...['--image', `orders=acme/orders:${commit}@${digests[0]}`],
      ...['--image', `payments=acme/payments:${commit}@${digests[1]}`],
      ...['--source-commit', commit],
    ]);
    expect(told(end)).toEqual(
      expect.arrayContaining([
        'PORTOLAN_AUTOMATIC=1',
        'PORTOLAN_RUN=TaskRun shop-builds/orders-x7-promote-dev',
        'GITHUB_TOKEN=token-2',
      ]),
    );
    expect(github.asked.map(({ repositories, isSigned }) => [repositories, isSigned])).toEqual([
      [['cats-delivery', 'cats'], true],
      [['shop-ops'], true],
    ]);
  });

  test.each([
    [{ ...given, 'digest-orders': '' }, 'what was built of orders has no digest'],
    [{ ...given, 'digest-payments': `${digests[1]} --allow-older` }, 'what was built of payments has no digest'],
    [{ ...given, commit: 'main' }, 'what was built is of no whole commit'],
    [{ ...given, commit: `${commit} --allow-older` }, 'what was built is of no whole commit'],
  ])('fail for what is no build: %j', async (params, why) => {
    const end = await promoted(params);

    expect(end).toMatchObject({ code: 1, last: 'promote', said: `portolan: ${why}\n` });
    expect(existsSync(join(end.root, 'npx'))).toBe(false);
  });

  test('fail where the promotion does, so that the run says so', async () => {
    expect(await promoted(given, { EXIT: '1' })).toMatchObject({ code: 1, last: 'promote' });
  });
});
