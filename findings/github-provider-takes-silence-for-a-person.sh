#!/usr/bin/env bash
# The GitHub provider of Terraform, and with it Pulumi's, asks once per process whether the owner that it was given is an organisation. It
# takes every answer but a good one for "no": a 403 of an organisation that wants single sign-on, a limit of requests, an error of the server.
# With what it believes then, it makes new repositories in the account of whoever the token is of (POST /user/repos and not
# POST /orgs/acme/repos), and looks for them afterwards under the owner, where they are not.
#
# Seen with github.com/integrations/terraform-provider-github/v6 v6.11.1, against a server that plays the two addresses:
#   GET /orgs/acme answers 200: organisation true, POST /orgs/acme/repos
#   GET /orgs/acme answers 403: organisation false, POST /user/repos
#   GET /orgs/acme answers 404: organisation false, POST /user/repos
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

	"github.com/integrations/terraform-provider-github/v6/github"
)

func main() {
	for _, status := range []int{200, 403, 404} {
		made := "nothing"
		server := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, asked *http.Request) {
			path := strings.TrimPrefix(asked.URL.Path, "/api/v3")
			answer.Header().Set("Content-Type", "application/json")
			switch {
			case asked.Method == http.MethodPost && strings.HasSuffix(path, "/repos"):
				made = "POST " + path
				answer.WriteHeader(http.StatusCreated)
				fmt.Fprint(answer, `{"name":"shop","full_name":"whoever/shop","owner":{"login":"whoever"}}`)
			case path == "/orgs/acme" && status == 200:
				fmt.Fprint(answer, `{"login":"acme","id":1}`)
			case path == "/orgs/acme":
				answer.WriteHeader(status)
				fmt.Fprint(answer, `{"message":"no"}`)
			default:
				answer.WriteHeader(http.StatusNotFound)
				fmt.Fprint(answer, `{"message":"Not Found"}`)
			}
		}))
		base, _ := url.Parse(server.URL)
		meta, err := (&github.Config{Token: "none", Owner: "acme", BaseURL: base, IsGHES: true}).Meta()
		if err != nil {
			panic(err)
		}
		resource := github.Provider().ResourcesMap["github_repository"]
		wanted := resource.TestResourceData()
		if err := wanted.Set("name", "shop"); err != nil {
			panic(err)
		}
		resource.CreateContext(context.Background(), wanted, meta)
		fmt.Printf("GET /orgs/acme answers %d: organisation %t, %s\n", status, meta.(*github.Owner).IsOrganization, made)
		server.Close()
	}
}
GO
GOFLAGS=-mod=mod go mod tidy >/dev/null 2>&1
go run . >seen 2>log || { cat log; exit 1; }
cat >expected <<'SEEN'
GET /orgs/acme answers 200: organisation true, POST /orgs/acme/repos
GET /orgs/acme answers 403: organisation false, POST /user/repos
GET /orgs/acme answers 404: organisation false, POST /user/repos
SEEN
cat seen
diff expected seen && echo 'as it was seen'
