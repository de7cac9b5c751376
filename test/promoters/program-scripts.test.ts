import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fieldAt, listAt, textAt } from '../../src/objects/fields-at.ts';
import { gitIn } from '../support/git.ts';
import { lookedForInCluster, withLook } from '../support/looked-for-in-cluster.ts';
import { appProofs, playGitHub, type PlayedGitHub } from '../support/played-app.ts';
import { runProgram, type ProgramEnd } from '../support/run-program.ts';
import { rendered } from '../systems/rendered-system.ts';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import '../support/patience.ts';

const basic = (pair: string): string => `basic ${Buffer.from(pair).toString('base64')}`;

/** The containers of the CronJob that looks, in the order in which they run. */
function containersOf(delivery: Delivery): readonly unknown[] {
  const { objects } = rendered(delivery, 'build', { images: {} });
  const found = objects.find(({ object }) => object.kind === 'CronJob' && object.metadata.name === 'look-dev')?.object;
  const pod = fieldAt(found, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
  return [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')];
}

/** The same, where the repositories are not on GitHub. */
const elsewhere = (): Delivery => {
  const delivery = lookedForInCluster();
  return withToolchains({
    ...delivery,
    repositories: delivery.repositories.map((it) => ({ ...it, url: it.url.replace('github.com', 'git.example.com') })),
  });
};

describe('the program, run in a cluster', () => {
  let github: PlayedGitHub;

  beforeAll(async () => {
    github = await playGitHub();
  });
  afterAll(() => github.stop());
  beforeEach(() => {
    github.asked.length = 0;
    github.logins.clear();
    github.refuses = false;
  });

  /** Runs a look with what proves who looks. */
  function looked(
    delivery: Delivery,
    proofs: Readonly<Record<string, string>>,
    more: Readonly<Record<string, string>> = {},
    address = github.address,
  ): Promise<ProgramEnd> {
    const repository = (name: string) => ({ url: `${github.address}/acme/${name}.git`, repository: name });
    const asked = JSON.stringify({
      api: `${address}/api`,
      server: github.address,
      ops: 'cats-ops',
      program: repository('cats-delivery'),
      sources: [{ ...repository('cats'), folder: 'sources/cats' }],
      images: [],
      promote: ['promote', 'dev', '--newest', '--source', '../sources/cats'],
    });
    return runProgram(
      containersOf(delivery),
      (container) => textAt(container, 'command', 2),
      { ...proofs, ASKED: asked },
      { PATH: `${github.programs}:${process.env['PATH'] ?? ''}`, ...more },
    );
  }

  const whole = ({ root }: ProgramEnd, program: string): string => readFileSync(join(root, program), 'utf8');
  const told = (end: ProgramEnd, program: string): readonly string[] => whole(end, program).split('\n');

  test('is an app at GitHub: one token reads program and source, another one writes the ops repository, and each is where it is used alone', async () => {
    const end = await looked(withLook(), appProofs);

    expect(end).toMatchObject({ code: 0, said: '', last: 'promote' });
    expect(github.asked).toEqual([
      { repositories: ['cats-delivery', 'cats'], permissions: { contents: 'read' }, isSigned: true },
      { repositories: ['cats-ops'], permissions: { contents: 'write', pull_requests: 'write' }, isSigned: true },
    ]);
    expect([...github.logins]).toEqual([basic('x-access-token:token-1')]);
    expect(told(end, 'npx').slice(0, 8)).toEqual([
      join(end.root, 'work/program'),
      ...['--no-install', 'portolan', 'promote', 'dev', '--newest', '--source', '../sources/cats'],
    ]);
    expect(told(end, 'npx')).toContain('GITHUB_TOKEN=token-2');
    expect(told(end, 'npm').slice(0, 2)).toEqual([join(end.root, 'work/program'), 'ci']);
    for (const secret of [/PRIVATE KEY/, /token-\d/, /^KEY=/m, /extraheader/])
      expect(whole(end, 'npm')).not.toMatch(secret);
    expect(whole(end, 'npx')).not.toMatch(/PRIVATE KEY|token-1/);
    expect(gitIn(join(end.root, 'work/sources/cats'), 'rev-parse', '--verify', 'refs/remotes/origin/main')).toMatch(
      /^[0-9a-f]{40}/,
    );
    expect(whole(end, 'work/sources/cats/.git/config')).not.toMatch(/token|authorization/i);
  });

  test('keeps no login where another container than those that use it could read it, nor for anybody else', async () => {
    const sees = containersOf(withLook()).map((it) => [
      textAt(it, 'name'),
      listAt(it, 'volumeMounts').map((mount) => textAt(mount, 'name')),
      listAt(it, 'env').filter((one) => fieldAt(one, 'valueFrom', 'secretKeyRef') !== undefined).length,
    ]);
    const { root } = await looked(withLook(), appProofs);

    expect(sees).toEqual([
      ['prove', ['reading', 'writing'], 3],
      ['fetch', ['work', 'reading'], 0],
      ['install', ['work'], 0],
      ['promote', ['work', 'writing', 'docker'], 0],
    ]);
    for (const folder of ['reading', 'writing'])
      expect((statSync(join(root, folder, 'login.json')).mode & 0o777).toString(8)).toBe('600');
  });

  test('is somebody with a password elsewhere, who asks nobody for a token', async () => {
    const end = await looked(elsewhere(), { USERNAME: 'portolan', PASSWORD: 'sesame' });

    expect(end).toMatchObject({ code: 0, said: '' });
    expect(github.asked).toEqual([]);
    expect([...github.logins]).toEqual([basic('portolan:sesame')]);
    expect(told(end, 'npx')).toContain(`GIT_CONFIG_VALUE_0=AUTHORIZATION: ${basic('portolan:sesame')}`);
    expect(whole(end, 'npm')).not.toMatch(/sesame|AUTHORIZATION/);
  });

  test('fails with what to look at where GitHub gives no token, and says nothing of the key', async () => {
    github.refuses = true;
    const end = await looked(withLook(), appProofs);

    expect(end).toMatchObject({
      code: 1,
      last: 'prove',
      said: 'portolan: GitHub gives the app Iv23 no token for cats-delivery, cats (404); look at its key, and at what it is installed on\n',
    });
    expect(existsSync(join(end.root, 'npm'))).toBe(false);
  });

  test('fails with what is wrong where the key is none, and where GitHub is not reached', async () => {
    const noKey = await looked(withLook(), { ...appProofs, KEY: 'sesame' });
    const away = await looked(withLook(), appProofs, {}, 'http://127.0.0.1:1');

    expect(noKey).toMatchObject({ code: 1, last: 'prove' });
    expect(noKey.said).toMatch(/^portolan: no login can be made of what the Secret holds: (?!.*sesame)/);
    expect(away).toMatchObject({ code: 1, last: 'prove' });
    expect(away.said).toMatch(/^portolan: GitHub is not reached at http:\/\/127\.0\.0\.1:1\/api: ./);
  });

  test('fails where the promotion does, so that the job has failed', async () => {
    expect(await looked(withLook(), appProofs, { EXIT: '1' })).toMatchObject({
      code: 1,
      said: 'portolan: npx --no-install failed\n',
    });
  });
});
