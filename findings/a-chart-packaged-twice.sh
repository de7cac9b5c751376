#!/usr/bin/env bash
# A chart has another digest each time that it is packaged, whatever SOURCE_DATE_EPOCH says, and its manifest one for each time that a file system gave it.
#
# Seen with Helm 3.19.0 and the registry of crane 0.20.6.
#   helm package, twice       two archives with other bytes: each file in them has the time of packaging, not its own
#   SOURCE_DATE_EPOCH         changes nothing
#   helm push, a copy         the layer is the same, the manifest is not: org.opencontainers.image.created is the time of the archive as a file
#   the same version          is pushed over without a word
# So "is this version there already, with these bits?" cannot be answered by a digest of what was packaged or pushed anew: the files of the charts have to be
# compared. And a digest that somebody pinned is not what the tag leads to any more, once the same chart was downloaded and pushed again.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${registry:-}" 2>/dev/null || true; chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
export GOPATH=$folder/go GOBIN=$folder/bin HELM_CACHE_HOME=$folder/helm HELM_CONFIG_HOME=$folder/helm HELM_DATA_HOME=$folder/helm
go install helm.sh/helm/v3/cmd/helm@v3.19.0 2>/dev/null
go install github.com/google/go-containerregistry/cmd/crane@v0.20.6 2>/dev/null
helm=$folder/bin/helm crane=$folder/bin/crane

mkdir -p chart/templates
printf 'apiVersion: v2\nname: shop\nversion: 1.0.0\n' >chart/Chart.yaml
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n' >chart/templates/config-map.yaml
find chart -type f -exec touch -d 2020-01-01T00:00:00Z {} +

port=$((20000 + RANDOM % 10000))
"$crane" registry serve --address "127.0.0.1:$port" >/dev/null 2>&1 &
registry=$!
until "$crane" catalog "127.0.0.1:$port" --insecure >/dev/null 2>&1; do sleep 0.2; done

package() { "$helm" package chart --destination "$1" >/dev/null; }
same() { [ "$1" = "$2" ] && echo same || echo other; }
sum() { sha256sum <"$1/shop-1.0.0.tgz"; }
push() {
  "$helm" push first/shop-1.0.0.tgz "oci://127.0.0.1:$port/charts" --plain-http >/dev/null 2>&1
  "$crane" manifest "127.0.0.1:$port/charts/shop:1.0.0" --insecure >"$1"
}
layer() { grep -o '"mediaType":"application/vnd.cncf.helm.chart.content[^}]*' "$1"; }
{
  package first
  sleep 2
  package second
  echo "packaged twice: $(same "$(sum first)" "$(sum second)") bytes"
  echo "years of the files in it: $(tar --list --verbose --file first/shop-1.0.0.tgz | grep -c " $(date +%Y)-") of $(tar --list --file first/shop-1.0.0.tgz | wc -l) this one"
  export SOURCE_DATE_EPOCH=1577836800
  package third
  sleep 2
  package fourth
  echo "packaged twice with SOURCE_DATE_EPOCH: $(same "$(sum third)" "$(sum fourth)") bytes"
  push once
  touch -d 2020-01-01T00:00:00Z first/shop-1.0.0.tgz
  push twice && echo 'the same version pushed again: taken'
  echo "one archive pushed twice, as files of different times: $(same "$(layer once)" "$(layer twice)") layer, $(same "$(cat once)" "$(cat twice)") manifest"
  echo "the second says: $(grep -o '"org.opencontainers.image.created":"[^"]*"' twice)"
} | tee seen

diff seen - <<'EXPECTED' && echo 'as it was seen'
packaged twice: other bytes
years of the files in it: 2 of 2 this one
packaged twice with SOURCE_DATE_EPOCH: other bytes
the same version pushed again: taken
one archive pushed twice, as files of different times: same layer, other manifest
the second says: "org.opencontainers.image.created":"2020-01-01T00:00:00Z"
EXPECTED
