#!/usr/bin/env bash
# A chart that takes its values alone may refuse the same values as a dependency: Helm gives each dependency a value `global`, also where neither chart
# has one and nobody wrote it. A values.schema.json that allows no further keys (`additionalProperties: false`) then refuses what nobody set.
# So a folder with nothing but a pinned dependency and its values, which is how Argo CD is told to render a chart from a registry, fails for charts that
# `helm template` and `helm install` take.
#
# Seen with Helm 3.19.0:
#   by itself: rendered
#   as a dependency, with the same values: additional properties 'global' not allowed
#   as a dependency, where its schema knows global: rendered
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
export GOPATH=$folder/go GOBIN=$folder/bin HELM_CACHE_HOME=$folder/helm HELM_CONFIG_HOME=$folder/helm HELM_DATA_HOME=$folder/helm
go install helm.sh/helm/v3/cmd/helm@v3.19.0 2>/dev/null

mkdir -p shop/templates around/charts
printf 'apiVersion: v2\nname: shop\nversion: 1.0.0\n' >shop/Chart.yaml
printf 'replicas: 1\n' >shop/values.yaml
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  replicas: "{{ .Values.replicas }}"\n' >shop/templates/config-map.yaml
schema() { printf '{"type":"object","additionalProperties":false,"properties":{"replicas":{"type":"integer"}%s}}' "$1" >shop/values.schema.json; }
printf 'apiVersion: v2\nname: around\nversion: 0.0.0\ndependencies:\n  - name: shop\n    version: 1.0.0\n' >around/Chart.yaml
printf 'shop:\n  replicas: 2\n' >around/values.yaml
printf 'replicas: 2\n' >values.yaml

try() {
  rm -rf around/charts/shop
  cp -R shop around/charts/shop
  if bin/helm template it "$@" >made 2>said; then grep -q 'replicas: "2"' made && echo rendered; else grep -o "additional properties.*" said; fi
}
{
  schema ''
  echo "by itself: $(try shop --values values.yaml)"
  echo "as a dependency, with the same values: $(try around)"
  schema ',"global":{"type":"object"}'
  echo "as a dependency, where its schema knows global: $(try around)"
} | tee seen

diff seen - <<'EXPECTED' && echo 'as it was seen'
by itself: rendered
as a dependency, with the same values: additional properties 'global' not allowed
as a dependency, where its schema knows global: rendered
EXPECTED
