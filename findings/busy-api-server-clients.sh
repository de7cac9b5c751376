#!/usr/bin/env bash
# An API server that is busy, or that was just given a custom resource's definition, answers 429 with Retry-After. client-go waits and
# asks again by itself, ten times at most; the JavaScript client hands the refusal to its caller at once.
#
# Seen with @kubernetes/client-node 1.4.0 and k8s.io/client-go v0.34.2, both asking a server that refuses once and then answers.
#   client-node  ends with 429 after one request
#   client-go    has its answer after two requests and a second
# So what kubectl or a controller gets from a cluster that was set up a moment ago, a program in JavaScript does not, unless it
# asks again itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @kubernetes/client-node@1.4.0

cat >server.mjs <<'JS'
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';

const seen = new Map();
const server = createServer((request, response) => {
  const who = request.headers['user-agent']?.includes('finding-go') ? 'client-go' : 'client-node';
  if (request.url === '/seen') return void response.end(JSON.stringify(Object.fromEntries(seen)));
  seen.set(who, (seen.get(who) ?? 0) + 1);
  const json = { 'content-type': 'application/json' };
  if (seen.get(who) === 1) {
    response.writeHead(429, { ...json, 'retry-after': '1' });
    response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'TooManyRequests', code: 429 }));
    return;
  }
  response.writeHead(200, json);
  response.end(JSON.stringify({ kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'one', namespace: 'default' } }));
});
server.listen(0, '127.0.0.1', () => writeFileSync('port', String(server.address().port)));
JS
cat >ask.mjs <<'JS'
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';

const config = new KubeConfig();
config.loadFromClusterAndUser(
  { name: 'one', server: `http://127.0.0.1:${process.argv[2]}`, skipTLSVerify: true },
  { name: 'one', token: 'none' },
);
try {
  const { metadata } = await config.makeApiClient(CoreV1Api).readNamespacedConfigMap({ name: 'one', namespace: 'default' });
  console.log(`client-node: ${metadata?.name}`);
} catch (error) {
  console.log(`client-node: refused with ${error.code}`);
}
JS
cat >go.mod <<'MOD'
module finding

go 1.24.0

require k8s.io/client-go v0.34.2
MOD
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	corev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/rest"
)

func main() {
	client, err := corev1.NewForConfig(&rest.Config{Host: "http://127.0.0.1:" + os.Args[1], UserAgent: "finding-go"})
	if err != nil {
		panic(err)
	}
	one, err := client.ConfigMaps("default").Get(context.Background(), "one", metav1.GetOptions{})
	if err != nil {
		fmt.Println("client-go:", err)
		return
	}
	fmt.Println("client-go:", one.Name)
}
GO

export GOFLAGS=-mod=mod
go mod tidy 2>/dev/null
go build -o ask-go .
node server.mjs &
server=$!
until [ -s port ]; do sleep 0.1; done
{
  node ask.mjs "$(cat port)"
  ./ask-go "$(cat port)"
  curl -s --noproxy '*' "http://127.0.0.1:$(cat port)/seen"
  echo
} | tee seen

diff seen - <<'EXPECTED' && echo 'as it was seen'
client-node: refused with 429
client-go: one
{"client-node":1,"client-go":2}
EXPECTED
