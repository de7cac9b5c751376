import type { Command } from 'commander';

/** Adds the one environment that a command is about. */
export const withEnvironment = (command: Command): Command =>
  command.argument('<environment>', 'name of the environment, e.g. prod');
