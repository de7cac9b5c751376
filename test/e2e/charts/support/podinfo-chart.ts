import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { temporaryFolder } from '../../../support/git.ts';

/** The registry that Flux and this machine reach over plain HTTP, e.g. `127.0.0.1:18690`. */
export const registry = process.env['PORTOLAN_E2E_REGISTRY'] ?? '';

/**
 * A chart whose version 1.2.0 never becomes healthy, whose 1.3.0 and 1.4.0 have a test, and whose 2.0.0 makes a kind that nobody declared. They are asked for by `appVersion`: the
 * version of a chart that Flux fetched by its digest is `1.1.0+3b77a3edbab3`, to its templates too.
 */
const template = `apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ .Release.Name }} }
spec:
  progressDeadlineSeconds: 15
  replicas: {{ .Values.replicaCount }}
  selector: { matchLabels: { app.kubernetes.io/name: podinfo } }
  template:
    metadata:
      labels: { app.kubernetes.io/name: podinfo }
      {{- if eq .Chart.AppVersion "1.2.0" }}
      annotations: { fake-kubelet/outcome: image-pull-backoff }
      {{- end }}
    spec:
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: podinfo
          image: "ghcr.io/acme/podinfo:{{ .Chart.AppVersion }}"
          env: [{ name: MESSAGE, value: {{ .Values.ui.message | quote }} }]
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
---
apiVersion: v1
kind: Service
metadata: { name: {{ .Release.Name }} }
spec: { selector: { app.kubernetes.io/name: podinfo }, ports: [{ port: 9898 }] }
{{- if eq .Chart.AppVersion "2.0.0" }}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: undeclared }
{{- end }}
{{- if has .Chart.AppVersion (list "1.3.0" "1.4.0") }}
---
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-test
  labels: { tests: {{ .Chart.AppVersion | quote }} }
  annotations: { helm.sh/hook: test, helm.sh/hook-delete-policy: before-hook-creation }
spec:
  restartPolicy: Never
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: test
      image: "ghcr.io/acme/podinfo:{{ .Chart.AppVersion }}"
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
{{- end }}
`;

/** Packages a version of the chart into a folder. What comes back is the path of the archive. */
export async function packed(version: string, into: string): Promise<string> {
  const folder = path.join(temporaryFolder(), 'podinfo');
  mkdirSync(path.join(folder, 'templates'), { recursive: true });
  writeFileSync(
    path.join(folder, 'Chart.yaml'),
    `apiVersion: v2\nname: podinfo\nversion: ${version}\nappVersion: ${version}\n`,
  );
  writeFileSync(path.join(folder, 'values.yaml'), 'replicaCount: 1\nui: { message: "" }\ningress: {}\n');
  writeFileSync(path.join(folder, 'templates/all.yaml'), template);
  await execa('helm', ['package', folder, '--destination', into]);
  return path.join(into, `podinfo-${version}.tgz`);
}

/** Pushes a version of the chart. What comes back is its digest. */
export async function pushed(version: string): Promise<string> {
  const archive = await packed(version, temporaryFolder());
  const { stdout, stderr } = await execa('helm', ['push', archive, `oci://${registry}/charts`, '--plain-http']);
  const digest = /Digest: (sha256:[0-9a-f]{64})/.exec(`${stdout}\n${stderr}`)?.[1];
  if (digest === undefined) throw new Error(`helm push said no digest: ${stderr}`);
  return digest;
}
