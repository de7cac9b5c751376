import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { execa } from 'execa';
import { askGit } from '../../ops/git/run-git.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { withExamples } from '../arguments/with-examples.ts';
import type { CommandContext, Define } from '../command.ts';
import { LOGIN_SETTING, type Answers } from '../../init/answers.ts';
import { filesLike, newFiles, type Dependency } from '../../init/new-files.ts';
import { answersFrom, engineWords, type InitWords } from '../init/answers.ts';
import { exampleFiles, type PackageOrigin } from '../init/example-files.ts';
import { writeOnce } from '../init/write-once.ts';

interface Options extends Omit<InitWords, 'pulumi'> {
  readonly withoutPulumi?: true;
  readonly like?: string;
}

/** `portolan init`: writes a repository that delivers a small system, into a folder that has none of its files. */
export const define: Define = (command, act) => {
  withExamples(
    command,
    'init shop',
    'init shop --registry ghcr.io/acme --host shop.example.com --environments dev,test,prod',
  )
    .argument('<dir>', 'folder to write to; its name is the name of the system')
    .option(
      '--engine <name>',
      `who makes the clusters equal to the branches: ${engineWords.join(' or ')} (default: ${engineWords[0] ?? ''})`,
    )
    .option('--registry <address>', 'where the images lie (default: ghcr.io and the user that Git knows)')
    .option('--host <name>', 'host of the last environment; another has its name in front (default: DIR.example.com)')
    .option('--environments <names>', 'in the order in which a release passes them (default: dev,prod)')
    .option('--without-pulumi', 'leave Pulumi out: repositories, secrets and namespaces are made by hand')
    .option('--like <example>', 'start from an example of this version instead of the small system')
    .action(
      act(async (context, dir: string, said: Options) => {
        const { terminal, packageFolder } = context;
        const folder = resolve(dir);
        const user = (await askGit(['config', '--get', LOGIN_SETTING], { folder: process.cwd() })).stdout;
        const answers = answersFrom(
          folder,
          { ...said, pulumi: said.withoutPulumi !== true },
          user.toString().trim() || undefined,
        );
        const { dependency, origin } = own(packageFolder);
        if (said.like !== undefined) refuseWords(said);
        const files =
          said.like === undefined
            ? newFiles(answers, dependency)
            : filesLike(await exampleFiles(said.like, origin), answers, dependency);
        await terminal.step(`write ${files.size} files to ${shown(folder)}`, () => {
          writeOnce(folder, files);
        });
        if (![...files.keys()].some((file) => file.includes('workflows/')))
          await terminal.step('write the workflows', () => workflows(context, folder));
        for (const line of nextSteps(folder, answers, said)) terminal.say(line);
        terminal.result({ folder, files: [...files.keys()] });
        return true;
      }),
    );
};

/** What this package is called, how it is depended on, and where it comes from. */
function own(packageFolder: string): { readonly dependency: Dependency; readonly origin: PackageOrigin } {
  const { name, version, portolan, repository } = JSON.parse(
    readFileSync(join(packageFolder, 'package.json'), 'utf8'),
  ) as {
    readonly name: string;
    readonly version: string;
    readonly portolan: { readonly tools: Readonly<Record<string, string>> };
    readonly repository: { readonly url: string };
  };
  return {
    dependency: { name, version, tools: portolan.tools },
    origin: { packageFolder, version, url: repository.url.replace(/^git\+/, '') },
  };
}

/** @throws UsageError when something is said of an example, whose words are its own */
function refuseWords(said: Options): void {
  const refused = (['engine', 'registry', 'host', 'environments'] as const).find((it) => said[it] !== undefined);
  if (refused !== undefined)
    throw new UsageError(`--${refused}: an example says its own; leave it out, and change project.ts afterwards`);
}

/** The workflows of the program's repository, as the new program says them. */
async function workflows({ packageFolder }: CommandContext, folder: string): Promise<void> {
  const launcher = join(packageFolder, 'bin', 'portolan.cjs');
  const { exitCode, stderr } = await execa(process.execPath, [launcher, 'workflows', '--write'], {
    cwd: folder,
    reject: false,
  });
  if (exitCode !== 0) throw new Error(`portolan: the workflows cannot be written\n${stderr.replace(/^/gm, '  ')}`);
}

const shown = (folder: string): string => relative(process.cwd(), folder) || '.';

function nextSteps(folder: string, { registry, host, follower }: Answers, said: Options): readonly string[] {
  const guessed = [
    ...(said.registry === undefined ? [`images in ${registry} (--registry)`] : []),
    ...(said.host === undefined ? [`host ${host} (--host)`] : []),
    ...(said.engine === undefined ? [`followed by ${follower.title} (--engine)`] : []),
  ];
  return [
    ...(said.like !== undefined || guessed.length === 0
      ? []
      : ['', `Guessed: ${guessed.join(', ')}. project.ts and the stack files say it; change it there.`]),
    '',
    `Next:  ${shown(folder) === '.' ? '' : `cd ${shown(folder)} && `}npm install && npm start`,
  ];
}
