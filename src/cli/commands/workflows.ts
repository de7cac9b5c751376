import { repositoryHolding } from '../../model/delivery.ts';
import { nameOf, unitsOf } from '../../model/derived/units.ts';
import { checkWorkflows } from '../../model/derived/supply-checks.ts';
import { mkdirSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Define } from '../command.ts';
import { withEveryCredential } from '../../workflows/lacking-credentials.ts';
import { opsDefaultBranchWorkflows, repositoryWorkflows, unitWorkflows } from '../../workflows/workflows-of.ts';
import { openProject } from '../project/open-project.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { withExamples } from '../arguments/with-examples.ts';
import { uncallableIn } from '../trees/called-workflows.ts';
import { differingWorkflows, expectedIn, type ExpectedWorkflow } from '../trees/workflow-files.ts';

interface Options {
  readonly write?: true;
  readonly repository?: readonly string[];
  readonly output?: string;
}

/** `portolan workflows`: whether the committed workflows are the generated ones; with `--write`, makes them so. */
export const define: Define = (command, act) => {
  withExamples(command, 'workflows --write', 'workflows --repository shop=../shop')
    .option('--write', 'write the workflows into the checkouts, for you to commit and have reviewed')
    .option(
      '--repository <name=folder...>',
      'checkout of a repository (default: the repository that holds the program is this folder)',
    )
    .option('-o, --output <dir>', 'write every workflow below this folder instead, the environment branches included')
    .action(
      act(async (context, { write, repository = [], output }: Options) => {
        const { projectFolder, terminal } = context;
        const { delivery } = await openProject(context);
        const generated = withEveryCredential(delivery, () => repositoryWorkflows(delivery));
        if (output !== undefined) {
          const branches = withEveryCredential(delivery, () =>
            unitsOf(delivery).map((unit) => [`ops/${nameOf(unit)}`, unitWorkflows(delivery, unit)] as const),
          );
          const defaults = withEveryCredential(delivery, () =>
            delivery.repositories
              .filter(({ holds }) => holds.includes('ops'))
              .map((ops) => [`ops/default-branch/${ops.name}`, opsDefaultBranchWorkflows(delivery, ops)] as const),
          );
          const all = [...Object.entries(generated), ...branches, ...defaults].flatMap(([folder, files]) =>
            expectedIn(resolve(output, folder), files),
          );
          writeAll(all);
          terminal.say(`Wrote ${all.length} workflows below ${output}.`);
          terminal.result({ written: all.map(({ file }) => file) });
          return true;
        }
        const checkouts = checkoutsOf(
          Object.keys(generated),
          repository,
          repositoryHolding(delivery, 'program')?.name,
          projectFolder,
        );
        const expected = Object.entries(generated).flatMap(([name, files]) =>
          checkouts[name] === undefined ? [] : expectedIn(checkouts[name], files),
        );
        const differing = differingWorkflows(expected);
        const elsewhere = Object.keys(generated).filter((name) => checkouts[name] === undefined);
        if (write) writeAll(differing);
        for (const { file } of differing)
          terminal.say(`${write ? 'wrote' : 'differs'}  ${relative(process.cwd(), file)}`);
        for (const name of elsewhere)
          terminal.say(`not asked: ${name}; pass --repository ${name}=FOLDER for its checkout`);
        const checks = checkWorkflows(delivery);
        const uncallable = checks.flatMap((check) => {
          const folder = checkouts[check.repository.name];
          return folder === undefined ? [] : uncallableIn(folder, [check]);
        });
        for (const line of uncallable) terminal.say(line);
        for (const { path, repository: source, supply } of checks)
          if (checkouts[source.name] === undefined)
            terminal.say(
              `not known: whether ${source.name} has ${path}, which supplies.${supply.name}.checks asks for`,
            );
        if (differing.length === 0) terminal.say(`${expected.length} workflows are as generated.`);
        else if (!write) terminal.say('Make them so with: npx portolan workflows --write');
        terminal.result({
          differing: differing.map(({ file }) => file),
          written: write === true,
          notAsked: elsewhere,
          uncallable,
        });
        return (write === true || differing.length === 0) && uncallable.length === 0;
      }),
    );
};

function checkoutsOf(
  known: readonly string[],
  given: readonly string[],
  program: string | undefined,
  projectFolder: string,
): Readonly<Record<string, string>> {
  const named = given.map((entry) => {
    const [name = '', folder = ''] = entry.split('=', 2);
    if (!known.includes(name) || folder === '')
      throw new UsageError(
        `"${entry}" is not a repository and its folder; write ${known.map((one) => `${one}=FOLDER`).join(' or ')}`,
      );
    return [name, resolve(folder)] as const;
  });
  return { ...(program === undefined ? {} : { [program]: projectFolder }), ...Object.fromEntries(named) };
}

function writeAll(files: readonly ExpectedWorkflow[]): void {
  for (const { file, text } of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileAtomic.sync(file, text);
  }
}
