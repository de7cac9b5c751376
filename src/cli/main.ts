import { Command, CommanderError } from 'commander';
import type { CommandContext, Invocation, Verdict } from './command.ts';
import { commands } from './command-table.ts';
import { describeMisuse, isExpected } from './misuse.ts';
import type { Failure } from './misuse.ts';
import { terminal } from './terminal.ts';

/** Runs one command and returns the exit code: 0 when what was asked holds, 1 when it does not, 2 when called wrongly. */
export async function main(invocation: Invocation): Promise<number> {
  const json = invocation.argv.includes('--json');
  const argv = withoutHelpCommand(invocation.argv.filter((argument) => argument !== '--json'));
  const ends: (() => void)[] = [];
  const context: CommandContext = {
    ...invocation,
    argv,
    terminal: terminal(json),
    atEnd: (work) => ends.push(work),
  };
  const outcome: { holds: Verdict } = { holds: true };
  try {
    const program = await programFor(context, outcome);
    if (argv.length === 0) {
      if (json) throw await nothingAsked();
      program.outputHelp({ error: true });
      return 2;
    }
    await program.parseAsync(argv, { from: 'user' });
    return outcome.holds ? 0 : 1;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const error = isExpected(thrown) ? thrown : await ofProgram(thrown, invocation);
    const { text, data, exitCode } = await described(error, argv[0]);
    context.terminal.result(data);
    if (!isExpected(error)) throw error;
    if (!json) process.stderr.write(`${text}\n`);
    return exitCode;
  } finally {
    for (const work of ends) work();
  }
}

async function nothingAsked(): Promise<Error> {
  const { UsageError } = await import('./arguments/usage-error.ts');
  return new UsageError('name a command; "npx portolan --help" lists them');
}

/** What went wrong, in words. A wrong call is told by what every start loads; any other failure by what is loaded when it comes. */
const described = async (error: unknown, command: string | undefined): Promise<Failure> =>
  error instanceof CommanderError
    ? describeMisuse(error, command)
    : (await import('./failure.ts')).describeFailure(error, command);

/** A package that the user did not install, or the failure of the user's own program, that an error is; or the error itself. */
async function ofProgram(error: unknown, invocation: Invocation): Promise<unknown> {
  const [{ missingPackage }, { programFailure }] = await Promise.all([
    import('../settings/missing-package.ts'),
    import('../settings/program-failure.ts'),
  ]);
  return missingPackage(error, invocation.packageFolder) ?? programFailure(error, invocation) ?? error;
}

/** Every command by name and summary; the one that is called with all it takes. */
async function programFor(context: CommandContext, outcome: { holds: Verdict }): Promise<Command> {
  const program = new Command('portolan')
    .description('One typed program says how a product is delivered; this renders it, checks it, and moves releases.')
    .version(context.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText('after', footer);
  for (const { name, summary, load, startsAnywhere = false } of commands) {
    const command = program.command(name).summary(summary).description(sentence(summary));
    if (context.argv[0] !== name) continue;
    (await load()).define(command, (action) => async (...args) => {
      if (context.withoutProject === true && !startsAnywhere)
        (await import('./project/no-project.ts')).refuseWithoutProject();
      // A word of commander's own: what --no-cache comes to.
      const { cache } = command.opts<{ readonly cache?: boolean }>();
      const { kept: _, ...forgetful } = context;
      outcome.holds = await action(cache === false ? forgetful : context, ...args);
    });
    command.option('--json', 'answer as one JSON value, for machines');
    if (!startsAnywhere) command.option('--no-cache', 'find out anew what an earlier call kept');
  }
  return program;
}

const footer = `
Start with: npm start
Each command has --help, and --json for machines.
Exit code 0: what was asked holds; 1: it does not; 2: called wrongly.`;

const sentence = (summary: string): string => `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;

/** `help publish` is `publish --help`. */
const withoutHelpCommand = (argv: readonly string[]): readonly string[] =>
  argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
