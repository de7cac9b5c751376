import type { Step } from '../../hosts/workflow/workflow.ts';
import { refuse } from './chart-steps.ts';

/**
 * Looks for an image under its version. One of the same commit is what is handed on, by its digest, and is not built again: a push would give the
 * version to other bits, which a chart that names it by its version would run. One of another commit is refused.
 */
const look = `${refuse}
there="$RUNNER_TEMP/there.json"
if docker buildx imagetools inspect --raw "$IMAGE" > "$there" 2> "$RUNNER_TEMP/said"; then
  commit=$(jq -r '.annotations["org.opencontainers.image.revision"] // "a commit that it does not name"' "$there")
  [ "$commit" = "$COMMIT" ] ||
    refuse "$IMAGE is there already, of $commit, and a version is never made twice; merge a change, which gets a version of its own"
  echo "::notice::$IMAGE is there already, of this commit"
  echo "digest=sha256:$(sha256sum < "$there" | cut -d ' ' -f 1)" >> "$GITHUB_OUTPUT"
elif ! grep -qiE 'not found|unknown|denied' "$RUNNER_TEMP/said"; then
  cat "$RUNNER_TEMP/said" >&2
  refuse "whether $IMAGE is there already cannot be told; run the job again when its registry answers"
fi`;

/** Id of the step that looks for an artifact's image. */
export const lookId = (artifact: string): string => `${artifact}-there`;

/**
 * Looks whether a version of an image was made before; output `digest`, empty where it was not.
 *
 * @param image - expression of its reference
 * @param commit - expression of the commit that it is to be of
 */
export const lookFor = (artifact: string, image: string, commit: string): Step => ({
  name: `Look whether this version of ${artifact} is there`,
  id: lookId(artifact),
  env: { IMAGE: image, COMMIT: commit },
  run: look,
});
