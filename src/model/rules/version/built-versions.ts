import type { Delivery } from '../../delivery.ts';
import { schemesOfBuilds, VERSION_TAG_PREFIX } from '../../derived/built-versions.ts';
import { matchesPatterns } from '../../formats/git-pattern.ts';
import type { Problem } from '../../problem.ts';
import type { Supply } from '../../supply.ts';

/** A build that gets a semantic version gets one, which its workflow can make a Git tag of. */
export const builtVersions = (delivery: Delivery): readonly Problem[] => {
  const versioned = delivery.supplies.filter((supply) => schemesOfBuilds(delivery, supply).length > 0);
  return versioned.flatMap((supply) => [
    ...prefixProblems(delivery, supply),
    ...sharedSource(versioned, supply),
    ...guardedTags(delivery, supply),
  ]);
};

/** Images that move together have one version, and so one tag. */
function prefixProblems(delivery: Delivery, supply: Supply): readonly Problem[] {
  const prefixes = [...new Set(schemesOfBuilds(delivery, supply).map(({ prefix = '' }) => prefix))];
  return prefixes.length === 1
    ? []
    : [
        {
          path: `supplies.${supply.name}.artifacts`,
          message: 'get one version from their build, so that all must have the same prefix in their scheme',
          given: prefixes,
        },
      ];
}

function sharedSource(versioned: readonly Supply[], supply: Supply): readonly Problem[] {
  const first = versioned.find(({ source }) => source === supply.source);
  return first === undefined || first === supply
    ? []
    : [
        {
          path: `supplies.${supply.name}.source`,
          message: `is not carried out yet for a second supply whose builds get versions, because supplies.${first.name} tags the same commits; write one supply, or { kind: "gitSha" } as scheme of its artifacts`,
          given: supply.source,
        },
      ];
}

/** A tag that only people may make is none that a build can make. */
function guardedTags({ repositories }: Delivery, supply: Supply): readonly Problem[] {
  const tags = repositories.find(({ name }) => name === supply.source)?.tags;
  return tags === undefined || !matchesPatterns([tags.pattern], `${VERSION_TAG_PREFIX}1.2.3`)
    ? []
    : [
        {
          path: `repositories.${supply.source}.tags.pattern`,
          message: `keeps the build of supplies.${supply.name} from tagging its versions, e.g. ${VERSION_TAG_PREFIX}1.2.3; write another pattern, or leave tags out`,
          given: tags.pattern,
        },
      ];
}
