#!/usr/bin/env bash
# The escape hatch of cdk8s for what a class has no word for, ApiObject.addJsonPatch, lets a field that is newer than the class vanish without
# a word: the classes that are made of Kubernetes' API copy the fields that they know, and do so after the patches were applied. The same
# patch on a plain ApiObject stays, and so does one of a field that the class knows.
#
# Seen with cdk8s 2.70.106, constructs 10.8.1 and cdk8s-plus-28 2.5.6 (classes of Kubernetes 1.28), on four fields of a Deployment's pod:
#                                            KubeDeployment  Deployment of cdk8s-plus  ApiObject
#   containers[0].resizePolicy (1.27)        stays           stays                     stays
#   resources of the pod (1.34)              vanishes        vanishes                  stays
#   containers[0].restartPolicyRules (1.34)  vanishes        vanishes                  stays
#   hostnameOverride (1.34)                  vanishes        vanishes                  stays
# A patch {op: test} behind it finds the field, because it looks at what is there before it is copied.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >package.json <<'JSON'
{ "name": "finding", "private": true, "type": "module", "dependencies": { "cdk8s": "2.70.106", "cdk8s-plus-28": "2.5.6", "constructs": "10.8.1" } }
JSON
npm install --silent --no-audit --no-fund

cat >look.js <<'JS'
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Deployment, k8s } from 'cdk8s-plus-28';

const chart = new Chart(new App(), 'chart', { disableResourceNameHashes: true });
const spec = {
  selector: { matchLabels: { app: 'a' } },
  template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image: 'a:1' }] } },
};
const made = {
  KubeDeployment: new k8s.KubeDeployment(chart, 'kube', { spec }),
  'cdk8s-plus': ApiObject.of(new Deployment(chart, 'plus', { containers: [{ name: 'a', image: 'a:1' }] })),
  ApiObject: new ApiObject(chart, 'api', { apiVersion: 'apps/v1', kind: 'Deployment', spec }),
};
const fields = {
  'containers/0/resizePolicy': [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }],
  resources: { requests: { cpu: '1' } },
  'containers/0/restartPolicyRules': [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
  hostnameOverride: 'a-host',
};
for (const [path, value] of Object.entries(fields)) {
  const told = Object.entries(made).map(([name, object]) => {
    const pointer = `/spec/template/spec/${path}`;
    object.addJsonPatch(JsonPatch.add(pointer, value), JsonPatch.test(pointer, value));
    const pod = object.toJson().spec.template.spec;
    const found = path.split('/').reduce((at, key) => at?.[key], pod);
    return `${name} ${found === undefined ? 'vanishes' : 'stays'}`;
  });
  console.log(`${path}: ${told.join(', ')}`);
}
JS
node look.js >seen

cat seen
diff - seen <<'EXPECTED' || { echo 'newer fields are kept otherwise than they were'; exit 1; }
containers/0/resizePolicy: KubeDeployment stays, cdk8s-plus stays, ApiObject stays
resources: KubeDeployment vanishes, cdk8s-plus vanishes, ApiObject stays
containers/0/restartPolicyRules: KubeDeployment vanishes, cdk8s-plus vanishes, ApiObject stays
hostnameOverride: KubeDeployment vanishes, cdk8s-plus vanishes, ApiObject stays
EXPECTED
echo 'as it was seen'
