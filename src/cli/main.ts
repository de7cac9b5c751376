import { Command, CommanderError } from 'commander';

/** How Portolan was started; `bin/portolan.mjs` says it. */
export interface Invocation {
  /** What follows the program's name, e.g. `['synth', '--output', 'out']`. */
  readonly argv: readonly string[];
  /** The absolute folder of the `project.ts` that `#project` stands for. */
  readonly projectFolder: string;
  /** Portolan's own version, e.g. `0.1.0`. */
  readonly version: string;
}

/** A command as the table lists it: what its file holds is loaded when the command is called, not before. */
export interface CommandEntry {
  /** The word that calls it, e.g. `synth`. */
  readonly name: string;
  /** The line in `portolan --help`. */
  readonly summary: string;
  /** Loads the file that gives the command its arguments, options and action. */
  readonly load: () => Promise<{ readonly define: (command: Command, invocation: Invocation) => void }>;
}

const commands: readonly CommandEntry[] = [];

/** Runs one command and returns the exit code: 0 when what was asked holds, 1 when it does not, 2 when called wrongly. */
export async function main(invocation: Invocation): Promise<number> {
  const program = new Command('portolan')
    .description('One typed program says how a product is delivered.')
    .version(invocation.version)
    .exitOverride();
  for (const { name, summary, load } of commands) {
    const command = program.command(name).description(summary).exitOverride();
    if (invocation.argv.includes(name)) (await load()).define(command, invocation);
  }
  if (invocation.argv.length === 0) {
    program.outputHelp();
    return 2;
  }
  try {
    await program.parseAsync(invocation.argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}
