import type { Step } from '../../hosts/workflow/workflow.ts';

/** The Helm that packages charts, by the sum of the archive that its project publishes for Linux on amd64. */
export const packagingHelm = {
  version: 'v3.19.0',
  sha256: 'a7f81ce08007091b86d8bd696eb4d86b8d0f2e1b9f6c714be62f82f96a594496',
} as const;

/** Puts that Helm onto the PATH, and no other: the runner's own changes when GitHub likes. */
export const setUpHelm: Step = {
  name: 'Set up Helm',
  env: { HELM_VERSION: packagingHelm.version, HELM_SHA256: packagingHelm.sha256 },
  run: [
    'set -euo pipefail',
    'archive="$RUNNER_TEMP/helm.tar.gz"',
    `curl --fail --silent --show-error --location --proto '=https' --retry 3 --output "$archive" \\`,
    '  "https://get.helm.sh/helm-$HELM_VERSION-linux-amd64.tar.gz"',
    'echo "$HELM_SHA256  $archive" | sha256sum --check --quiet',
    'mkdir -p "$RUNNER_TEMP/helm"',
    'tar -xzf "$archive" --directory "$RUNNER_TEMP/helm" --strip-components 1 linux-amd64/helm',
    'echo "$RUNNER_TEMP/helm" >> "$GITHUB_PATH"',
  ].join('\n'),
};
