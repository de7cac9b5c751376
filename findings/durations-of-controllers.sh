#!/usr/bin/env bash
# A duration is a text in nearly every custom resource, and the same text is read by one controller, refused by the next and, in one
# case, refused by the very project whose neighbouring setting takes it.
#
# Seen with k8s.io/apimachinery v0.34.2 (metav1.Duration: Tekton, cert-manager, Kargo), the pattern of Flux' Kustomization v1.7.0, that of
# Gateway API's HTTPRoute v1.4.0, github.com/prometheus/common v0.66.1 (intervals of a ServiceMonitor), and github.com/argoproj/pkg/v2
# v2.0.1 (Argo CD's users.session.duration and the life of its tokens).
#            metav1     Flux       Gateway    Prometheus Argo CD
#   90m      1h30m0s    taken      taken      1h30m      1h30m0s
#   1h30m    1h30m0s    taken      taken      1h30m      refused
#   30m1h    1h30m0s    taken      taken      refused    refused
#   1.5h     1h30m0s    taken      refused    refused    refused
#   1d       refused    refused    refused    1d         24h0m0s
#   1w       refused    refused    refused    1w         refused
#   100000s  27h46m40s  taken      refused    1d3h46m40s 27h46m40s
# So the only spelling that all of them read is one whole number, of at most five digits, with one of the units h, m, s.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"

cat >go.mod <<'GO'
module finding

go 1.24.0

require (
	github.com/argoproj/pkg/v2 v2.0.1
	github.com/fluxcd/kustomize-controller/api v1.7.0
	github.com/prometheus/common v0.66.1
	k8s.io/apimachinery v0.34.2
	sigs.k8s.io/gateway-api v1.4.0
)
GO
cat >main.go <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	argo "github.com/argoproj/pkg/v2/time"
	"github.com/prometheus/common/model"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// The pattern that the first match of `expression` in the file names.
func pattern(file, expression string, quoted bool) *regexp.Regexp {
	text, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	found := regexp.MustCompile(expression).FindStringSubmatch(string(text))[1]
	if quoted {
		if found, err = strconv.Unquote(found); err != nil {
			panic(err)
		}
	}
	return regexp.MustCompile(found)
}

func told(value fmt.Stringer, err error) string {
	if err != nil {
		return "refused"
	}
	return value.String()
}

func matched(expression *regexp.Regexp, text string) string {
	if expression.MatchString(text) {
		return "taken"
	}
	return "refused"
}

func main() {
	flux := pattern(os.Args[1]+"/v1/kustomization_types.go", `validation:Pattern=("\^\(\[0-9\]\+.*")`, true)
	gateway := pattern(os.Args[2]+"/config/crd/standard/gateway.networking.k8s.io_httproutes.yaml", `pattern: (.*\(h\|m\|s\|ms\).*)`, false)
	for _, text := range []string{"90m", "1h30m", "30m1h", "1.5h", "1d", "1w", "100000s"} {
		var kubernetes metav1.Duration
		wrong := json.Unmarshal([]byte(strconv.Quote(text)), &kubernetes)
		prometheus, refusal := model.ParseDuration(text)
		token, objection := argo.ParseDuration(text)
		line := fmt.Sprintf("%-8s %-10s %-10s %-10s %-10s %s", text, told(kubernetes.Duration, wrong), matched(flux, text),
			matched(gateway, text), told(prometheus, refusal), told(token, objection))
		fmt.Println(strings.TrimSpace(line))
	}
}
GO
go mod download github.com/fluxcd/kustomize-controller/api sigs.k8s.io/gateway-api 2>/dev/null
flux=$(go list -m -f '{{.Dir}}' github.com/fluxcd/kustomize-controller/api)
gateway=$(go list -m -f '{{.Dir}}' sigs.k8s.io/gateway-api)
go get ./... >/dev/null 2>&1
go run . "$flux" "$gateway" >seen

cat seen
diff - seen <<'EXPECTED' || { echo 'a duration is read otherwise than it was'; exit 1; }
90m      1h30m0s    taken      taken      1h30m      1h30m0s
1h30m    1h30m0s    taken      taken      1h30m      refused
30m1h    1h30m0s    taken      taken      refused    refused
1.5h     1h30m0s    taken      refused    refused    refused
1d       refused    refused    refused    1d         24h0m0s
1w       refused    refused    refused    1w         refused
100000s  27h46m40s  taken      refused    1d3h46m40s 27h46m40s
EXPECTED
echo 'as it was seen'
