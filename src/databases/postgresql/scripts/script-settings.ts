import { postgresWords } from '../../../model/formats/postgres-words.ts';
import { ProblemsError, type Problem } from '../../../model/problem.ts';
import { quoteForShell } from './quote.ts';

/**
 * What a setting of a script must look like. Scripts quote every value, so these rules are not about safety of the shell:
 * they refuse what PostgreSQL, `find` or a name of a file would take for something else.
 */
const rules = {
  ...postgresWords,
  host: {
    pattern: /^[A-Za-z0-9./:_-]+$/,
    write: 'must be a host name, an address or the folder of a socket, e.g. "orders-db-svc"',
  },
  directory: {
    pattern: /^(?:\/[A-Za-z0-9._-]+)+$/,
    write: 'must be an absolute path of letters, digits, ".", "_" and "-", e.g. "/backups"',
  },
  filePrefix: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    write: 'must be the beginning of a file name, e.g. "backup-full-"',
  },
} as const;

/** Kinds of text settings that {@link checkSettings} knows. */
export type TextSetting = keyof typeof rules;

/** One setting of a script, as its props name it. */
export type Setting =
  | { readonly path: string; readonly is: TextSetting; readonly value: string }
  | { readonly path: string; readonly is: 'wholeNumber'; readonly most: number; readonly value: number };

/**
 * Refuses settings that a script could not work with.
 *
 * @throws ProblemsError with all problems at once
 */
export function checkSettings(what: string, settings: readonly Setting[]): void {
  const problems = settings.flatMap((setting): Problem[] => {
    const { path, value } = setting;
    if (setting.is === 'wholeNumber') {
      const holds = Number.isInteger(setting.value) && setting.value >= 1 && setting.value <= setting.most;
      return holds ? [] : [{ path, message: `must be a whole number from 1 to ${setting.most}`, given: value }];
    }
    const rule = rules[setting.is];
    return rule.pattern.test(setting.value) ? [] : [{ path, message: rule.write, given: value }];
  });
  if (problems.length > 0) throw new ProblemsError(what, problems);
}

/** Sets a shell variable from the environment variable of that name, or else to a value. */
export function fromEnvironment(variable: string, value: string | number): string {
  return `${variable}=\${${variable}:-${quoteForShell(String(value))}}`;
}

/** Sets a shell variable to a value, whatever the environment says. */
export function setting(variable: string, value: string | number): string {
  return `${variable}=${quoteForShell(String(value))}`;
}
