import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..', '..', '..');

/** `gh`: what it is asked is answered by the played GitHub, so that its rights are asked for in one place. */
const gh = `#!/usr/bin/env bash
arguments=()
for argument in "$@"; do arguments+=(--data-urlencode "argument=$argument"); done
case " $* " in *' - '*) arguments+=(--data-urlencode input@-) ;; esac
answer=$(mktemp)
status=$(curl --silent --show-error --noproxy '*' --output "$answer" --write-out '%{http_code}' "$PLAYED_GITHUB" \\
  --data-urlencode "token=$GH_TOKEN" --data-urlencode "repository=\${GH_REPO:-$GITHUB_REPOSITORY}" "\${arguments[@]}")
if [ "$status" = 200 ]; then cat "$answer"; else cat "$answer" >&2; echo >&2; exit 1; fi
`;

/** `npm ci`: the packages that are installed here, one link for each, as a folder that Git ignores. Nothing else is played. */
const npm = `#!/usr/bin/env bash
if [ "$*" != ci ]; then echo "npm $* is not played" >&2; exit 1; fi
test -f package-lock.json || test -f package.json || { echo 'npm ci: there is no package.json here' >&2; exit 1; }
mkdir node_modules
ln -s ${root}/node_modules/* ${root}/node_modules/.bin node_modules/
`;

/** Writes the programs that stand in for those of a runner. Returns their folder. */
export function writePrograms(folder: string): string {
  const path = join(folder, 'programs');
  mkdirSync(path);
  for (const [name, text] of Object.entries({ gh, npm })) {
    writeFileSync(join(path, name), text);
    chmodSync(join(path, name), 0o755);
  }
  return path;
}
