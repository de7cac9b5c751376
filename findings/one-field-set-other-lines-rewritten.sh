#!/usr/bin/env bash
# Flux' image automation sets a field that a comment marks through kyaml, the library of kustomize, as kpt's functions do. The file is written anew, comments and
# the order of keys stay, and lines that nobody set change with it: a text with an emoji, or another character beyond the basic plane, is
# escaped, a folded text is one line, a block with a line that ends in a space becomes one line in quotes, spaces in lists and before comments go.
# All of it is the same value, so no controller applies anything; but a commit that was to move an image edits what people wrote for people to read, once,
# and whoever compares such a commit with what was to change finds more.
#
# Seen with sigs.k8s.io/kustomize/kyaml v0.21.1 (of image-automation-controller 1.2.3), reading and writing as the controller does; what changed besides the image:
#     greeting: Hello 🚀               greeting: "Hello \U0001F680"
#     quoted: "🚀"                     quoted: "\U0001F680"
#     folded: >-, of two lines         a long text in two lines
#     block: |, its first line "one "  block: "one \ntwo\n"
#     list: [a,  b]                    list: [a, b]
#   Umlauts, a long line and a block without such a line stay.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
mkdir "$folder/program"
cd "$folder/program"
export GOPATH=$folder/go GOFLAGS=-mod=mod

cat >go.mod <<'MODULE'
module finding

go 1.24

require sigs.k8s.io/kustomize/kyaml v0.21.1
MODULE
cat >main.go <<'PROGRAM'
package main

import (
	"os"

	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

func main() {
	set := yaml.FilterFunc(func(object *yaml.RNode) (*yaml.RNode, error) {
		image, err := object.Pipe(yaml.Lookup("spec", "containers", "[name=shop]", "image"))
		if err == nil {
			image.YNode().Value = "acme/shop:v2"
		}
		return object, err
	})
	if err := (kio.Pipeline{
		Inputs:  []kio.Reader{&kio.ByteReader{Reader: os.Stdin, PreserveSeqIndent: true}},
		Filters: []kio.Filter{kio.FilterAll(set)},
		Outputs: []kio.Writer{kio.ByteWriter{Writer: os.Stdout}},
	}).Execute(); err != nil {
		panic(err)
	}
}
PROGRAM
go mod tidy 2>/dev/null
go build -o set .

long=$(printf 'word %.0s' {1..40})
cat >before.yaml <<FILE
apiVersion: v1
kind: Pod
metadata:
  name: shop
  annotations:
    greeting: Hello 🚀
    quoted: "🚀"
    umlauts: Grüße
    long: ${long}end
    folded: >-
      a long text
      in two lines
    block: |
      one$(printf ' ')
      two
    usual: |
      one
      two
spec:
  containers:
    - name: shop
      image: acme/shop:v1 # {"\$imagepolicy": "flux-system:shop"}
      list: [a,  b]
FILE
./set <before.yaml >after.yaml
diff before.yaml after.yaml | grep '^>' | tee seen || true

diff seen - <<'EXPECTED' && echo 'as it was seen'
>     greeting: "Hello \U0001F680"
>     quoted: "\U0001F680"
>       a long text in two lines
>     block: "one \ntwo\n"
>       image: acme/shop:v2 # {"$imagepolicy": "flux-system:shop"}
>       list: [a, b]
EXPECTED
