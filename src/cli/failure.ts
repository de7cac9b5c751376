import { CommanderError } from 'commander';
import { ProblemsError } from '../model/problem.ts';
import { OpsError } from '../ops/ops-error.ts';
import { FindingsError } from '../review/checks/finding.ts';
import { UsageError } from './arguments/usage-error.ts';
import { describeMisuse, isExpected, isGitFailure } from './misuse.ts';
import type { Failure } from './misuse.ts';
import { SeveralFailures } from './several-failures.ts';

/**
 * Says what happened and what to type next.
 *
 * @param command - the command that was called, for the way to its help. @default - the list of commands
 */
export function describeFailure(error: unknown, command?: string): Failure {
  if (error instanceof CommanderError) return describeMisuse(error, command);
  if (isGitFailure(error)) {
    const text = `portolan: the command ended here, because git failed\n  ${error.message.replaceAll('\n', '\n    ')}\n    next: run the same command again; "git fsck" in that repository says whether it is damaged`;
    return { text, data: { error: text }, exitCode: 1 };
  }
  const text = isExpected(error)
    ? error.message
    : `portolan: an error nobody expected: ${error instanceof Error ? error.message : String(error)}`;
  return { text, data: { error: text, ...reasonsOf(error) }, exitCode: isMisuse(error) ? 2 : 1 };
}

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
