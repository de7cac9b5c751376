import { CommanderError } from 'commander';
import { ProblemsError } from '../model/problem.ts';
import { OpsError } from '../ops/ops-error.ts';
import { FindingsError } from '../review/checks/finding.ts';
import { UsageError } from './arguments/usage-error.ts';
import { SeveralFailures } from './several-failures.ts';

/** A failure for people, for machines, and for the shell. */
export interface Failure {
  readonly text: string;
  /** The same as data: `error`, and each reason where there are several. */
  readonly data: Readonly<Record<string, unknown>>;
  /** 2 when the command was called wrongly, else 1. */
  readonly exitCode: 1 | 2;
}

/**
 * Says what happened and what to type next.
 *
 * @param command - the command that was called, for the way to its help. @default - the list of commands
 */
export function describeFailure(error: unknown, command?: string): Failure {
  if (error instanceof CommanderError) {
    const text = describeMisuse(error, command);
    return { text, data: { error: text }, exitCode: 2 };
  }
  if (isGitFailure(error)) {
    const text = `portolan: the command ended here, because git failed\n  ${error.message.replaceAll('\n', '\n    ')}\n    next: run the same command again; "git fsck" in that repository says whether it is damaged`;
    return { text, data: { error: text }, exitCode: 1 };
  }
  const text = isExpected(error)
    ? error.message
    : `portolan: an error nobody expected: ${error instanceof Error ? error.message : String(error)}`;
  return { text, data: { error: text, ...reasonsOf(error) }, exitCode: isMisuse(error) ? 2 : 1 };
}

/** Errors that speak to people start with the program's name; anything else is a fault of the program and keeps its stack. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof CommanderError ||
  isGitFailure(error) ||
  (error instanceof Error && error.message.startsWith('portolan: '));

/** A git command that failed while something was read; told by its name, because most commands never load what runs git. */
const isGitFailure = (error: unknown): error is Error => error instanceof Error && error.name === 'GitFailure';

type Reasons = Readonly<Record<string, unknown>>;

function reasonsOf(error: unknown): Reasons {
  if (error instanceof SeveralFailures) return error.failures.map(reasonsOf).reduce(joined, {});
  if (error instanceof OpsError) return { subject: error.subject, refusals: error.refusals };
  if (error instanceof ProblemsError) return { problems: error.problems };
  if (error instanceof FindingsError) return { findings: error.findings };
  return {};
}

/** Lists that several failures have are one list. */
const joined = (all: Reasons, more: Reasons): Reasons => ({
  ...all,
  ...Object.fromEntries(
    Object.entries(more).map(([key, value]) => {
      const before = all[key];
      return [
        key,
        Array.isArray(before) && Array.isArray(value) ? [...(before as unknown[]), ...(value as unknown[])] : value,
      ];
    }),
  ),
});

/** Whether the command line is to blame: problems of an option have the option as their path. */
const isMisuse = (error: unknown): boolean =>
  error instanceof UsageError ||
  (error instanceof ProblemsError && error.problems.every(({ path }) => path.startsWith('--')));

/** What the parser of the command line found, in the words that all errors have. */
function describeMisuse({ code, message }: CommanderError, command: string | undefined): string {
  const said = message
    .replace(/^error: /, '')
    .replaceAll("'", '"')
    .replace(/\n?\(Did you mean (.*)\?\)$/, '; did you mean $1?')
    .replace('. Expected', '; expected')
    .replace(/\.$/, '');
  const known = command !== undefined && !command.startsWith('-') && code !== 'commander.unknownCommand';
  return `portolan: ${said}\n  next: npx portolan ${known ? `${command} ` : ''}--help`;
}
