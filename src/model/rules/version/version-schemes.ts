import validRange from 'semver/ranges/valid.js';
import type { Artifact, VersionScheme } from '../../artifact.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { oneOf } from '../../suggestion.ts';
import { numericPattern } from '../../derived/version-fit.ts';
import { stagePath } from '../place.ts';

const onlyDigits = /^(?:(?:\\d|\[0-9\])(?:\+|\{\d+(?:,\d*)?\})?)+$/;

/** The pattern's named groups: name → what they match. Groups that hold groups are left out. */
const groupsOf = (pattern: string): ReadonlyMap<string, string> =>
  new Map([...pattern.matchAll(/\(\?<(\w+)>([^()]*)\)/g)].map(([, name = '', inside = '']) => [name, inside]));

function numericProblems(
  path: string,
  { pattern, by }: Extract<VersionScheme, { kind: 'numeric' }>,
): readonly Problem[] {
  if (numericPattern(pattern) === undefined)
    return [
      { path: `${path}.pattern`, message: 'must be a regular expression, e.g. ^b(?<build>\\d+)$', given: pattern },
    ];
  const problems: Problem[] = [];
  if (!pattern.startsWith('^') || !pattern.endsWith('$')) {
    problems.push({
      path: `${path}.pattern`,
      message: 'must begin with ^ and end with $, else it finds versions inside others',
      given: pattern,
    });
  }
  if (by.length === 0)
    problems.push({
      path: `${path}.by`,
      message: 'must name at least one group, because without numbers versions have no order',
      given: by,
    });
  const groups = groupsOf(pattern);
  for (const [i, name] of by.entries()) {
    const inside = groups.get(name);
    const at = `${path}.by[${i}]`;
    if (inside === undefined) {
      const known = [...groups.keys()];
      problems.push({
        path: at,
        message:
          known.length === 0
            ? 'the pattern has no named group; write one as (?<build>\\d+)'
            : `the pattern has no group of this name; write ${oneOf(known)}`,
        given: name,
      });
    } else if (!onlyDigits.test(inside)) {
      problems.push({
        path: at,
        message: `must be a group of digits alone, e.g. (?<${name}>\\d+), because as text b9 would be newer than b10`,
        given: `(?<${name}>${inside})`,
      });
    }
  }
  return problems;
}

function schemeProblems(path: string, scheme: VersionScheme): readonly Problem[] {
  switch (scheme.kind) {
    case 'gitSha':
      return [];
    case 'numeric':
      return numericProblems(path, scheme);
    case 'semver':
      return [
        ...(scheme.range === undefined || validRange(scheme.range) !== null
          ? []
          : [
              {
                path: `${path}.range`,
                message: 'must be a range of semantic versions, e.g. ">=1.2.0 <2"',
                given: scheme.range,
              },
            ]),
        ...(/^([A-Za-z][-._A-Za-z]*)?$/.test(scheme.prefix ?? '')
          ? []
          : [{ path: `${path}.prefix`, message: 'must be letters before the number, e.g. "v"', given: scheme.prefix }]),
      ];
  }
}

const chartProblems = ({ name, kind, scheme }: Artifact): readonly Problem[] =>
  kind !== 'chart' || scheme.kind === 'semver'
    ? []
    : [
        {
          path: `artifacts.${name}.scheme.kind`,
          message: 'must be "semver", because Helm takes nothing else',
          given: scheme.kind,
        },
      ];

/** Every scheme has an order that is decided by numbers, never by strings. */
export const versionSchemes = (delivery: Delivery): readonly Problem[] => [
  ...delivery.artifacts.flatMap((artifact) => [
    ...schemeProblems(`artifacts.${artifact.name}.scheme`, artifact.scheme),
    ...chartProblems(artifact),
  ]),
  ...delivery.stages.flatMap((stage) =>
    stage.versions === undefined ? [] : schemeProblems(`${stagePath(stage)}.versions`, stage.versions),
  ),
];
