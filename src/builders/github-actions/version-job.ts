import { schemesOfBuilds, VERSION_TAG_PREFIX } from '../../model/derived/built-versions.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Supply } from '../../model/supply.ts';
import { actions } from '../../hosts/workflow/actions.ts';
import { expression, type Job } from '../../hosts/workflow/workflow.ts';

/**
 * Decides the version of a commit: the newest one, and on it as much as the commits since say. The host makes no tag twice, so no two commits
 * get one version, however many are merged at once; a commit that has a version keeps it, and one whose successor has one gets none.
 */
const decide = `set -euo pipefail
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  listed=$(gh api --paginate "repos/$REPOSITORY/git/matching-refs/tags/$TAG_PREFIX" --jq '.[] | .ref[10:] + " " + .object.sha')
  known=$(grep -E "^$TAG_PREFIX(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*) " <<< "$listed" | sort -V || true)
  tag=$(awk -v commit="$COMMIT" '$2 == commit { print $1 }' <<< "$known" | tail -n 1)
  if [ -z "$tag" ]; then
    newest=$(tail -n 1 <<< "$known")
    last=\${newest%% *}
    number=\${last#"$TAG_PREFIX"}
    if [ -z "$last" ]; then
      number=1.0.0
    else
      status=$(gh api "repos/$REPOSITORY/compare/$COMMIT...$last" --jq .status)
      if [ "$status" = ahead ]; then
        echo "::notice::$last has this commit already, so that nothing is built of it alone"
        exit 0
      fi
      at=$(git rev-parse -q --verify "refs/tags/$last^{commit}" || echo "\${newest##* }")
      IFS=. read -r major minor patch <<< "$number"
      said=$(git log --format=%B "$at..$COMMIT")
      if grep -qE '^(BREAKING[ -]CHANGE:|[a-z]+(\\([^)]*\\))?!:)' <<< "$said"; then
        number=$((major + 1)).0.0
      elif grep -qE '^feat(\\([^)]*\\))?:' <<< "$said"; then
        number=$major.$((minor + 1)).0
      else
        number=$major.$minor.$((patch + 1))
      fi
    fi
    tag=$TAG_PREFIX$number
    gh api "repos/$REPOSITORY/git/refs" -f "ref=refs/tags/$tag" -f "sha=$COMMIT" --silent || { sleep 1; continue; }
  fi
  echo "version=$IMAGE_PREFIX\${tag#"$TAG_PREFIX"}" >> "$GITHUB_OUTPUT"
  exit 0
done
echo "::error::no version could be tagged in $attempt attempts"
exit 1`;

/**
 * Decides the version of what the supplies build, once and before anything is built, and tags the commit with it; nothing where images are tagged
 * with their commit. It runs nothing of the source, because it may write tags.
 */
export function versionJob(delivery: Delivery, supplies: readonly Supply[]): Job | undefined {
  const [scheme] = supplies.flatMap((supply) => schemesOfBuilds(delivery, supply));
  return scheme === undefined
    ? undefined
    : {
        name: 'Decide the version once',
        permissions: { contents: 'write' },
        timeoutMinutes: 5,
        outputs: { version: expression('steps.version.outputs.version') },
        steps: [
          {
            name: 'Check out the source with its history',
            uses: actions.checkout,
            with: { 'fetch-depth': 0, 'persist-credentials': false },
          },
          {
            name: 'Tag the commit with the next version',
            id: 'version',
            env: {
              GH_TOKEN: expression('github.token'),
              REPOSITORY: expression('github.repository'),
              COMMIT: expression('github.sha'),
              TAG_PREFIX: VERSION_TAG_PREFIX,
              IMAGE_PREFIX: scheme.prefix ?? '',
            },
            run: decide,
          },
        ],
      };
}
