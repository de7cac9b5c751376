#!/usr/bin/env bash
# A repository that somebody renamed at GitHub is unchanged to the GitHub provider of Terraform, and with it to Pulumi's: refreshing its state follows
# GitHub's redirect, and writes down the name that it asked for, beside a full name that is the new one. No plan, preview or drift detection shows a
# difference; only the computed full_name and addresses do, which no program sets. Updates follow the redirect too.
# GitHub ends the redirect when anybody makes a repository of the old name: from then on the next update writes that one.
#
# Seen with github.com/integrations/terraform-provider-github/v6 v6.11.1, against a server that answers as GitHub does after a rename:
#   refreshed: id shop, name shop, full_name acme/store
#   differs from the program in its name: false
#   updated: PATCH /repositories/1, by way of 307
#   once there is another shop: refreshed as acme/shop, description of-somebody-else
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"

cat >go.mod <<'GO'
module finding

go 1.24.0

require github.com/integrations/terraform-provider-github/v6 v6.11.1
GO
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/terraform"
	"github.com/integrations/terraform-provider-github/v6/github"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	patched, again := "nothing", false
	shown := func(name, description string) string {
		return fmt.Sprintf(`{"id":1,"name":%q,"full_name":"acme/%s","description":%q,"visibility":"private","private":true,"owner":{"login":"acme"},"default_branch":"main"}`, name, name, description)
	}
	server := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, asked *http.Request) {
		path := strings.TrimPrefix(asked.URL.Path, "/api/v3")
		answer.Header().Set("Content-Type", "application/json")
		switch {
		case path == "/orgs/acme":
			fmt.Fprint(answer, `{"login":"acme","id":1}`)
		case path == "/repos/acme/shop" && again:
			fmt.Fprint(answer, shown("shop", "of-somebody-else"))
		case path == "/repos/acme/shop":
			answer.Header().Set("Location", "http://"+asked.Host+"/api/v3/repositories/1")
			if asked.Method == http.MethodGet {
				answer.WriteHeader(http.StatusMovedPermanently)
			} else {
				answer.WriteHeader(http.StatusTemporaryRedirect)
			}
			fmt.Fprint(answer, `{"message":"Moved Permanently"}`)
		case path == "/repositories/1":
			if asked.Method == http.MethodPatch {
				patched = asked.Method + " " + path + ", by way of 307"
			}
			fmt.Fprint(answer, shown("store", "ours"))
		default:
			answer.WriteHeader(http.StatusNotFound)
			fmt.Fprint(answer, `{"message":"Not Found"}`)
		}
	}))
	defer server.Close()
	base, err := url.Parse(server.URL)
	must(err)
	meta, diagnostics := (&github.Config{Token: "none", Owner: "acme", BaseURL: base, IsGHES: true}).Meta()
	if diagnostics != nil {
		panic(diagnostics)
	}
	ctx := context.Background()
	resource := github.Provider().ResourcesMap["github_repository"]
	program := terraform.NewResourceConfigRaw(map[string]any{"name": "shop", "description": "ours", "visibility": "private"})
	before := &terraform.InstanceState{ID: "shop", Attributes: map[string]string{"name": "shop", "description": "ours", "visibility": "private"}}

	state, problems := resource.RefreshWithoutUpgrade(ctx, before, meta)
	if problems.HasError() {
		panic(fmt.Sprint(problems))
	}
	fmt.Printf("refreshed: id %s, name %s, full_name %s\n", state.ID, state.Attributes["name"], state.Attributes["full_name"])

	difference, err := resource.SimpleDiff(ctx, state, program, meta)
	must(err)
	named := false
	if difference != nil {
		_, named = difference.Attributes["name"]
	}
	fmt.Printf("differs from the program in its name: %t\n", named)

	data := resource.Data(state)
	must(data.Set("description", "ours, still"))
	resource.UpdateContext(ctx, data, meta)
	fmt.Printf("updated: %s\n", patched)

	again = true
	other, _ := resource.RefreshWithoutUpgrade(ctx, state, meta)
	fmt.Printf("once there is another shop: refreshed as %s, description %s\n", other.Attributes["full_name"], other.Attributes["description"])
}
GO
GOFLAGS=-mod=mod go mod tidy >/dev/null 2>&1
go run . >seen 2>log || { cat log; exit 1; }
cat >expected <<'SEEN'
refreshed: id shop, name shop, full_name acme/store
differs from the program in its name: false
updated: PATCH /repositories/1, by way of 307
once there is another shop: refreshed as acme/shop, description of-somebody-else
SEEN
cat seen
diff expected seen && echo 'as it was seen'
