/**
 * `npm run demo`: the whole course, rehearsed on local bare repositories with no network. Prints what a person would have
 * seen, and fails when a step ends otherwise than it must: it is also the end-to-end test. `npm run demo -- --page FILE` keeps the page that
 * it ends with.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { shellLine } from './shell-line.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stage = mkdtempSync(join(tmpdir(), 'portolan-demo-'));
const program = join(stage, 'program');
const source = join(stage, 'source');
const ops = join(stage, 'ops.git');
const images = ['todo-app', 'todo-backend', 'broadcaster'];
let steps = 0;
/** Commands that have not ended. */
const running = new Set<ChildProcess>();

interface Outcome {
  readonly status: number;
  readonly output: string;
}

const people: Readonly<Record<string, string>> = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_CONFIG_NOSYSTEM: '1',
};
const variables = {
  ...process.env,
  ...people,
  NO_COLOR: '1',
  KUBECONFIG: join(stage, 'no-cluster'),
  USER: 'ada',
  GITHUB_TOKEN: '',
};

function git(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', [...args], { cwd: folder, encoding: 'utf8', env: variables });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

function commit(folder: string, message: string): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
}

const portolan = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['bin/portolan.cjs', ...args], {
      cwd: program,
      env: { ...variables, ...more },
    });
    running.add(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (status) => {
      running.delete(child);
      resolve({ status: status ?? 1, output: output.replaceAll(stage, '…') });
    });
  });

/** Names of commits and folders of this rehearsal, so that a command line stays readable. */
const readable = (text: string): string =>
  text.replaceAll(stage, '…').replace(/\b([0-9a-f]{12})[0-9a-f]{28}\b/g, '$1…');

function show(args: readonly string[], { output }: Outcome): void {
  process.stdout.write(
    `${pc.cyan(readable(`$ npx portolan ${shellLine(args)}`))}\n${output.replace(/^/gm, '  ').trimEnd()}\n\n`,
  );
}

/** Runs a command, shows it, and holds its exit code and what it must say. */
async function must(
  status: number,
  says: RegExp,
  args: readonly string[],
  more?: Readonly<Record<string, string>>,
): Promise<string> {
  const outcome = await portolan([...args, '--ops', ops], more);
  show(args, outcome);
  hold(
    outcome.status === status && says.test(outcome.output),
    `portolan ${args.join(' ')} must end with ${status} and say ${String(says)}; it ended with ${outcome.status}`,
  );
  return outcome.output;
}

function hold(condition: boolean, what: string): void {
  if (!condition) throw new Error(readable(what));
  steps += 1;
}

function chapter(title: string): void {
  process.stdout.write(`${pc.bold(`── ${title}`)}\n\n`);
}

/** What stands after an option of this very call. */
function optionOf(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
}

const build = (sha: string): readonly string[] => [
  'promote',
  'staging',
  ...images.flatMap((name) => ['--image', `${name}=arkb2023/${name}:${sha}`]),
  '--source-commit',
  sha,
  '--source',
  source,
  '--no-resolve',
];

function setUp(): string {
  mkdirSync(source);
  git(source, 'init', '--quiet', '--initial-branch', 'main');
  const first = commit(source, 'The version that runs today');
  mkdirSync(program);
  for (const name of [
    'bin',
    'src',
    'imports',
    'schemas',
    'package.json',
    'project.ts',
    'Pulumi.platform.yaml',
    'Pulumi.staging.yaml',
    'Pulumi.production.yaml',
  ])
    cpSync(join(root, name), join(program, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(program, 'node_modules'));
  const project = readFileSync(join(program, 'project.ts'), 'utf8');
  writeFileSync(join(program, 'project.ts'), project.replace(/'[0-9a-f]{40}'/, `'${first}'`));
  writeFileSync(join(program, '.gitignore'), 'node_modules\n.portolan\ndist\n');
  git(program, 'init', '--quiet', '--initial-branch', 'main');
  commit(program, 'The program');
  git(stage, 'init', '--quiet', '--bare', '--initial-branch', 'main', ops);
  return first;
}

/** The program gets a second application in every environment. */
function addLamp(): void {
  renameSync(join(program, 'project.ts'), join(program, 'one.ts'));
  const lamp = readFileSync(join(root, 'scripts', 'two-applications.ts'), 'utf8');
  writeFileSync(join(program, 'two-applications.ts'), lamp.replaceAll("'../src/", "'./src/"));
  writeFileSync(
    join(program, 'project.ts'),
    [
      "import one from './one.ts';",
      "export { ownSettings } from './one.ts';",
      "import type { Settings } from './src/model/settings/settings.ts';",
      "import { withLamp } from './two-applications.ts';",
      "export default (settings: Settings) => withLamp(one(settings), 'broadcaster');",
    ].join('\n'),
  );
}

async function main(): Promise<void> {
  setUp();
  const tip = (branch: string): string => git(ops, 'rev-parse', `env/${branch}`);

  chapter('Both environments are published for the first time');
  await must(0, /env\/staging created/, ['publish', 'staging', 'production']);
  await must(0, /is as it was/, ['publish', 'staging']);

  chapter('Three commits on main reach staging');
  const one = commit(source, 'Todos can be renamed');
  await must(0, /env\/staging updated/, build(one));
  const two = commit(source, 'The picture loads faster');
  const three = commit(source, 'The page fits a phone');
  const race = await Promise.all([two, three].map((sha) => portolan([...build(sha), '--ops', ops])));
  process.stdout.write(pc.dim('The next two builds end at the same moment, and nobody waits for anybody:\n\n'));
  race.forEach((outcome, i) => {
    show(build([two, three][i] ?? ''), outcome);
  });
  hold(
    race.every(({ status }) => status === 0),
    'a writer that lost a race is told so, and succeeds',
  );
  hold(
    git(ops, 'show', 'env/staging:release.yaml').includes(`tag: "${three}"`),
    'the newest commit is what staging runs, whoever wrote last',
  );
  hold(git(ops, 'rev-list', '--min-parents=2', 'env/staging') === '', 'the history is linear');
  await must(0, /is what this program renders/, ['verify', 'staging']);
  await must(0, /superseded/, build(one));

  chapter('A tag takes the same bits to production');
  git(source, 'tag', 'v4.10.0');
  await must(0, /env\/production updated/, [
    'promote',
    'production',
    '--from',
    'staging',
    '--source-commit',
    three,
    '--git-tag',
    'v4.10.0',
    '--source',
    source,
    '--no-resolve',
  ]);
  const promoted = tip('production');
  await must(0, /is as it was/, [
    'promote',
    'production',
    '--from',
    'staging',
    '--source-commit',
    three,
    '--git-tag',
    'v4.10.0',
    '--source',
    source,
    '--no-resolve',
  ]);
  hold(tip('production') === promoted, 'the same promotion twice is one commit');
  await must(1, /from another stage|cannot be fed|--from staging/, [
    'promote',
    'production',
    '--image',
    `todo-app=arkb2023/todo-app:v4.11.0`,
    '--git-tag',
    'v4.11.0',
    '--no-resolve',
  ]);

  chapter('The program changes, and an older checkout of it cannot undo that');
  const older = git(program, 'rev-parse', 'HEAD');
  for (const name of ['staging', 'production']) {
    const settings = join(program, `Pulumi.${name}.yaml`);
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('broadcaster: 6', 'broadcaster: 8'));
  }
  commit(program, 'Eight broadcasters');
  await must(0, /1 changed/, ['publish', 'staging']);
  git(program, 'checkout', '--quiet', older);
  await must(1, /older/, ['publish', 'staging']);
  git(program, 'checkout', '--quiet', 'main');

  chapter('Somebody edits the branch by hand');
  const clone = join(stage, 'clone');
  git(stage, 'clone', '--quiet', '--branch', 'env/staging', ops, clone);
  const edited = 'manifests/the-project/deployment.apps.staging-todo-app-dep.yaml';
  writeFileSync(join(clone, edited), readFileSync(join(clone, edited), 'utf8').replace('replicas: 1', 'replicas: 3'));
  const edit = commit(clone, 'Quick fix');
  git(clone, 'push', '--quiet', 'origin', 'env/staging');
  const four = commit(source, 'Dark mode');
  const refusal = await must(1, /staging-todo-app-dep/, build(four));
  hold(
    refusal.includes('Ada') && refusal.includes(edit.slice(0, 12)) && refusal.includes('--discard-edits'),
    'the refusal names the author, the commit and the way on',
  );
  hold(tip('staging') === edit, 'nothing was written');
  await must(0, /overwrote/, [...build(four), '--discard-edits']);

  chapter('The release turns out bad at night');
  await must(0, /v4\.10\.0 → v4\.9\.9/, ['rollback', 'production', '--reason', 'the page is blank']);
  hold(
    git(ops, 'diff', '--stat', 'env/production~2', 'env/production', '--', 'manifests') === '',
    'the earlier manifests are back, byte for byte',
  );
  const rerun = [
    'promote',
    'production',
    '--from',
    'staging',
    '--source-commit',
    three,
    '--git-tag',
    'v4.10.0',
    '--source',
    source,
    '--no-resolve',
  ];
  await must(1, /rolled back|held/, rerun, { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'github-actions' });
  await must(1, /held|rolled back/, ['publish', 'production']);
  await must(0, /held/, ['status', '--no-cluster']);
  await must(0, /updated/, ['unhold', 'production']);
  await must(0, /rollback/, ['history', 'production']);

  chapter('A second application moves by itself');
  addLamp();
  commit(program, 'A lamp beside the page');
  await must(0, /app\/staging\/the-project created[^]*app\/staging\/lamp created[^]*env\/staging updated/, [
    'publish',
    'staging',
  ]);
  const page = git(ops, 'rev-parse', 'app/staging/the-project');
  const five = commit(source, 'The lamp glows');
  const lit = (...which: readonly string[]): readonly string[] => [
    'promote',
    'staging',
    ...which,
    '--image',
    `lamp=arkb2023/broadcaster:${five}`,
    '--source-commit',
    five,
    '--source',
    source,
    '--no-resolve',
  ];
  await must(1, /write --application with one of: the-project, lamp/, lit());
  await must(0, /app\/staging\/lamp updated/, lit('--application', 'lamp'));
  const [ofPage, ofLamp] = ['the-project', 'lamp'].map((name) => git(ops, 'show', `app/staging/${name}:release.yaml`));
  hold(
    ofPage?.includes(`tag: "${four}"`) === true && ofLamp?.includes(`tag: "${five}"`) === true,
    'two applications run two versions of an image that they share',
  );
  await must(0, /rollback|restored/, ['rollback', 'staging', '--application', 'lamp', '--reason', 'it flickers']);
  await must(0, /staging\/lamp[^]*it flickers/, ['status', 'staging', '--no-cluster']);
  hold(git(ops, 'rev-parse', 'app/staging/the-project') === page, 'nothing of it touched the other application');
  await must(0, /is what this program renders/, ['verify', 'staging']);

  chapter('All of it on one page, for who would rather look than read');
  const shown = join(stage, 'page.html');
  await must(0, /Wrote/, ['page', '--no-cluster', '--source', source, '--output', shown]);
  const html = readFileSync(shown, 'utf8');
  for (const reason of ['the page is blank', 'it flickers'])
    hold(html.includes(`held: ${reason}`), `the page shows that something was held because ${reason}`);
  const kept = optionOf('--page');
  if (kept !== undefined) cpSync(shown, kept);

  process.stdout.write(`${pc.green(`The course holds: ${steps} things were as they must be.`)}\n`);
}

const tidy = (): void => {
  rmSync(stage, { recursive: true, force: true, maxRetries: 5 });
};
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    running.forEach((child) => child.kill('SIGKILL'));
    tidy();
    process.exit(code);
  });
}
try {
  await main();
} catch (error) {
  process.stderr.write(
    pc.red(`\nThe course does not hold: ${error instanceof Error ? error.message : String(error)}\n`),
  );
  process.exitCode = 1;
} finally {
  tidy();
}
