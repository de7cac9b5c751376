import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../support/git.ts';

/** What `gh` does in the guides, at the server that plays GitHub; repositories with files in them lie in a folder. */
const gh = (address: string, repositories: string): string => `#!/usr/bin/env bash
set -euo pipefail
ask() { curl -fsS -X "$1" -H 'authorization: Bearer a-good-token' -d "$3" "${address}api/v3/$2" >/dev/null; }
case "$1 \${2:-}" in
  'auth token') echo a-good-token ;;
  'auth login' | 'workflow disable' | 'pr create' | 'pr checks') ;;
  'pr merge') git push -q origin HEAD:main ;;
  'repo create')
    ask POST "orgs/\${3%/*}/repos" "{\\"name\\":\\"\${3#*/}\\",\\"private\\":true,\\"auto_init\\":true}"
    git init -q --bare '${repositories}'/"\${3#*/}.git"
    git remote add origin '${repositories}'/"\${3#*/}.git"
    git push -q --set-upstream origin HEAD:main
    ;;
  'repo fork') ask POST orgs/acme/repos "{\\"name\\":\\"\${3#*/}\\",\\"auto_init\\":true}" ;;
  'api -X')
    # The team is there from the beginning.
    if [ "$3 $4" = 'POST orgs/acme/teams' ]; then echo maintainer; else ask "$3" "$4" '{"permission":"push"}'; fi
    ;;
  *) echo "nobody plays: gh $*" >&2; exit 1 ;;
esac
`;

/** `kubectl` itself, but for what it would run in a pod: pods here run nothing. */
const kubectl = `#!/usr/bin/env bash
case " $* " in
  *' exec '*) cat >/dev/null ;;
  *) PATH="\${PATH#*:}" exec kubectl "$@" ;;
esac
`;

/**
 * Programs that stand in for those of the guides that would need an account somewhere.
 *
 * @param address - of the server that plays GitHub
 * @returns the folder to put in front of the PATH
 */
export function playedPrograms(address: string): string {
  const folder = temporaryFolder();
  const repositories = join(folder, 'repositories');
  mkdirSync(repositories);
  const programs = { gh: gh(address, repositories), kubectl, docker: '#!/bin/sh\n' };
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text, { mode: 0o755 });
  return folder;
}
