import type { Command } from 'commander';

/** Adds example command lines to the help of a command, e.g. `history prod --since 2026-01-31`. */
export const withExamples = (command: Command, ...examples: readonly string[]): Command =>
  command.addHelpText(
    'after',
    `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${examples.map((line) => `  npx portolan ${line}`).join('\n')}`,
  );
