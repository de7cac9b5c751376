import type { VersionScheme } from '../../artifact.ts';
import type { Problem } from '../../problem.ts';

/** Which tags Flux takes, and by what it orders them. */
export interface OrderOfTags {
  /** Regular expression of Go, of the whole tag. */
  readonly pattern: string;
  /** What of a tag is compared, in its named groups. */
  readonly extract: string;
  readonly policy:
    | { readonly numerical: { readonly order: 'asc' } }
    | {
        readonly semver: {
          /** As Masterminds' library reads ranges. */
          readonly range: string;
        };
      };
}

/** Fewest digits that can be a time to the second, in seconds since 1970. */
const fewestDigits = 10;

/** Most digits of a whole number that a floating-point number holds to the last: Flux compares those. */
const mostDigits = 15;

/** A time that tags can begin or end with, as a pattern says it. */
const example = '{ kind: "numeric", pattern: "^[0-9a-f]+-(?<time>\\\\d{14})$", by: ["time"] }';

/** What Go's regular expressions have not, or write otherwise. */
const unknownToGo = /\(\?(?!:|<\w)|\\[1-9kucpP]/;

/** How Flux finds the newest of a scheme, or why it cannot. */
export function orderOfTags(
  path: string,
  scheme: VersionScheme,
): OrderOfTags | { readonly problems: readonly Problem[] } {
  switch (scheme.kind) {
    case 'gitSha':
      return {
        problems: [
          {
            path: `${path}.kind`,
            message: `has no order that a registry shows, and Flux knows no commits; write numbers into the tag that never begin anew, e.g. ${example}`,
            given: scheme.kind,
          },
        ],
      };
    case 'numeric': {
      const problems = numericProblems(path, scheme);
      return problems.length > 0
        ? { problems }
        : {
            pattern: scheme.pattern.replaceAll(/\(\?<(?=\w)/g, '(?P<'),
            extract: scheme.by.map((group) => `$${group}`).join(''),
            policy: { numerical: { order: 'asc' } },
          };
    }
    case 'semver': {
      const { prefix = '', range } = scheme;
      // Of a version before a release, npm and the library that Flux reads ranges with say different things.
      if (/\d-[0-9A-Za-z]/.test(range ?? ''))
        return {
          problems: [
            {
              path: `${path}.range`,
              message: 'must not name a version before a release, e.g. 1.0.0-0, which Flux reads otherwise',
              given: range,
            },
          ],
        };
      const number = '(?:0|[1-9][0-9]*)';
      const before = range === undefined ? '(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?' : '';
      return {
        pattern: `^${prefix.replaceAll('.', '\\.')}(?P<version>${number}\\.${number}\\.${number}${before})$`,
        extract: '$version',
        policy: { semver: { range: range ?? '>=0.0.0-0' } },
      };
    }
  }
}

/**
 * What keeps numbers from being an order that only ever grows. A counter of runs begins anew when its workflow is renamed or moved, and Flux would keep the
 * image of before; a time does not. One that has always as many digits can stand before another one.
 */
function numericProblems(
  path: string,
  { pattern, by }: Extract<VersionScheme, { readonly kind: 'numeric' }>,
): readonly Problem[] {
  if (unknownToGo.test(pattern))
    return [
      {
        path: `${path}.pattern`,
        message: 'must do without look-around, references and classes by name, which Flux cannot read',
        given: pattern,
      },
    ];
  const groups = new Map(
    [...pattern.matchAll(/\(\?<(\w+)>([^()]*)\)/g)].map(([, name = '', inside = '']) => [name, inside]),
  );
  const widths = by.map((name) => digitsOf(groups.get(name) ?? ''));
  const open = widths.findIndex((width) => width === undefined);
  if (open !== -1)
    return [
      {
        path: `${path}.by[${open}]`,
        message: `must always have as many digits, as a time has: a counter begins anew where its workflow is renamed, and Flux would keep the image of before; write e.g. ${example}`,
        given: `(?<${by[open] ?? ''}>${groups.get(by[open] ?? '') ?? ''})`,
      },
    ];
  const digits = widths.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  return digits >= fewestDigits && digits <= mostDigits
    ? []
    : [
        {
          path: `${path}.by`,
          message: `must be a time to the second, of ${fewestDigits} to ${mostDigits} digits together: of fewer, two builds would have the same, and of more Flux cannot tell the last; write e.g. ${example}`,
          given: by,
        },
      ];
}

/** How many digits a part of a pattern matches; nothing where that is not always the same. */
function digitsOf(inside: string): number | undefined {
  if (!/^(?:(?:\\d|\[0-9\])(?:\{\d+\})?)+$/.test(inside)) return undefined;
  return [...inside.matchAll(/(?:\\d|\[0-9\])(?:\{(\d+)\})?/g)].reduce(
    (sum, [, times = '1']) => sum + Number(times),
    0,
  );
}
