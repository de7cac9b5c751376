#!/usr/bin/env bash
# kustomize changes text of several lines on its way through, where it was written as a folded block (`>`) and a line of it is indented: it puts an empty
# line before each such line, and writes the result as a literal block, so that the change is part of the text. It says nothing and exits with 0. Text in a
# literal block (`|`) stays as it is. JavaScript's library yaml writes folded blocks by itself as soon as a line is longer than 80 characters, so a script in a
# ConfigMap or a command that was rendered with it is another one behind kustomize, and behind whatever builds with kustomize what it is given. For Python an
# empty line means nothing; in a here-document, a patch or a template it does.
#
# Seen with kustomize 5.8.0 and yaml 2.9.0:
#   written by yaml: >, 4 lines when it is read again
#   through kustomize: |, 6 lines when it is read again
#   written with { lineWidth: 0 }: |, 4 lines when it is read again
#   through kustomize: |, 4 lines when it is read again
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
export GOPATH=$folder/go GOBIN=$folder/bin
go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.0 2>/dev/null
npm install --silent --no-audit --no-fund --prefix . yaml@2.9.0 >/dev/null

cat >write.mjs <<'WRITE'
import { stringify } from 'yaml';
const long = 'a line that is longer than eighty characters, which is where a line is folded by default';
const text = `if ready; then\n  begin # ${long}\nfi\n  # done\n`;
const options = process.argv[2] === 'literal' ? { lineWidth: 0 } : {};
process.stdout.write(stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'script' }, data: { script: text } }, options));
WRITE
cat >look.mjs <<'LOOK'
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
const written = readFileSync(0, 'utf8');
const [, style] = /^  script: ([|>])/m.exec(written);
console.log(`${style}, ${parse(written).data.script.split('\n').length - 1} lines when it is read again`);
LOOK
printf 'resources: [script.yaml]\n' >kustomization.yaml
{
  node write.mjs folded >script.yaml
  echo "written by yaml: $(node look.mjs <script.yaml)"
  echo "through kustomize: $(bin/kustomize build . | node look.mjs)"
  node write.mjs literal >script.yaml
  echo "written with { lineWidth: 0 }: $(node look.mjs <script.yaml)"
  echo "through kustomize: $(bin/kustomize build . | node look.mjs)"
} | tee seen

diff seen - <<'EXPECTED' && echo 'as it was seen'
written by yaml: >, 4 lines when it is read again
through kustomize: |, 6 lines when it is read again
written with { lineWidth: 0 }: |, 4 lines when it is read again
through kustomize: |, 4 lines when it is read again
EXPECTED
