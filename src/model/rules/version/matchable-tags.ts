import type { VersionScheme } from '../../artifact.ts';
import type { Delivery } from '../../delivery.ts';
import { matchesPatterns } from '../../formats/git-pattern.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import type { Trigger } from '../../supply.ts';
import { fitsScheme } from '../../derived/version-fit.ts';
import { stagePath } from '../place.ts';

/** A pattern of Git tags, and the schemes of which a tag is a version. */
interface TagPattern {
  readonly path: string;
  readonly pattern: string;
  readonly schemes: readonly VersionScheme[];
}

/** Every pattern of tags can match some tag, and where tags are versions some version: a trigger that never comes is a silent one. */
export const matchableTags = (delivery: Delivery): readonly Problem[] =>
  patternsOf(delivery).flatMap(({ path, pattern, schemes }) => {
    const cause = impossible(pattern) ?? foreignTo(pattern, schemes);
    return cause === undefined ? [] : [{ path, message: cause, given: pattern }];
  });

function patternsOf(delivery: Delivery): readonly TagPattern[] {
  const schemesOf = (names: readonly string[]): readonly VersionScheme[] =>
    delivery.artifacts.filter(({ name }) => names.includes(name)).map(({ scheme }) => scheme);
  return [
    ...delivery.repositories.flatMap(({ name, tags }) =>
      tags === undefined ? [] : [{ path: `repositories.${name}.tags.pattern`, pattern: tags.pattern, schemes: [] }],
    ),
    ...delivery.supplies.flatMap(({ name, artifacts, triggers }) =>
      tagTriggers(`supplies.${name}`, triggers, schemesOf(artifacts)),
    ),
    ...delivery.stages.flatMap((stage) => {
      const path = stagePath(stage);
      const schemes = stage.versions === undefined ? [] : [stage.versions];
      return [...tagTriggers(path, stage.triggers, schemes), ...tagGate(path, stage, schemes)];
    }),
  ];
}

const tagTriggers = (
  path: string,
  triggers: readonly Trigger[],
  schemes: readonly VersionScheme[],
): readonly TagPattern[] =>
  triggers.flatMap((trigger, i) =>
    trigger.on === 'gitTag' ? [{ path: `${path}.triggers[${i}].pattern`, pattern: trigger.pattern, schemes }] : [],
  );

const tagGate = (path: string, { gate }: Stage, schemes: readonly VersionScheme[]): readonly TagPattern[] =>
  gate.kind === 'humanTag' ? [{ path: `${path}.gate.pattern`, pattern: gate.pattern, schemes }] : [];

/** Why no Git tag at all matches. @see https://git-scm.com/docs/git-check-ref-format */
function impossible(pattern: string): string | undefined {
  if (pattern === '') return 'must be a pattern, e.g. "v*"; an empty one matches no tag';
  if (pattern.startsWith('!'))
    return 'takes away and adds nothing, so that no tag matches; write what tags look like, e.g. "v*"';
  const outside = pattern.replace(/\[[^\]]*\]/g, '');
  const wrong = /[\s~^:\\]|\.\.|@\{|\/\/|\[/.exec(outside)?.[0] ?? /^\/|\/$|\.$/.exec(outside)?.[0];
  return wrong === undefined
    ? undefined
    : `matches no tag, because none may hold "${wrong}"; GitHub's patterns are no regular expressions, write e.g. "v*" or "v[0-9]+.[0-9]+.[0-9]+"`;
}

/** Why none of the versions matches: what pattern and version begin with, or all of it, differs. */
function foreignTo(pattern: string, schemes: readonly VersionScheme[]): string | undefined {
  const known = schemes.filter(({ kind }) => kind === 'semver');
  if (known.length === 0 || known.length < schemes.length) return undefined;
  if (known.some((scheme) => mayMatch(pattern, scheme))) return undefined;
  const example = known.map((scheme) => (scheme.kind === 'semver' ? `${scheme.prefix ?? ''}1.2.3` : ''))[0] ?? '';
  return `matches no version of what it starts, which look like ${example}; write e.g. "${example.replace(/1\.2\.3$/, '*')}"`;
}

const someVersions = ['1.2.3', '0.1.0', '10.20.30', '1.2.3-rc.1'];
/** What a semantic version may begin with. */
const beginning = /^(?:\d+(?:\.(?:\d+(?:\.(?:\d+(?:[-+].*)?)?)?)?)?)?$/;

function mayMatch(pattern: string, scheme: VersionScheme): boolean {
  if (scheme.kind !== 'semver') return true;
  const prefix = scheme.prefix ?? '';
  // Many builds cut a "v" off the tag.
  const prefixes = prefix === '' ? ['', 'v'] : [prefix];
  if (!/[*?+[]/.test(pattern))
    return prefixes.some(
      (start) => pattern.startsWith(start) && fitsScheme({ kind: 'semver' }, pattern.slice(start.length)),
    );
  if (prefixes.some((start) => someVersions.some((version) => matchesPatterns([pattern], start + version))))
    return true;
  const literal = (/^[^*?+[]*/.exec(pattern)?.[0] ?? '').replace(/.$/, (last) =>
    /^[^*?+[]*[?+]/.test(pattern) ? '' : last,
  );
  return prefixes.some(
    (start) => start.startsWith(literal) || (literal.startsWith(start) && beginning.test(literal.slice(start.length))),
  );
}
