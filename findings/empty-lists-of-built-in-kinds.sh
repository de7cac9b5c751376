#!/usr/bin/env bash
# An API server keeps its own kinds as Protocol Buffers, which know no empty list; kinds of a CustomResourceDefinition it keeps as JSON, which does.
#
# Seen with k8s.io/api and k8s.io/apimachinery v0.34.1, whose codecs the API server uses: what comes back of what was written.
#   NetworkPolicy  spec.ingress []                  is gone
#   Role           rules []                         is null
#   ConfigMap      data {}                          is gone
#   Pod            spec.imagePullSecrets []         is gone
#   Pod            spec.containers []               is null
#   a custom kind  spec.rules []                    is [] still
# So "ingress: []" in Git is never equal, text for text, to what the cluster says, and "rules" may be null where its schema says that it is a list.
# Whoever compares takes an empty list, null and nothing for one value in built-in kinds, and may not in custom ones.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"

cat >go.mod <<'MOD'
module finding

go 1.24.0

require (
	k8s.io/api v0.34.1
	k8s.io/apimachinery v0.34.1
)
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{appsv1.AddToScheme, corev1.AddToScheme, networkingv1.AddToScheme, rbacv1.AddToScheme} {
		must(add(scheme))
	}
	read := serializer.NewCodecFactory(scheme).UniversalDeserializer()
	kept := protobuf.NewSerializer(scheme, scheme)

	show := func(name, text string, path ...string) {
		var object map[string]interface{}
		decoded, _, err := read.Decode([]byte(text), nil, nil)
		if err != nil {
			custom := &unstructured.Unstructured{}
			must(custom.UnmarshalJSON([]byte(text)))
			written, err := custom.MarshalJSON()
			must(err)
			must(custom.UnmarshalJSON(written))
			object = custom.Object
		} else {
			var kind schema.GroupVersionKind = decoded.GetObjectKind().GroupVersionKind()
			written, err := runtime.Encode(kept, decoded)
			must(err)
			again, _, err := kept.Decode(written, &kind, nil)
			must(err)
			object, err = runtime.DefaultUnstructuredConverter.ToUnstructured(again)
			must(err)
		}
		value, found, err := unstructured.NestedFieldNoCopy(object, path...)
		must(err)
		if !found {
			fmt.Printf("%s: gone\n", name)
		} else {
			fmt.Printf("%s: %v (%T)\n", name, value, value)
		}
	}
	show("NetworkPolicy spec.ingress []", `{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"a"},"spec":{"podSelector":{},"ingress":[]}}`, "spec", "ingress")
	show("Role rules []", `{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"a"},"rules":[]}`, "rules")
	show("ConfigMap data {}", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{}}`, "data")
	show("Pod spec.imagePullSecrets []", `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[],"imagePullSecrets":[]}}`, "spec", "imagePullSecrets")
	show("Pod spec.containers []", `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[],"imagePullSecrets":[]}}`, "spec", "containers")
	show("a custom kind's spec.rules []", `{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"a"},"spec":{"rules":[]}}`, "spec", "rules")
}
GO

export GOPATH=$folder/go GOFLAGS=-mod=mod
go run . 2>&1 | grep -v '^go: ' | tee seen

diff seen - <<'EXPECTED' && echo 'as it was seen'
NetworkPolicy spec.ingress []: gone
Role rules []: <nil> (<nil>)
ConfigMap data {}: gone
Pod spec.imagePullSecrets []: gone
Pod spec.containers []: <nil> (<nil>)
a custom kind's spec.rules []: [] ([]interface {})
EXPECTED
