#!/usr/bin/env bash
# The registry of go-containerregistry, which `crane registry serve` starts and many test suites use, keeps to `?n=` when it lists tags, and
# says nothing of a next page: no header `Link`, as large registries send it. Who reads on for as long as there is a `Link` takes the first
# page for all, and never hears of the newest tag. `last=` is understood, so that asking again with the last name gives the rest.
#
# Seen with github.com/google/go-containerregistry v0.20.6, and 250 tags t000 to t249:
#   n=100           100 tags, the last is t099, Link ""
#   n=100&last=t099 100 tags, the last is t199, Link ""
#   n=100&last=t199 50 tags, the last is t249, Link ""
#   everything      250 tags, the last is t249, Link ""
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"

cat >go.mod <<'GO'
module finding

go 1.24.0

require github.com/google/go-containerregistry v0.20.6
GO
cat >main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

func main() {
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")
	for i := range 250 {
		reference, err := name.ParseReference(fmt.Sprintf("%s/shop:t%03d", host, i))
		if err != nil {
			panic(err)
		}
		if err := remote.Write(reference, empty.Image); err != nil {
			panic(err)
		}
	}
	for _, query := range []string{"n=100", "n=100&last=t099", "n=100&last=t199", "everything"} {
		answer, err := http.Get(server.URL + "/v2/shop/tags/list?" + strings.TrimPrefix(query, "everything"))
		if err != nil {
			panic(err)
		}
		var listed struct{ Tags []string }
		if err := json.NewDecoder(answer.Body).Decode(&listed); err != nil {
			panic(err)
		}
		last := listed.Tags[len(listed.Tags)-1]
		fmt.Printf("%-15s %d tags, the last is %s, Link %q\n", query, len(listed.Tags), last, answer.Header.Get("Link"))
	}
}
GO
GOFLAGS=-mod=mod go mod tidy >/dev/null 2>&1
go run . >seen

cat seen
diff - seen <<'EXPECTED' || { echo 'tags are listed otherwise than they were'; exit 1; }
n=100           100 tags, the last is t099, Link ""
n=100&last=t099 100 tags, the last is t199, Link ""
n=100&last=t199 50 tags, the last is t249, Link ""
everything      250 tags, the last is t249, Link ""
EXPECTED
echo 'as it was seen'
