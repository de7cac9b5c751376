#!/usr/bin/env bash
# HTTPS_PROXY, HTTP_PROXY and NO_PROXY decide how client-go, and so kubectl, Helm and Pulumi's provider reach an API server. The JavaScript
# client does not read them: it knows the proxy-url of a kubeconfig's cluster alone.
#
# Seen with @kubernetes/client-node 1.4.0 and k8s.io/client-go v0.34.2, both asking http://api.acme.example, which only the proxy of HTTP_PROXY
# can reach.
#   client-node  looks the name up itself, and the proxy is never asked; with proxy-url in the kubeconfig it is
#   client-go    asks the proxy
# So a program in JavaScript fails behind a company's proxy where kubectl, with the same kubeconfig in the same shell, works.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${proxy:-}" 2>/dev/null || true; chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @kubernetes/client-node@1.4.0

cat >proxy.mjs <<'JS'
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { writeFileSync } from 'node:fs';

let asked = 0;
const configMap = JSON.stringify({ kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'one', namespace: 'default' } });
const api = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(configMap);
});
const proxy = createServer((request, response) => {
  if (request.url === '/asked') return void response.end(String(asked));
  asked += 1;
  response.writeHead(200, { 'content-type': 'application/json' }).end(configMap);
});
proxy.on('connect', (_request, client) => {
  asked += 1;
  const server = connect(api.address().port, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    server.pipe(client);
    client.pipe(server);
  });
  server.on('error', () => client.destroy());
  client.on('error', () => server.destroy());
});
api.listen(0, '127.0.0.1', () => proxy.listen(0, '127.0.0.1', () => writeFileSync('port', String(proxy.address().port))));
JS
cat >ask.mjs <<'JS'
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';

const config = new KubeConfig();
const [, , proxyUrl] = process.argv;
config.loadFromClusterAndUser(
  { name: 'one', server: 'http://api.acme.example', skipTLSVerify: true, ...(proxyUrl === undefined ? {} : { proxyUrl }) },
  { name: 'one', token: 'none' },
);
try {
  const { metadata } = await config.makeApiClient(CoreV1Api).readNamespacedConfigMap({ name: 'one', namespace: 'default' });
  console.log(metadata?.name);
} catch {
  console.log('no answer');
}
process.exit(0);
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

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

func main() {
	client, err := kubernetes.NewForConfig(&rest.Config{Host: "http://api.acme.example"})
	if err != nil {
		panic(err)
	}
	found, err := client.CoreV1().ConfigMaps("default").Get(context.Background(), "one", metav1.GetOptions{})
	if err != nil {
		fmt.Println("no answer")
		return
	}
	fmt.Println(found.Name)
}
GO
go mod tidy >/dev/null 2>&1
go build -o client-go .

node proxy.mjs &
proxy=$!
until [ -s port ]; do sleep 0.1; done
address="http://127.0.0.1:$(cat port)"
asked() { curl --silent --noproxy '*' "$address/asked"; }
unset http_proxy https_proxy no_proxy HTTPS_PROXY NO_PROXY
export HTTP_PROXY=$address

said=$(node ask.mjs)
echo "client-node, HTTP_PROXY alone: $said, proxy asked $(asked) times"
[ "$said" = 'no answer' ] && [ "$(asked)" = 0 ]
said=$(node ask.mjs "$address")
echo "client-node, proxy-url too:    $said, proxy asked $(asked) times"
[ "$said" = one ] && [ "$(asked)" = 1 ]
said=$(./client-go)
echo "client-go, HTTP_PROXY alone:   $said, proxy asked $(asked) times"
[ "$said" = one ] && [ "$(asked)" = 2 ]
