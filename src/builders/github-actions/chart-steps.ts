import { kubernetesLinesOf, packagedChartsOf } from '../../model/derived/charts/packaged-charts.ts';
import { registryRepositoryOf, type Delivery } from '../../model/delivery.ts';
import { isLoopback } from '../../model/formats/image-reference.ts';
import type { PackagedChart } from '../../model/builders/packaged-chart.ts';
import type { Supply } from '../../model/supply.ts';
import type { Step } from '../../hosts/workflow/workflow.ts';
import { setUpHelm } from './helm-step.ts';

/** Ends a step with a sentence, which the page of the run shows too. */
export const refuse = `set -euo pipefail
refuse() { printf 'refused: %s\\n' "$1" | tee -a "$GITHUB_STEP_SUMMARY" >&2; exit 1; }`;

/**
 * Packages a chart at a version, and lints and renders the very archive that is pushed later, with each file of values, for each line of Kubernetes.
 * Of the image that the chart pins it may run that version and no other: each mention of its repository counts, and none that only begins like it.
 */
const packageIt = `${refuse}
made="$RUNNER_TEMP/charts/$ARTIFACT"
mkdir -p "$made"
name=$(helm show chart "$CHART" | sed -n 's/^name: //p')
[ "$name" = "$NAME" ] ||
  refuse "the chart in $CHART calls itself $name, and helm push would not push it to $REPOSITORY; write name: $NAME in its Chart.yaml"
if [ -f "$CHART/Chart.lock" ]; then helm dependency build "$CHART"; fi
helm package "$CHART" --version "$VERSION" --app-version "$VERSION" --destination "$made"
archive=$(ls "$made"/*.tgz)
files=('')
while IFS= read -r file; do [ -z "$file" ] || files+=("$file"); done <<< "$VALUES"
for values in "\${files[@]}"; do
  given=(); [ -z "$values" ] || given=(--values "$values")
  for line in \${KUBERNETES:-any}; do
    meant=("\${given[@]}"); [ "$line" = any ] || meant+=(--kube-version "$line.0")
    helm lint --strict "$archive" "\${meant[@]}" ||
      refuse "the chart in $CHART is not what helm lint --strict wants\${values:+, with $values}; mend what it names"
    helm template "$NAME" "$archive" "\${meant[@]}" > "$made/rendered.yaml" ||
      refuse "the chart in $CHART cannot be rendered\${values:+ with $values}; mend what Helm names"
    [ -n "$IMAGE" ] || continue
    found=$(grep -oP "(?<![\\w./-])\\Q$IMAGE\\E(?![\\w./-])[\\w.:@-]*" "$made/rendered.yaml" | sort -u || true)
    [ "$found" = "$IMAGE:$VERSION" ] ||
      refuse "the chart in $CHART runs \${found:-no image of $IMAGE}\${values:+ with $values}, and has to run $IMAGE:$VERSION alone, of which it is the chart; let it take the tag from .Chart.AppVersion, and set none in values"
  done
done`;

/**
 * Pushes what was packaged. A version is made once: where it is there already, nothing is pushed, and what is there has to be made of the same files.
 * GitHub's registry says "denied" of what is not there yet; who may not push is refused by the push.
 */
const pushIt = `${refuse}
made="$RUNNER_TEMP/charts/$ARTIFACT"
archive=$(ls "$made"/*.tgz)
mkdir -p "$made/there" "$made/files/there" "$made/files/new"
if helm pull "oci://$REPOSITORY" --version "$VERSION" --destination "$made/there" \${PLAIN:+"$PLAIN"} > "$made/said" 2>&1; then
  tar -xzf "$made"/there/*.tgz --directory "$made/files/there"
  tar -xzf "$archive" --directory "$made/files/new"
  diff --recursive "$made/files/there" "$made/files/new" >&2 ||
    refuse "version $VERSION of $REPOSITORY is there already, made of other files, and a version is never made twice; merge a change, which gets a version of its own"
  echo "::notice::version $VERSION of $REPOSITORY is there already, made of these files"
elif grep -qiE 'not found|unknown|denied: denied' "$made/said"; then
  helm push "$archive" "oci://\${REPOSITORY%/*}" \${PLAIN:+"$PLAIN"} > "$made/said" 2>&1 || { cat "$made/said" >&2; refuse "$REPOSITORY did not take version $VERSION"; }
else
  cat "$made/said" >&2
  refuse "whether $REPOSITORY has version $VERSION already cannot be told; run the job again when it answers"
fi
digest=$(sed -n 's/^Digest: *//p' "$made/said")
[[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || { cat "$made/said" >&2; refuse "Helm said no digest of version $VERSION"; }
echo "digest=$digest" >> "$GITHUB_OUTPUT"`;

/** Registry repository of the image that a chart carries the version of; empty where it is not looked at. */
function pinnedBy(delivery: Delivery, artifact: string): string {
  const pins = delivery.artifacts.find(({ name }) => name === artifact)?.pins;
  return pins === undefined ? '' : registryRepositoryOf(delivery, pins);
}

const packageStep = (delivery: Delivery, { artifact, chart, values = [] }: PackagedChart, version: string): Step => ({
  name: `Package ${artifact}, lint and render it`,
  env: {
    ARTIFACT: artifact,
    CHART: chart,
    NAME: registryRepositoryOf(delivery, artifact).split('/').at(-1) ?? '',
    REPOSITORY: registryRepositoryOf(delivery, artifact),
    VERSION: version,
    IMAGE: pinnedBy(delivery, artifact),
    KUBERNETES: kubernetesLinesOf(delivery, artifact).join(' '),
    VALUES: values.join('\n'),
  },
  run: packageIt,
});

/**
 * Steps that package every chart of the supplies; before them nothing was pushed, and after a refusal nothing is.
 *
 * @param version - what the charts get as their version, and as that of the program in them
 */
export function packageSteps(delivery: Delivery, supplies: readonly Supply[], version: string): readonly Step[] {
  const charts = supplies.flatMap(packagedChartsOf);
  return charts.length === 0 ? [] : [setUpHelm, ...charts.map((chart) => packageStep(delivery, chart, version))];
}

/** Steps that push what was packaged, each with the output `digest`. They come after the images, which the charts run. */
export const pushSteps = (delivery: Delivery, supplies: readonly Supply[], version: string): readonly Step[] =>
  supplies.flatMap(packagedChartsOf).map(({ artifact }): Step => {
    const repository = registryRepositoryOf(delivery, artifact);
    return {
      name: `Push ${artifact}, if its version is not there`,
      id: artifact,
      env: {
        ARTIFACT: artifact,
        REPOSITORY: repository,
        VERSION: version,
        PLAIN: isLoopback(repository) ? '--plain-http' : '',
      },
      run: pushIt,
    };
  });
