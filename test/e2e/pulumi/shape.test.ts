import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { EngineWorld, patience, stacks, type Moment } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';

jest.setTimeout(1_800_000);

const doc = (name: string): string => readFileSync(resolve(name), 'utf8');

/** The lines of the README that make a further environment, by the list of project.ts that they belong to. */
function furtherEnvironment(): ReadonlyMap<string, string> {
  const block = /^```ts\n( {2}\/\/ in places\n[^]*?)^```/m.exec(doc('README.md'))?.[1] ?? '';
  const [, ...parts] = block.split(/^ {2}\/\/ in (\w+)\n/m);
  return new Map(parts.flatMap((name, i) => (i % 2 === 0 ? [[name, parts[i + 1] ?? ''] as const] : [])));
}

/** The block of a section of docs/pulumi.md. */
const blockOf = (section: string): string =>
  new RegExp(`^## ${section}\\n[^]*?^\`\`\`sh\\n([^]*?)^\`\`\``, 'm').exec(doc('docs/pulumi.md'))?.[1] ?? '';

/** The rulesets of the ops repository: who passes by them, and what they forbid. */
async function rulesets({ gitHub }: EngineWorld): Promise<Readonly<Record<string, unknown>>> {
  const state = (await gitHub.state()) as {
    repos: Record<
      string,
      { inside: { rulesets: Record<string, { name: string; bypass_actors: unknown; rules: { type: string }[] }> } }
    >;
  };
  const all = Object.values(state.repos['acme/the-project-ops']?.inside.rulesets ?? {});
  return Object.fromEntries(
    all.map(({ name, bypass_actors, rules }) => [name, [bypass_actors, rules.map(({ type }) => type).sort()]]),
  );
}

onTheEngine('a change of shape on the real engine', () => {
  let world: EngineWorld;
  /** Before the platform was made, and what making it does. */
  let before: Moment;
  let whole: readonly string[];
  let made: Moment;

  /** Adds the environment `testing` as the README says. */
  const grow = (): void => {
    const parts = furtherEnvironment();
    const starts: Readonly<Record<string, string>> = {
      places: "  { name: 'staging', forwardsToSlack: false, backedUp: false },\n",
      stages: '    stages: [\n',
      initialReleases: '    initialReleases: {\n',
    };
    expect([...parts.keys()]).toEqual(Object.keys(starts));
    world.project.copy.edit('project.ts', (text) =>
      [...parts].reduce((before, [name, lines]) => before.replace(starts[name] ?? '', (start) => start + lines), text),
    );
  };

  const initTesting = async (): Promise<void> => {
    await world.init('testing');
    for (const line of [`kubernetes:context ${world.cluster.context}`])
      await world.project.pulumi(['config', 'set', ...line.split(' '), '--stack=testing']);
  };

  beforeAll(async () => {
    world = await EngineWorld.open();
    await world.init('platform');
    before = await world.remember();
    whole = (await world.project.pulumi(['up', '--stack=platform'])).changes;
    await world.make(...stacks.slice(1));
    made = await world.remember();
  }, patience);

  afterAll(async () => {
    await execa('kubectl', ['delete', 'namespace', 'testing', '--ignore-not-found', '--wait=false'], { reject: false });
    await world.close();
  });

  test('a further environment, as the README writes it, is made like staging, and goes by the block of the docs', async () => {
    await world.recall(made);
    grow();
    await initTesting();
    const like = await world.project.pulumi(['preview', '--stack=testing']);
    const up = await world.project.pulumi(['up', '--stack=testing']);

    expect(up.changes).toEqual(like.changes);
    expect(up.changes.filter((change) => !change.startsWith('create '))).toEqual([]);
    for (const stack of stacks)
      expect([stack, (await world.project.pulumi(['preview', `--stack=${stack}`])).changes]).toEqual([stack, []]);

    const block = blockOf('An environment goes').replaceAll('qa', 'testing');
    const [retire = '', ...rest] = block.trimEnd().split('\n');
    const shell = (line: string) =>
      execa('bash', ['-euc', line], { cwd: world.project.folder, env: world.project.variables });
    await shell(retire);
    const closing = await world.project.pulumi(['preview', '--stack=testing']);

    expect(rest).toHaveLength(3);
    expect(closing.changes).toEqual(['update github:RepositoryRuleset testing-writers']);
    for (const line of rest) await shell(line);
    const left = await rulesets(world);

    expect(left['env/testing: history']).toEqual([[], ['deletion', 'non_fast_forward', 'required_linear_history']]);
    expect(left['env/testing: writers']).toEqual([[], ['update']]);
    world.project.copy.edit('project.ts', (text) =>
      [...furtherEnvironment().values()].reduce((before, lines) => before.replace(lines, ''), text),
    );
    for (const stack of stacks)
      expect([stack, (await world.project.pulumi(['preview', `--stack=${stack}`])).changes]).toEqual([stack, []]);
  });

  test('fails for an environment that is renamed with its stack, and nothing is changed', async () => {
    await world.recall(made);
    await world.project.pulumi(['stack', 'rename', 'testing', '--stack=staging']);
    world.project.copy.edit('project.ts', (text) =>
      text.replaceAll("'staging'", "'testing'").replace('      staging: initial', '      testing: initial'),
    );
    world.project.copy.edit('Pulumi.testing.yaml', (text) => text.replaceAll('-staging', '-testing'));
    const refused = await world.project.pulumi(['preview', '--stack=testing'], { mayFail: true });

    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain(
      'environments.testing: this stack holds the environment staging: an environment is not renamed',
    );
    expect(refused.changes.filter((change) => !/pulumi:providers|portolan:/.test(change))).toEqual([]);
  });

  test('a user account with GitHub Pro has all but teams and push rules; on the free plan it is refused until that is bought', async () => {
    await world.recall(before);
    const { project, gitHub } = world;
    await gitHub.makeRepository('solo', 'devops-kubernetes');
    project.copy.edit('project.ts', (text) =>
      text
        .replace("{ name: 'maintainer', kind: 'team' }", "{ name: 'alice', kind: 'user' }")
        .replaceAll("'maintainer'", "'alice'")
        // A provider older than the program's lets no person pass by a ruleset, and here nobody else could.
        .replace(/^ *tags: \{.*\},\n/m, ''),
    );
    const set = (setting: string, value: string) =>
      project.pulumi(['config', 'set', '--path', setting, value, '--stack=platform']);
    await set('portolan:opsRepository', `https://${gitHub.host}/solo/the-project-ops.git`);
    await set('github:owner', 'solo');
    await set('portolan:github.ownerKind', 'user');
    await set('portolan:github.plan', 'free');
    const free = await project.pulumi(['preview', '--stack=platform'], { mayFail: true });
    await set('portolan:github.plan', 'team');
    const up = await project.pulumi(['up', '--stack=platform']);
    const again = await project.pulumi(['up', '--stack=platform']);

    expect(free.stdout + free.stderr).toContain(
      'need GitHub Pro; when solo has it, write: pulumi config set --path portolan:github.plan team --stack platform',
    );
    const missing = / the-project-ops-workflows$| devops-kubernetes-tag-|:TagRuleset /;

    expect(up.changes).toEqual(whole.filter((change) => !missing.test(change)));
    expect(whole.filter((change) => missing.test(change))).not.toEqual([]);
    expect(again.changes).toEqual([]);
  });

  test('fails after a destroy for a password that would be generated, with the line that keeps the one in use', async () => {
    await world.recall(made);
    await world.project.pulumi(['destroy', '--stack=staging']);
    const refused = await world.project.pulumi(['preview', '--stack=staging'], { mayFail: true });

    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout + refused.stderr).toMatch(
      /environments\.staging\.credentials\.postgres: .* and a generated one would not open it; keep the existing one with: kubectl /,
    );
    await world.project.pulumi(['up', '--stack=staging'], { mayFail: true });
  });
});
