import { CommanderError } from 'commander';

/** A failure for people, for machines, and for the shell. */
export interface Failure {
  readonly text: string;
  /** The same as data: `error`, and each reason where there are several. */
  readonly data: Readonly<Record<string, unknown>>;
  /** 2 when the command was called wrongly, else 1. */
  readonly exitCode: 1 | 2;
}

/** Errors that speak to people start with the program's name; anything else is a fault of the program and keeps its stack. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof CommanderError ||
  isGitFailure(error) ||
  (error instanceof Error && error.message.startsWith('portolan: '));

/** A git command that failed while something was read; told by its name, because most commands never load what runs git. */
export const isGitFailure = (error: unknown): error is Error => error instanceof Error && error.name === 'GitFailure';

/** What the parser of the command line found, in the words that all errors have. */
export function describeMisuse({ code, message }: CommanderError, command: string | undefined): Failure {
  const said = message
    .replace(/^error: /, '')
    .replaceAll("'", '"')
    .replace(/\n?\(Did you mean (.*)\?\)$/, '; did you mean $1?')
    .replace('. Expected', '; expected')
    .replace(/\.$/, '');
  const known = command !== undefined && !command.startsWith('-') && code !== 'commander.unknownCommand';
  const text = `portolan: ${said}\n  next: npx portolan ${known ? `${command} ` : ''}--help`;
  return { text, data: { error: text }, exitCode: 2 };
}
