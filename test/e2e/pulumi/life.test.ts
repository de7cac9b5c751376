import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { EngineWorld, owner, patience, stacks } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';
import { Between } from './faults/between.ts';
import { through } from './faults/through.ts';

jest.setTimeout(1_800_000);

/** A setting of each stack, the line that changes it, and the steps that it comes to. */
const changed = [
  [
    'platform',
    ['portolan:secrets.docker-hub-build.DOCKERHUB_USERNAME', 'acme-builds'],
    ['update github:ActionsEnvironmentVariable devops-kubernetes-build-DOCKERHUB_USERNAME'],
  ],
  ['staging', ['portolan:replicas.broadcaster', '3'], []],
  [
    'production',
    ['--secret', 'portolan:secrets.slack-webhook', 'https://hooks.example/another'],
    ['update kubernetes:Secret slack-webhook'],
  ],
] as const;

/** What is printed, without indents, empty lines, and the dots that pass the time. */
const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^@ \w+ing[ a-z]*\.+$/.test(line));

onTheEngine('the life of every stack on the real engine', () => {
  let world: EngineWorld;
  let between: Between;
  const pulumi: EngineWorld['project']['pulumi'] = (args, options) => world.project.pulumi(args, options);

  beforeAll(async () => {
    world = await EngineWorld.open();
    between = await Between.open(world.gitHub.address);
    through(between, world);
    await world.init(...stacks);
  }, patience);

  afterAll(async () => {
    await between.close();
    await world.close();
  });

  test.each(stacks)('%s is made as its preview says', async (stack) => {
    const preview = await pulumi(['preview', `--stack=${stack}`]);
    const up = await pulumi(['up', `--stack=${stack}`]);

    expect(up.changes).toEqual(preview.changes);
    expect(up.changes.filter((change) => !change.startsWith('create '))).toEqual(
      // What is obsolete of a repository that was there is dropped at once, because the provider warns of it for as long as it is not.
      stack === 'platform' ? ['import', 'update'].map((step) => `${step} github:Repository devops-kubernetes`) : [],
    );
    expect(up.changes.length).toBeGreaterThan(25);
  });

  test.each(stacks)('%s is not changed by a second update, which has nothing to say', async (stack) => {
    const up = await pulumi(['up', `--stack=${stack}`]);
    const preview = await pulumi(['preview', `--stack=${stack}`]);

    expect(up.changes).toEqual([]);
    expect(up.stdout).not.toMatch(/warning|portolan: /);
    expect(linesOf(preview.stdout)).toEqual([
      `Previewing update (${stack}):`,
      `pulumi:pulumi:Stack the-project-${stack}`,
      'Resources:',
      expect.stringMatching(/^\d+ unchanged$/),
    ]);
    expect(preview.stderr).toBe('');
  });

  test.each(stacks)('%s is not changed by a refresh', async (stack) => {
    expect((await pulumi(['refresh', `--stack=${stack}`])).changes).toEqual([]);
  });

  test.each(changed)('a setting of %s changes what it is about, and nothing else', async (stack, setting, expected) => {
    await pulumi(['config', 'set', '--path', ...setting, `--stack=${stack}`]);
    const { changes, stdout } = await pulumi(['up', `--stack=${stack}`]);

    expect(changes).toEqual(expected);
    // Nothing was published yet, so nothing is behind.
    expect(stdout).not.toContain('then publish');
    expect((await pulumi(['preview', `--stack=${stack}`])).changes).toEqual([]);
  });

  test('a setting of what is rendered is told to need a commit and a publish, once something was published', async () => {
    const set = ['config', 'set', '--path', 'portolan:replicas.broadcaster'];
    await pulumi([...set, '4', '--stack=staging']);
    between.publish(`${owner}/the-project-ops/env/staging`);
    const { changes, stdout } = await pulumi(['up', '--stack=staging']);

    expect(changes).toEqual([]);
    expect(stdout).toMatch(/portolan:replicas in Pulumi\.staging\.yaml: belongs to what is rendered.*then publish/);
  });

  test('a rotation is told as a change of the Secret, and nobody reads that a password is deleted', async () => {
    await pulumi(['config', 'set', '--secret', '--path', 'portolan:secrets.postgres', '--stack=staging'], {
      input: 'another-password',
    });
    await pulumi(['config', 'set', '--path', 'portolan:generations.postgres', '2', '--stack=staging']);
    const preview = await pulumi(['preview', '--stack=staging']);
    const up = await pulumi(['up', '--stack=staging']);

    expect(preview.changes).toEqual(['update kubernetes:Secret postgres']);
    expect(up.changes).toEqual(preview.changes);
    expect(preview.stdout).not.toContain('delete');
    expect((await pulumi(['preview', '--stack=staging'])).changes).toEqual([]);
  });

  test.each(['production', 'staging'])('%s is destroyed, and keeps what would be missed', async (stack) => {
    const { changes } = await pulumi(['destroy', `--stack=${stack}`]);
    const kept = ['Namespace', `Secret/${stack}-postgres-db-secret`];

    expect(changes.every((change) => change.startsWith('delete '))).toBe(true);
    expect(await world.cluster.list('applications.argoproj.io,appprojects.argoproj.io', 'argocd')).toEqual(
      (await world.cluster.list('applications.argoproj.io,appprojects.argoproj.io', 'argocd')).filter(
        ({ metadata }) => metadata.name !== `the-project-${stack}`,
      ),
    );
    expect([
      ...((await world.cluster.get('namespace', stack)) === undefined ? [] : ['Namespace']),
      ...(await world.cluster.uids('secrets', stack)).keys(),
    ]).toEqual(expect.arrayContaining(kept));
  });

  test('platform is not destroyed before somebody means it, and then whole', async () => {
    const refused = await pulumi(['destroy', '--stack=platform', '--preview-only'], { mayFail: true });
    await pulumi(['config', 'set', 'portolan:protect', 'false', '--stack=platform']);
    await pulumi(['up', '--stack=platform']);
    await pulumi(['destroy', '--stack=platform']);

    expect(refused.exitCode).not.toBe(0);
    expect(`${refused.stdout}${refused.stderr}`).toContain('protected');
    expect((await world.gitHub.state())['repos']).toEqual({});
  });

  test.each(stacks)('%s comes back after it was destroyed', async (stack) => {
    if (stack === 'platform') await world.gitHub.makeRepository('acme', 'devops-kubernetes');
    else await takeOver(stack);
    await pulumi(['up', `--stack=${stack}`]);
    if (stack !== 'platform') {
      await pulumi(['config', 'rm', 'portolan:adopt', `--stack=${stack}`]);
      await pulumi(['up', `--stack=${stack}`]);
    }

    expect((await pulumi(['preview', `--stack=${stack}`])).changes).toEqual([]);
  });

  /** What docs/takeover.md says for coming back: the password that is in use, and `portolan:adopt`. */
  async function takeOver(stack: string): Promise<void> {
    const secret = await world.cluster.get('secret', `${stack}-postgres-db-secret`, stack);
    const data = secret?.['data'] as Readonly<Record<string, string>>;
    await pulumi(['config', 'set', '--secret', '--path', 'portolan:secrets.postgres', `--stack=${stack}`], {
      input: Buffer.from(data['POSTGRES_PASSWORD'] ?? '', 'base64').toString(),
    });
    await pulumi(['config', 'set', 'portolan:adopt', 'true', `--stack=${stack}`]);
  }
});
