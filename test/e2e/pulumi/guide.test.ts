import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import { EngineWorld, patience } from './engine/engine-world.ts';
import { onTheEngine } from './engine/needs.ts';
import { playedPrograms } from './engine/played-programs.ts';

jest.setTimeout(1_800_000);

const guide = readFileSync('docs/pulumi.md', 'utf8');

/** A block of the guide: `sh` and `ts` are to be typed, the others show what is printed. */
interface Block {
  /** Heading that it stands under. */
  readonly section: string;
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = guide.split(/^## /m).flatMap((part) => {
  const [section = ''] = part.split('\n');
  return [...part.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    section,
    language,
    text,
  }));
});

/** Lines that are typed and cannot be answered here: Argo CD does not reach the server that plays GitHub by ssh. */
const notRun = /^npx portolan wait .*$/gm;

/** Lines that may answer no: the controllers of Argo CD may run beside the cluster, where doctor does not see them. */
const mayAnswerNo = /^npx portolan doctor .*?(?= *#|$)/gm;

/** A row of a plan without its tree: `+ portolan:index:Platform platform create`. */
const rowsIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) =>
      line
        .replaceAll(/[│├└─]/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => /^[+=] \S+ \S+ (create|import)/.test(line))
    .map((line) => line.split(' ').slice(0, 4).join(' '));

/** Names of the outputs, each once, however often it is printed: a preview shows them, and then the update. */
const outputsIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/^ {4}(\w+) *: .*$/gm)].map(([, name = '']) => name).filter((name) => name !== 'warning'),
  ),
];

onTheEngine('docs/pulumi.md, word for word', () => {
  let world: EngineWorld;
  let folder: string;
  let printed: Readonly<Record<string, string>>;

  /** What is typed, at the server of the tests in place of github.com. */
  const typed = (text: string): string =>
    text
      .replaceAll('https://github.com/', `https://${world.gitHub.host}/`)
      .replaceAll(notRun, '')
      .replaceAll(mayAnswerNo, (line) => `${line} || [ $? -eq 1 ]`);

  beforeAll(async () => {
    world = await EngineWorld.open();
    await world.gitHub.restore();
    const root = temporaryFolder();
    folder = join(root, 'the-project-delivery');
    cpSync(world.project.folder, folder, { recursive: true, verbatimSymlinks: true });
    // As the repository has it: nobody has set anything yet.
    for (const stack of ['platform', 'staging', 'production'])
      cpSync(`Pulumi.${stack}.yaml`, join(folder, `Pulumi.${stack}.yaml`));
    gitIn(folder, 'remote', 'add', 'origin', 'https://example.com/portolan.git');
    gitIn(root, 'init', '--quiet', 'devops-kubernetes');
    writeFileSync(join(root, 'kubeconfig'), await world.cluster.run('config', 'view', '--minify', '--flatten'));
    await world.cluster.run(
      'config',
      `--kubeconfig=${join(root, 'kubeconfig')}`,
      'rename-context',
      world.cluster.context,
      'k3d-dwk-local',
    );
    printed = await follow(root);
  }, patience);

  afterAll(async () => {
    await world.close();
  });

  /** Types every block in one shell, and what the text between them says to do. Returns what each block printed, by its first words. */
  async function follow(root: string): Promise<Readonly<Record<string, string>>> {
    const left = blocks.filter(({ language }) => language === 'sh');
    /** The next block to type, which must stand in this section. */
    const next = (section: string): string => {
      const block = left.shift();
      if (block?.section !== section)
        throw new Error(
          `docs/pulumi.md: a block of "${block?.section ?? 'nothing'}" comes where one of "${section}" was`,
        );
      return typed(block.text);
    };
    const keys = next('1. Where the state is kept');
    const [login, images, settings, secrets] = [1, 2, 3, 4].map(() => next('3. Whose it is'));
    const [platform, team] = [1, 2].map(() => next('4. The platform'));
    const [staging, production] = [1, 2].map(() => next('6. An environment'));
    const release = next('7. The first release');
    const [takenOver, gone, renamed] = [
      'What is there already',
      'An environment goes',
      'A repository has another name',
    ].map(next);
    const rotation = next("Rotating the database's password");
    if (left.length > 0) throw new Error(`docs/pulumi.md: nobody types the blocks of "${left[0]?.section ?? ''}"`);
    const [adopted] = blocks.filter(({ language }) => language === 'ts');
    writeFileSync(join(root, 'adopted.txt'), adopted?.text ?? '');
    const parts: Readonly<Record<string, string>> = {
      keys: `${keys}
for name in docker-hub reader.pem promoter.pem slack-webhook; do echo "the value of $name" > ~/delivery-keys/$name; done`,
      login: login ?? '',
      images: images ?? '',
      settings: `${settings ?? ''}
pulumi config set github:baseUrl ${world.gitHub.address} --stack platform
pulumi config set github:writeDelayMs 1 --stack platform
node -e '
const { readFileSync, writeFileSync } = require("node:fs");
const before = readFileSync("project.ts", "utf8");
const [line] = readFileSync("../adopted.txt", "utf8").split("\\n");
const after = before.replace(/\\{\\s*name: .the-project-delivery.,[^}]*\\},?\\s*\\},/, line);
if (after === before) throw new Error("the line of the program is not where it was");
writeFileSync("project.ts", after);'`,
      missing: 'if pulumi preview --stack platform; then exit 1; fi',
      secrets: secrets ?? '',
      platform: platform ?? '',
      team: team ?? '',
      staging: staging ?? '',
      production: `${(staging ?? '').replaceAll('pulumi up --stack staging', '').replaceAll('staging', 'production')}
${production ?? ''}
pulumi up --stack production`,
      release,
      rotation,
      takenOver: `pulumi config set portolan:adopt true --stack staging\n${takenOver ?? ''}`,
      renamed: renamed ?? '',
      gone: (gone ?? '').replaceAll('qa', 'production'),
    };
    const outputs: Record<string, string> = {};
    const script = Object.entries(parts)
      .map(([name, text]) => `{\n${text}\n} >'${root}/${name}.out' 2>&1 </dev/null\necho '${name}'`)
      .join('\n');
    const variables: Record<string, string> = {
      ...world.project.variables,
      PATH: `${playedPrograms(world.gitHub.address)}:${process.env['PATH'] ?? ''}`,
      KUBECONFIG: join(root, 'kubeconfig'),
      PULUMI_SKIP_CONFIRMATIONS: 'true',
      PULUMI_BACKEND_URL: `file://${join(root, 'backend')}`,
      ...Object.fromEntries(
        ['AUTHOR', 'COMMITTER'].flatMap((who) => [
          [`GIT_${who}_NAME`, 'Ann'],
          [`GIT_${who}_EMAIL`, 'ann@example.com'],
        ]),
      ),
    };
    delete variables['GITHUB_TOKEN'];
    delete variables['PULUMI_CONFIG_PASSPHRASE_FILE'];
    mkdirSync(join(root, 'backend'));
    const { stdout } = await execa('bash', ['-euo', 'pipefail', '-c', script], {
      reject: false,
      extendEnv: false,
      cwd: folder,
      env: variables,
      input: '',
    });
    const done = stdout.split('\n');
    for (const name of Object.keys(parts)) {
      if (done.includes(name)) outputs[name] = readFileSync(join(root, `${name}.out`), 'utf8');
      else
        throw new Error(
          `docs/pulumi.md: what is typed for "${name}" fails:\n${readFileSync(join(root, `${name}.out`), 'utf8')}`,
        );
    }
    return outputs;
  }

  test('prints, before its secrets are set, what the guide says', () => {
    const told = blocks.find(({ text }) => text.startsWith('portolan: the stack "platform" is not valid'))?.text ?? '';

    expect(told).not.toBe('');
    expect(
      told
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => !(printed['missing'] ?? '').includes(line)),
    ).toEqual([]);
  });

  test.each(['platform', 'staging'])('makes in %s what the example shows', (stack) => {
    const example =
      blocks.find(({ language, text }) => language === '' && text.includes(`the-project-${stack} `))?.text ?? '';
    const made = rowsIn(printed[stack] ?? '');

    expect(rowsIn(example).length).toBeGreaterThan(5);
    expect(rowsIn(example).filter((row) => !made.includes(row))).toEqual([]);
    expect(outputsIn(example).length).toBeGreaterThan(1);
    expect(outputsIn(printed[stack] ?? '')).toEqual(outputsIn(example));
  });

  test('changes the password in its Secret, and asks for no update before the release', () => {
    expect(printed['rotation']).toMatch(/kubernetes:core\/v1:Secret postgres/);
    expect(printed['release']).not.toMatch(/pulumi up --stack staging/);
  });
});
