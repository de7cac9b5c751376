import type { CheckException, Delivery } from '../../model/delivery.ts';
import { closest, oneOf } from '../../model/suggestion.ts';
import type { Finding } from './finding.ts';

/** Name of the findings about exceptions themselves; no exception covers them. */
export const exceptionsCheck = 'exceptions';

/** Checks that find as many different mistakes as an object has fields: an exception for one must not mute the next typo. */
const byField: readonly string[] = ['schema'];

/** Whether an exception covers a finding. */
export const covers = ({ check, object, field, environment }: CheckException, finding: Finding): boolean =>
  check === finding.check &&
  object === finding.object &&
  (field === undefined ? !byField.includes(check) : field === finding.field) &&
  (environment === undefined || environment === finding.environment);

/** The findings that no exception covers. An exception without a reason covers nothing. */
export const withoutExcepted = (
  findings: readonly Finding[],
  exceptions: readonly CheckException[],
): readonly Finding[] =>
  exceptions.length === 0
    ? findings
    : findings.filter(
        (finding) => !exceptions.some((exception) => exception.reason.trim() !== '' && covers(exception, finding)),
      );

/** What to look at to say whether an exception is of any use. */
export interface ExceptionUse {
  readonly delivery: Delivery;
  /** Findings before exceptions, of the environments that were checked. */
  readonly findings: readonly Finding[];
  /** Names of the environments that were checked. */
  readonly environments: readonly string[];
  /** Names of all checks. */
  readonly checks: readonly string[];
  /** Names of those whose findings the cluster refuses, whatever is accepted. */
  readonly refusedAnyway: readonly string[];
  /** Whether an object, as `Kind/name`, is rendered in one of the environments. */
  readonly isRendered: (object: string) => boolean;
}

/**
 * Exceptions that do nothing: they name what does not exist, accept what the cluster refuses, give no reason, or cover no finding. One that names no
 * environment is judged where its object is rendered; when all environments were checked, wherever it is.
 */
export function uselessExceptions({
  delivery,
  findings,
  environments,
  checks,
  refusedAnyway,
  isRendered,
}: ExceptionUse): readonly Finding[] {
  const known = delivery.environments.map(({ name }) => name);
  const all = known.every((name) => environments.includes(name));
  return (delivery.exceptions ?? []).flatMap((exception) => {
    const { check, object, field, environment, reason } = exception;
    const about = (message: string): readonly Finding[] => [
      {
        check: exceptionsCheck,
        environment: environment ?? environments.join(', '),
        construct: 'exceptions',
        object,
        field: [check, ...(field === undefined ? [] : [field])].join(' '),
        message,
      },
    ];
    if (!checks.includes(check)) return about(`there is no check "${check}"; ${nearest(check, checks)}`);
    if (refusedAnyway.includes(check))
      return about(
        'the API server refuses such an object, whatever is accepted here; mend the object, and remove the exception',
      );
    if (environment !== undefined && !known.includes(environment))
      return about(`there is no environment "${environment}"; write one of: ${known.join(', ')}`);
    if (environment !== undefined && !environments.includes(environment)) return [];
    if (environment === undefined && !all && !isRendered(object)) return [];
    if (reason.trim() === '') return about('an exception needs a reason, for whoever reads it next year');
    if (field === undefined && byField.includes(check)) {
      const fields = new Set(
        findings.flatMap((found) => (found.check === check && found.object === object ? [found.field] : [])),
      );
      const write = fields.size === 0 ? 'remove it' : `write field: ${oneOf([...fields])}`;
      return about(`an exception from ${check} must name the field, so that it mutes no other mistake; ${write}`);
    }
    const apart = findings.flatMap((it) =>
      it.check === check && it.object.startsWith(`${object}@`) ? [it.object] : [],
    );
    if (apart.length > 0)
      return about(`objects in several namespaces are called so; write object: ${oneOf([...new Set(apart)])}`);
    return findings.some((finding) => covers(exception, finding))
      ? []
      : about(
          field === undefined
            ? 'the exception covers no finding; remove it'
            : 'the exception covers no finding at this field; remove it',
        );
  });
}

/** What to write for a check that there is not. */
function nearest(check: string, checks: readonly string[]): string {
  const near = closest(check, checks);
  return near === undefined ? 'write the name that the finding shows' : `write "${near}"`;
}
