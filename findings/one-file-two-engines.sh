#!/usr/bin/env bash
# The same file in the same folder of a repository is other objects to Argo CD than to Flux: Argo CD reads a folder of plain files with
# gitops-engine, Flux' kustomize-controller with kustomize.
#
# Seen with github.com/argoproj/gitops-engine v0.7.1-0.20251217140045-5baed5604d2d (that of Argo CD 3.2.11) and
# sigs.k8s.io/kustomize/api v0.20.1.
#   two JSON objects, one after the other   Argo CD: two objects. kustomize: the first; the other is gone without a word.
#   a key that stands twice                 Argo CD: the last one counts. kustomize: refused.
#   a key n, not quoted                     Argo CD: the key is "false". kustomize: it is "n".
# So a repository that was Synced under one engine can lose objects, or stand still, under the other; with the first of these nobody
# is told, and prune deletes what was lost.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"

cat >go.mod <<'GO'
module finding

go 1.25.0

require (
	github.com/argoproj/gitops-engine v0.7.1-0.20251217140045-5baed5604d2d
	sigs.k8s.io/kustomize/api v0.20.1
	sigs.k8s.io/kustomize/kyaml v0.20.1
)
GO
cat >main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/argoproj/gitops-engine/pkg/utils/kube"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

type file struct{ name, text string }

// What gitops-engine makes of it: NAME DATA of each object.
func argo(text string) string {
	objects, err := kube.SplitYAML([]byte(text))
	if err != nil {
		return "refused"
	}
	var told []string
	for _, object := range objects {
		data, _ := json.Marshal(object.Object["data"])
		told = append(told, object.GetName()+" "+string(data))
	}
	return strings.Join(told, ", ")
}

// What kustomize makes of it, with the kustomization.yaml that kustomize-controller writes for a folder without one.
func kustomize(text string) string {
	disk := filesys.MakeFsInMemory()
	disk.WriteFile("/objects.yaml", []byte(text))
	disk.WriteFile("/kustomization.yaml", []byte("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [objects.yaml]\n"))
	made, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(disk, "/")
	if err != nil {
		return "refused"
	}
	if _, err = made.AsYaml(); err != nil {
		return "refused"
	}
	var told []string
	for _, object := range made.Resources() {
		fields, _ := object.Map()
		data, _ := json.Marshal(fields["data"])
		told = append(told, object.GetName()+" "+string(data))
	}
	return strings.Join(told, ", ")
}

func main() {
	yaml := "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n"
	for _, file := range []file{
		{"two JSON objects", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}` + "\n" + `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}` + "\n"},
		{"a key twice", yaml + "  one: \"1\"\n  one: \"2\"\n"},
		{"a key n", yaml + "  n: \"1\"\n"},
	} {
		fmt.Printf("%s: Argo CD %s; kustomize %s\n", file.name, argo(file.text), kustomize(file.text))
	}
}
GO
go get ./... >/dev/null 2>&1
go run . 2>/dev/null >seen

cat seen
diff - seen <<'EXPECTED' || { echo 'a file is read otherwise than it was'; exit 1; }
two JSON objects: Argo CD a null, b null; kustomize a null
a key twice: Argo CD a {"one":"2"}; kustomize refused
a key n: Argo CD a {"false":"1"}; kustomize a {"n":"1"}
EXPECTED
echo 'as it was seen'
