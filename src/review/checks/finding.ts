import { sameIn } from '../../model/formats/once-for-all.ts';

/** One thing that a check found in a rendered environment. */
export interface Finding {
  /** Name of the check, as in docs/checks.md. */
  readonly check: string;
  readonly environment: string;
  /** Path of the construct that made the object, e.g. `dev/shop/orders/workload`. */
  readonly construct: string;
  /** `Kind/name`, e.g. `Deployment/dev-orders`, and `@namespace` where another of this kind and name lies in another namespace. */
  readonly object: string;
  /** Field of the object, e.g. `spec.template.spec.containers[0].image`; empty for the whole object. */
  readonly field: string;
  /** What is wrong and what to write: lower case, no full stop. */
  readonly message: string;
  /** Other environments in which the same was found. @default - none */
  readonly also?: readonly string[];
}

/** Writes one finding on one line: where, what is wrong and what to write, and the check that an exception would name. */
export function describeFinding({ check, construct, object, field, message, also }: Finding): string {
  const place = [construct, object, field].filter((part) => part !== '').join(' ');
  return `${place}: ${message} (${check})${sameIn(also)}`;
}

/** Orders findings by environment, construct, object, field, check and message: the same order on every machine. */
export function compareFindings(a: Finding, b: Finding): number {
  for (const key of ['environment', 'construct', 'object', 'field', 'check', 'message'] as const) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}

/** All findings at once. */
export class FindingsError extends Error {
  constructor(
    /** The environment that was rendered, or what else was checked. */
    what: string,
    readonly findings: readonly Finding[],
  ) {
    const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
    super(
      `portolan: ${what} cannot be delivered like this (${count})\n${findings.map((finding) => `  ${describeFinding(finding)}`).join('\n')}`,
    );
    this.name = 'FindingsError';
  }
}
