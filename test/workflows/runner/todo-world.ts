import { copyFileSync, cpSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import project from '../../../project.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { opsDefaultBranchWorkflows, repositoryWorkflows } from '../../../src/workflows/workflows-of.ts';
import { gitIn, temporaryFolder } from '../../support/git.ts';
import { settings } from '../../support/settings.ts';
import { opened } from './played/api.ts';
import { PlayedGitHub, type App } from './played/github.ts';
import type { PlayedRepository } from './played/repository.ts';
import type { Run } from './run.ts';
import { settle } from './settle.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');

/** The apps as docs/secrets.md describes them. */
const apps: readonly App[] = [
  {
    holder: 'portolan-promoter',
    permissions: {
      'the-project-ops': { contents: 'write', 'pull-requests': 'write', workflows: 'write' },
      'the-project-delivery': { contents: 'read' },
    },
  },
  {
    holder: 'portolan-reader',
    permissions: { 'the-project-ops': { contents: 'read' }, 'the-project-delivery': { contents: 'read' } },
  },
];

/** What is different in a world besides the delivery that its workflows are made of. */
export interface Differences {
  /** Changes the text of project.ts, which the workflows run. @default - it is as it is here */
  readonly program?: (text: string) => string;
  /** What the promoter's app may do besides, by name of the repository. @default - nothing */
  readonly promoterMay?: App['permissions'];
}

/** Branch and pull request that a person makes. */
export interface Proposal {
  readonly branch: string;
  readonly files: Readonly<Record<string, string | null>>;
  /** @default 'main' */
  readonly base?: string;
  /** Full name of the fork that it comes from. @default - a branch of the repository itself */
  readonly fork?: string;
}

/** The todo system's repositories at the played GitHub, with the workflows that are generated for them, and what people do there. */
export class TodoWorld {
  private constructor(
    readonly github: PlayedGitHub,
    readonly source: PlayedRepository,
    readonly program: PlayedRepository,
    readonly ops: PlayedRepository,
  ) {}

  /** @param change - of the delivery, for what its workflows say and which environments there are */
  static async start(
    change: (delivery: Delivery) => Delivery = (delivery) => delivery,
    { program: edited = (text) => text, promoterMay = {} }: Differences = {},
  ): Promise<TodoWorld> {
    const delivery = change(project(settings));
    const github = await PlayedGitHub.start(
      delivery,
      apps.map(({ holder, permissions }) => ({
        holder,
        permissions: holder === 'portolan-promoter' ? { ...permissions, ...promoterMay } : permissions,
      })),
    );
    const [source, program, ops] = ['devops-kubernetes', 'the-project-delivery', 'the-project-ops'].map((name) =>
      github.repository(name),
    ) as [PlayedRepository, PlayedRepository, PlayedRepository];
    const world = new TodoWorld(github, source, program, ops);
    try {
      world.seed(delivery, edited);
    } catch (error) {
      await github.stop();
      throw error;
    }
    return world;
  }

  /** What the repositories hold before anything is delivered. */
  private seed(delivery: Delivery, edited: (text: string) => string): void {
    const { source, program, ops } = this;
    const generated = repositoryWorkflows(delivery);
    const first = source.write('main', {
      ...Object.fromEntries(generated[source.name] ?? []),
      ...Object.fromEntries(
        ['todo_backend', 'todo_app', 'broadcaster'].map((name) => [`the_project/${name}/Dockerfile`, `FROM ${name}\n`]),
      ),
    });
    seedProgram(program, first, generated[program.name] ?? new Map(), edited);
    const ofOps = delivery.repositories.find(({ name }) => name === ops.name)!;
    // As the stacks do it: the judge of pull requests, and the branch that the first one goes to.
    const empty = gitIn(ops.folder, 'hash-object', '-t', 'tree', '-w', '/dev/null');
    gitIn(
      ops.folder,
      'update-ref',
      'refs/heads/env/production',
      gitIn(ops.folder, 'commit-tree', empty, '-m', 'Start'),
    );
    ops.write('main', { 'README.md': 'ops\n', ...Object.fromEntries(opsDefaultBranchWorkflows(delivery, ofOps)) });
  }

  stop(): Promise<void> {
    return this.github.stop();
  }

  /** Runs whatever is started. */
  settle(): Promise<readonly Run[]> {
    return settle(this.github);
  }

  /** A person pushes a commit. Returns it. */
  push(repository: PlayedRepository, branch: string, files: Readonly<Record<string, string | null>>): string {
    const before = repository.refs();
    const commit = repository.write(branch, files);
    this.github.moved(repository, before, 'ann');
    return commit;
  }

  /** Somebody who may write the repository sends it an event. */
  send(repository: PlayedRepository, type: string): void {
    const happening = { on: 'repository_dispatch', type, payload: {}, actor: 'a-sender' } as const;
    this.github.happenings.push({ ...happening, repository: repository.fullName });
  }

  /** A time comes. */
  strike(repository: PlayedRepository, cron: string): void {
    this.github.happenings.push({ on: 'schedule', cron, actor: 'ann', repository: repository.fullName });
  }

  /** A person pushes a tag. */
  tag(repository: PlayedRepository, name: string, commit: string): void {
    const before = repository.refs();
    gitIn(repository.folder, 'tag', name, commit);
    this.github.moved(repository, before, 'ann');
  }

  /** A person opens a pull request. Returns its number. */
  propose(repository: PlayedRepository, { branch, files, base = 'main', fork }: Proposal): number {
    gitIn(repository.folder, 'branch', branch, base);
    const head = repository.write(branch, files);
    const { number } = repository.service.openedElsewhere(branch, base, fork);
    repository.authors.set(number, 'ann');
    if (fork !== undefined) {
      gitIn(repository.folder, 'update-ref', `refs/pull/${number}/head`, head);
      gitIn(repository.folder, 'branch', '-D', branch);
    }
    this.github.happenings.push(opened(repository, number, 'ann'));
    return number;
  }

  /** A person merges a pull request, which GitHub pushes in their name. */
  merge(repository: PlayedRepository, number: number): string {
    const { merge } = repository.mergeOf(number);
    const pull = repository.pull(number);
    const before = repository.refs();
    gitIn(repository.folder, 'update-ref', `refs/heads/${pull.base}`, merge);
    pull.state = 'closed';
    pull.merged = true;
    this.github.moved(repository, before, 'ann');
    return merge;
  }

  /** Text of a file of an environment's branch. */
  published(environment: string, path: string): string {
    return this.ops.read(`refs/heads/env/${environment}`, path);
  }
}

/** The program's repository: project.ts and the stack files as they are here, and the program itself as links to this checkout. */
function seedProgram(
  program: PlayedRepository,
  firstCommit: string,
  workflows: ReadonlyMap<string, string>,
  edited: (text: string) => string,
): void {
  const folder = temporaryFolder();
  const stacks = readdirSync(root).filter((name) => /^Pulumi\..*yaml$/.test(name));
  for (const name of ['package.json', '.gitignore', 'tsconfig.json', 'cdk8s.yaml', ...stacks])
    copyFileSync(join(root, name), join(folder, name));
  for (const name of ['bin', 'src', 'imports', 'schemas']) symlinkSync(join(root, name), join(folder, name));
  // The first release is of a commit that this source has.
  const text = readFileSync(join(root, 'project.ts'), 'utf8').replace(/(?<=firstCommit = ')[0-9a-f]{40}/, firstCommit);
  writeFileSync(join(folder, 'project.ts'), edited(text));
  // How Portolan itself is published is no workflow of the project.
  const generated = (path: string): boolean => basename(path) !== 'release.yaml';
  cpSync(join(root, '.github'), join(folder, '.github'), { recursive: true, filter: generated });
  for (const [path, content] of workflows) writeFileSync(join(folder, path), content);
  gitIn(folder, 'init', '--quiet');
  gitIn(folder, 'add', '--all');
  gitIn(folder, 'commit', '--quiet', '--message', 'The program');
  gitIn(folder, 'push', '--quiet', program.folder, 'HEAD:refs/heads/main');
}
