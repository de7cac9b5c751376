import type { Command } from 'commander';
import type { ProgramAllowances } from '../../ops/program/refuse-program.ts';
import type { WriteAllowances } from '../../ops/write/write-files.ts';

/** Options that every command shares which changes an environment's branch. */
export interface WriteOptions {
  readonly ops?: string;
  readonly byHand?: true;
  readonly discardEdits?: true;
  readonly allowRemoval?: readonly string[];
  readonly bootstrapApplied?: true;
  readonly allowUnmerged?: true;
  readonly allowOlderProgram?: true;
}

/** Parses an option that may be given several times, one value each: an argument after it is never taken for a value. */
export const repeated = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Adds `--ops`. */
export const withOps = (command: Command): Command =>
  command.option('--ops <url>', 'path or URL of the ops repository (default: the local one, .portolan/ops.git)');

/** Adds `--discard-edits`, which gets every writer back to what nobody edited. */
export const withDiscardEdits = (command: Command): Command =>
  command.option('--discard-edits', 'overwrite what was edited by hand on the branch');

/** Adds `--ops`, and by which a person says that it is one. */
export const withRequester = (command: Command): Command =>
  withOps(command).option(
    '--by-hand',
    'a person asks, where it does not look so: in CI, or with neither standard input nor standard error a terminal',
  );

/** Adds `--ops`, `--by-hand` and what a person may allow a write to do. */
export const withWriteOptions = (command: Command): Command =>
  withDiscardEdits(withRequester(command))
    .option(
      '--allow-removal <name>',
      'object that holds data and may be removed, or the environment to allow many removals; repeatable',
      repeated,
    )
    .option('--bootstrap-applied', 'the cluster has the new bootstrap/ already: "pulumi up" was run before this write')
    .option(
      '--allow-unmerged',
      'write with a program that is not on its default branch; the release records it, and a pull request with it does not pass verify',
    )
    .option('--allow-older-program', 'write although a newer program commit rendered the branch');

/** Adds what it takes to go past a gate in an emergency, or to ask for a pull request where no gate does. */
export const withRouteOptions = (command: Command): Command =>
  command
    .option('--pull-request', 'open a pull request where no gate asks for one')
    .option('--emergency', 'go past the gate, where the model names you; needs --reason')
    .option('--reason <text>', 'why, for everyone who reads the history');

/** The options that were given, for an operation of the ops repository. */
export const allowancesOf = ({
  discardEdits,
  allowRemoval,
  bootstrapApplied,
  allowUnmerged,
  allowOlderProgram,
}: WriteOptions): ProgramAllowances & WriteAllowances => ({
  ...(discardEdits ? { discardEdits } : {}),
  ...(allowRemoval ? { allowRemoval } : {}),
  ...(bootstrapApplied ? { bootstrapApplied } : {}),
  ...(allowUnmerged ? { allowUnmerged } : {}),
  ...(allowOlderProgram ? { allowOlderProgram } : {}),
});
