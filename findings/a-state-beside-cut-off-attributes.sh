#!/usr/bin/env bash
# Pulumi keeps states as files by the library fileblob, which puts a second file beside each, with its attributes. The first is written whole and
# moved into place, the second is written over. A process that is killed meanwhile leaves the second empty, and then the first, which is whole,
# cannot be read any more: "EOF", which Pulumi says as "failed to load checkpoint: EOF". Its own .bak does not help, because what is broken is not the state:
# the file with the attributes has to go, and nothing misses it.
#
# Seen with gocloud.dev 0.46.0, in a folder as Pulumi opens it (no_tmp_dir):
#   written again: stack.json another file, stack.json.attrs the same file
#   attributes cut off: reading says EOF, the file says second
#   the file put back from a copy: reading says EOF
#   attributes removed: reading says second
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"

cat >go.mod <<'GO'
module finding

go 1.25.0

require gocloud.dev v0.46.0
GO
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "states")
	must(err)
	defer os.RemoveAll(folder)
	bucket, err := blob.OpenBucket(ctx, "file://"+folder+"?no_tmp_dir=true")
	must(err)
	defer bucket.Close()
	file, attributes := folder+"/stack.json", folder+"/stack.json.attrs"
	read := func() string {
		bytes, err := bucket.ReadAll(ctx, "stack.json")
		if err != nil {
			words := strings.Split(err.Error(), " ")
			return words[len(words)-1]
		}
		return string(bytes)
	}
	plain := func() string {
		bytes, err := os.ReadFile(file)
		must(err)
		return string(bytes)
	}
	must(bucket.WriteAll(ctx, "stack.json", []byte("first"), nil))
	same := func(before, after os.FileInfo) string {
		if os.SameFile(before, after) {
			return "the same file"
		}
		return "another file"
	}
	stat := func(path string) os.FileInfo {
		info, err := os.Stat(path)
		must(err)
		return info
	}
	// Kept open, so that its number is not given to the next one.
	open, err := os.Open(file)
	must(err)
	defer open.Close()
	textBefore, attributesBefore := stat(file), stat(attributes)
	must(bucket.WriteAll(ctx, "stack.json", []byte("second"), nil))
	fmt.Printf("written again: stack.json %s, stack.json.attrs %s\n", same(textBefore, stat(file)), same(attributesBefore, stat(attributes)))

	must(os.Truncate(attributes, 0))
	fmt.Printf("attributes cut off: reading says %s, the file says %s\n", read(), plain())
	must(os.WriteFile(file, []byte("second"), 0o600))
	fmt.Println("the file put back from a copy: reading says", read())
	must(os.Remove(attributes))
	fmt.Println("attributes removed: reading says", read())
}
GO
GOFLAGS=-mod=mod go mod tidy >/dev/null 2>&1
go run . >seen 2>log || { cat log; exit 1; }
cat >expected <<'SEEN'
written again: stack.json another file, stack.json.attrs the same file
attributes cut off: reading says EOF, the file says second
the file put back from a copy: reading says EOF
attributes removed: reading says second
SEEN
cat seen
diff expected seen && echo 'as it was seen'
