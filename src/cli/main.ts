import { Command, CommanderError } from 'commander';
import type { CommandContext, Invocation, Verdict } from './command.ts';
import { commands } from './command-table.ts';
import { terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Runs one command and returns the exit code: 0 when what was asked holds, 1 when it does not, 2 when called wrongly. */
export async function main(invocation: Invocation): Promise<number> {
  const json = invocation.argv.includes('--json');
  const context: CommandContext = { ...invocation, terminal: terminal(json) };
  const outcome: { holds: Verdict } = { holds: true };

  const program = new Command('portolan')
    .description('One typed program says how a product is delivered; this renders it, checks it, and moves releases.')
    .version(invocation.version)
    .showSuggestionAfterError(true)
    .exitOverride()
    .helpCommand(false)
    .addHelpText('after', '\nStart with: npm start\nEach command has --help; most have --json. Exit code 0: what was asked holds; 1: it does not; 2: called wrongly.');
  for (const { name, summary, load } of commands) {
    const command = program.command(name).summary(summary).description(summary).exitOverride();
    if (invocation.argv[0] !== name) continue;
    command.option('--json', 'answer as one JSON value, for machines');
    (await load()).define(command, (action) => async (...args) => {
      outcome.holds = await action(context, ...args);
    });
  }
  if (invocation.argv.length === 0) {
    program.outputHelp({ error: true });
    return 2;
  }
  try {
    await program.parseAsync(invocation.argv, { from: 'user' });
    return outcome.holds ? 0 : 1;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof Error) || !isExpected(error)) throw error;
    if (json) context.terminal.result({ error: error.message });
    else process.stderr.write(`${error.message}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Errors that speak to people start with the program's name; anything else is a fault of the program and keeps its stack. */
const isExpected = (error: Error): boolean => error.message.startsWith('portolan: ');
