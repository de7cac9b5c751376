import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { githubActions } from '../../../src/builders/github-actions/github-actions.ts';
import { packagingHelm } from '../../../src/builders/github-actions/helm-step.ts';
import type { Job } from '../../../src/hosts/workflow/workflow.ts';
import type { PackagedChart } from '../../../src/model/builders/packaged-chart.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { temporaryFolder } from '../../support/git.ts';
import { charted } from '../../model/charted.ts';

/** Files of a chart that runs the image of its own version. */
export const chartFiles: Readonly<Record<string, string>> = {
  'charts/search/Chart.yaml': 'apiVersion: v2\nname: search\nversion: 0.1.0\nappVersion: 0.0.1\n',
  'charts/search/values.yaml': 'tag: ""\nmessage: ""\n',
  'charts/search/templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  selector: { matchLabels: { app: search } }
  template:
    metadata: { labels: { app: search } }
    spec:
      containers:
        - name: search
          image: "ghcr.io/acme/search:{{ .Values.tag | default .Chart.AppVersion }}"
          env: [{ name: MESSAGE, value: {{ .Values.message | quote }} }]
        - name: beside
          image: ghcr.io/acme/search-exporter:3.0.0
`,
  'charts/search/ci/louder.yaml': 'message: HELLO\n',
};

/** A delivery whose workflow builds an image and packages the chart that runs it. */
export function packaging(repository: string, chart: Partial<PackagedChart> = {}): Delivery {
  const delivery = charted();
  return {
    ...delivery,
    artifacts: [
      ...delivery.artifacts.map((it) => (it.kind === 'chart' ? { ...it, repository, pins: 'search' } : it)),
      { name: 'search', kind: 'image', repository: 'ghcr.io/acme/search', scheme: { kind: 'semver' } },
    ],
    supplies: delivery.supplies.map((supply) =>
      supply.name === 'charts'
        ? {
            ...supply,
            artifacts: ['search', 'search-chart'],
            builder: {
              kind: 'githubActions',
              images: [{ artifact: 'search', context: '.' }],
              charts: [
                {
                  artifact: 'search-chart',
                  chart: 'charts/search',
                  values: ['charts/search/ci/louder.yaml'],
                  ...chart,
                },
              ],
            },
            triggers: [{ on: 'push', repository: 'shop', branches: ['main'] }],
          }
        : supply,
    ),
    credentials: [
      ...delivery.credentials,
      ...['ghcr.io', repository.split('/')[0] ?? ''].map((registry) => ({
        name: `push-${registry}`,
        purpose: 'registryPush' as const,
        holder: 'the build',
        store: {
          kind: 'githubActions' as const,
          repository: 'shop',
          environment: 'build',
          keys: ['CHARTS_USERNAME', 'CHARTS_TOKEN'],
        },
        registry,
        scope: 'charts',
      })),
    ],
  };
}

/** The job that builds, of a Git tag, or the one that tries what nobody merged. */
export function jobOf(delivery: Delivery, gitTag?: string): Job {
  const supplies = delivery.supplies.filter(({ name }) => name === 'charts');
  const source = delivery.repositories.find(({ name }) => name === 'shop')!;
  const { job, attempt } = githubActions.workflow!;
  return gitTag === undefined
    ? attempt(delivery, supplies)
    : job(delivery, source, supplies, { commit: 'c0ffee', gitTag });
}

/** How a job ended: what was said, and what its steps handed on. */
export interface Packaged {
  readonly status: number;
  /** Name of the step that failed. @default - none did */
  readonly failed?: string;
  readonly said: string;
  readonly summary: string;
  /** Output `digest` of the step that pushes. */
  readonly digest?: string;
}

const archiveOf = (folder: string, helm: string): string => {
  mkdirSync(path.join(folder, 'linux-amd64'), { recursive: true });
  writeFileSync(path.join(folder, 'linux-amd64', 'helm'), helm);
  chmodSync(path.join(folder, 'linux-amd64', 'helm'), 0o755);
  spawnSync('tar', ['-czf', path.join(folder, 'helm.tar.gz'), '-C', folder, 'linux-amd64/helm']);
  return path.join(folder, 'helm.tar.gz');
};

/** In place of what downloads: it hands over one file, for one address. */
const curl = (archive: string): string => `#!/usr/bin/env bash
[ "\${@: -1}" = https://get.helm.sh/helm-${packagingHelm.version}-linux-amd64.tar.gz ] || exit 22
while [ "$1" != --output ]; do shift; done
cp ${archive} "$2"
`;

/** In place of Docker: a registry that says this of the image that is looked for. */
const docker = (says: string): string => `#!/usr/bin/env bash
[ "$*" = "buildx imagetools inspect --raw ghcr.io/acme/search:TAG" ] || { echo "docker $* is not played" >&2; exit 1; }
${says}
`;

/** What a registry says of an image that it does not have. */
export const noImage = 'echo "ERROR: ghcr.io/acme/search:TAG: not found" >&2; exit 1';

/**
 * Runs the scripts of a job one after the other, in a checkout of these files, as GitHub does: with what the steps before put onto the PATH.
 *
 * @param helm - text of the program that the archive holds
 * @param sum - whether the archive has the sum that the job wants @default true
 * @param image - lines of Bash by which a registry answers who looks for the image @default - it does not have it
 */
export function runJob(
  job: Job,
  files: Readonly<Record<string, string>>,
  helm: string,
  { sum = true, image = noImage }: { readonly sum?: boolean; readonly image?: string } = {},
): Packaged {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder, name);
  for (const name of ['bin', 'checkout', 'temp', 'home', 'download']) mkdirSync(at(name));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(at('checkout'), file)), { recursive: true });
    writeFileSync(path.join(at('checkout'), file), text);
  }
  const archive = archiveOf(at('download'), helm);
  writeFileSync(at('bin/curl'), curl(archive));
  chmodSync(at('bin/curl'), 0o755);
  writeFileSync(at('bin/docker'), docker(image));
  chmodSync(at('bin/docker'), 0o755);
  const wanted = sum ? createHash('sha256').update(readFileSync(archive)).digest('hex') : packagingHelm.sha256;
  let said = '';
  let digest: string | undefined;
  for (const name of ['output', 'summary', 'path']) writeFileSync(at(name), '');
  for (const step of job.steps) {
    if (!('run' in step)) continue;
    writeFileSync(at('output'), '');
    const added = readFileSync(at('path'), 'utf8').split('\n').filter(Boolean);
    const run = spawnSync('bash', ['-e', '-c', step.run], {
      cwd: at('checkout'),
      encoding: 'utf8',
      env: {
        PATH: [...added, at('bin'), process.env['PATH']].join(':'),
        HOME: at('home'),
        RUNNER_TEMP: at('temp'),
        GITHUB_OUTPUT: at('output'),
        GITHUB_STEP_SUMMARY: at('summary'),
        GITHUB_PATH: at('path'),
        ...step.env,
        ...(step.env?.['IMAGE']?.includes('${{') === true ? { IMAGE: 'ghcr.io/acme/search:TAG' } : {}),
        ...(step.env?.['HELM_SHA256'] === undefined ? {} : { HELM_SHA256: wanted }),
      },
    });
    said += `${run.stdout}${run.stderr}`;
    digest = /^digest=(.+)$/m.exec(readFileSync(at('output'), 'utf8'))?.[1] ?? digest;
    if (run.status !== 0) {
      const summary = readFileSync(at('summary'), 'utf8');
      return { status: run.status ?? -1, failed: step.name, said, summary };
    }
  }
  const summary = readFileSync(at('summary'), 'utf8');
  rmSync(folder, { recursive: true });
  return { status: 0, said, summary, ...(digest === undefined ? {} : { digest }) };
}

/**
 * A Helm that knows as much of charts as these tests need: it takes a template for text, and keeps what is pushed in a folder.
 *
 * @param kept - absolute folder that is the registry
 */
export const playedHelm = (kept: string): string => `#!/usr/bin/env bash
set -euo pipefail
folder=$(mktemp -d)
unpacked() { tar -xzf "$1" -C "$folder"; ls -d "$folder"/*; }
render() {
  local chart tag='' message=''; chart=$(unpacked "$1"); shift
  local version; version=$(sed -n 's/^appVersion: //p' "$chart/Chart.yaml")
  for file in "$chart/values.yaml" $(while [ $# -gt 0 ]; do [ "$1" != --values ] || echo "$2"; shift; done); do
    tag=$(sed -n 's/^tag: "\\?\\([^"]*\\)"\\?$/\\1/p' "$file" | grep . || echo "$tag")
  done
  ls "$chart"/templates/* > /dev/null
  sed "s#{{ .Values.tag | default .Chart.AppVersion }}#\${tag:-$version}#" "$chart"/templates/*
}
case "$1 $2" in
  'show chart') cat "$3/Chart.yaml" ;;
  'package '*)
    mkdir "$folder/made"; cp -R "$2" "$folder/made/"; chart=$(ls -d "$folder"/made/*)
    sed -i "s/^version: .*/version: $4/; s/^appVersion: .*/appVersion: $6/" "$chart/Chart.yaml"
    mkdir -p "$8"; tar -czf "$8/$(basename "$chart")-$4.tgz" -C "$folder/made" "$(basename "$chart")" ;;
  'lint --strict')
    if grep -rq 'kind: Old' "$(unpacked "$3")/templates"; then echo '[WARNING] templates/: Old is deprecated' >&2; exit 1; fi ;;
  'template '*) shift 2; render "$@" ;;
  'pull '*)
    [ ! -f ${kept}/down ] || { echo 'Error: connection refused' >&2; exit 1; }
    [ -f "${kept}/$4.tgz" ] || { echo 'Error: 127.0.0.1/search: not found' >&2; exit 1; }
    cp "${kept}/$4.tgz" "$6/search-$4.tgz"; echo "Digest: sha256:$(sha256sum < "${kept}/$4.tgz" | cut -d' ' -f1)" ;;
  'push '*)
    version=$(basename "$2" .tgz); version=\${version##*search-}
    cp "$2" "${kept}/$version.tgz"; echo "Digest: sha256:$(sha256sum < "$2" | cut -d' ' -f1)" >&2 ;;
  *) echo "helm $* is not played" >&2; exit 1 ;;
esac
`;

/** The Helm of this machine, as the program of an archive. @throws when there is none on the PATH */
export function realHelm(): string {
  const found = (process.env['PATH'] ?? '')
    .split(':')
    .map((folder) => path.join(folder, 'helm'))
    .find(existsSync);
  if (found === undefined) throw new Error('there is no helm on the PATH');
  return `#!/usr/bin/env bash\nexec ${found} "$@"\n`;
}
