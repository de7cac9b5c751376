import { describe, expect, test } from '@jest/globals';
import type { LiveObject } from '../../src/cluster/cluster.ts';
import { examine } from '../../src/cluster/doctor.ts';
import project from '../../project.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { fakeCluster, live } from '../support/fake-cluster.ts';
import { settings } from '../support/settings.ts';

const delivery = project(settings);
const [, production] = delivery.environments;
if (production === undefined) throw new Error('no production');
const rendered = renderEnvironment(delivery, production, delivery.initialReleases['production'] ?? { images: {} }, {
  opsRepository: settings.platform.opsRepository,
});

const definition = (group: string, kind: string, version: string, extra: object = {}): LiveObject =>
  live('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${kind.toLowerCase()}s.${group}`, undefined, {
    spec: { group, names: { kind }, versions: [{ name: version, served: true, ...extra }] },
  });

const retry = (properties: object): object => ({
  schema: {
    openAPIV3Schema: {
      properties: { spec: { properties: { syncPolicy: { properties: { retry: { properties } } } } } },
    },
  },
});

const secrets = production.credentials.flatMap(({ store }) =>
  store.kind === 'kubernetes'
    ? [
        live('v1', 'Secret', store.secretName, store.namespace ?? 'production', {
          data: Object.fromEntries(store.keys.map((key) => [key, ''])),
        }),
      ]
    : [],
);

const complete: readonly LiveObject[] = [
  definition('argoproj.io', 'Application', 'v1alpha1', retry({ refresh: {} })),
  definition('traefik.io', 'IngressRoute', 'v1alpha1'),
  definition('traefik.io', 'Middleware', 'v1alpha1'),
  live('v1', 'Namespace', 'production', undefined, {}, { 'pod-security.kubernetes.io/enforce': 'restricted' }),
  ...secrets,
  live('storage.k8s.io/v1', 'StorageClass', 'local-path'),
  live('v1', 'Node', 'k3d-dwk-local-agent-0', undefined, {}, { 'kubernetes.io/hostname': 'k3d-dwk-local-agent-0' }),
  live('v1', 'Pod', 'coredns-1', 'kube-system', {}, { 'k8s-app': 'kube-dns' }),
  live('v1', 'Pod', 'traefik-1', 'kube-system', {}, { 'app.kubernetes.io/name': 'traefik' }),
];

const lacksOf = async (objects: readonly LiveObject[], version?: string): Promise<string[]> =>
  (await examine(fakeCluster(objects, version), production, rendered)).flatMap(({ subject, lack }) =>
    lack === undefined ? [] : [`${subject} ${lack.message}; ${lack.next}`],
  );

const without = (kind: string, name?: string): readonly LiveObject[] =>
  complete.filter((object) => object.kind !== kind || (name !== undefined && object.metadata.name !== name));

describe('the doctor', () => {
  test('finds nothing lacking in a complete cluster, and says what was looked at', async () => {
    const examined = await examine(fakeCluster(complete), production, rendered);

    expect(examined.map(({ subject, present }) => `${present ? '✔' : '✖'} ${subject}`)).toEqual([
      '✔ Kubernetes 1.31',
      '✔ Argo CD 3.2 or later',
      '✔ Namespace production',
      ...secrets.map((secret) => `✔ Secret ${secret.metadata.namespace ?? ''}/${secret.metadata.name}`),
      '✔ StorageClass local-path',
      '✔ Node k3d-dwk-local-agent-0',
      '✔ IngressRoute (traefik.io/v1alpha1)',
      '✔ Middleware (traefik.io/v1alpha1)',
      '✔ the DNS server: pods k8s-app=kube-dns in kube-system',
      '✔ the ingress controller: pods app.kubernetes.io/name=traefik in kube-system',
    ]);
  });

  test('fails for a Kubernetes line that the environment does not declare', async () => {
    expect(await lacksOf(complete, '1.27')).toEqual([
      'Kubernetes 1.27 the environment declares 1.28 to 1.36; widen environments.production.cluster.kubernetes and run: npx portolan check',
    ]);
  });

  test('fails for an Argo CD that does not refresh a failing sync', async () => {
    const old = [definition('argoproj.io', 'Application', 'v1alpha1', retry({ limit: {} })), ...complete.slice(1)];

    expect(await lacksOf(old)).toEqual([
      expect.stringMatching(
        /^Argo CD 3\.2 or later it is older: a fixing commit would wait for a failing sync; kubectl create namespace argocd/,
      ),
    ]);
  });

  test('fails for a Secret that is not there, and for a key that it lacks', async () => {
    const emptied = complete
      .map((object) => (object.metadata.name === 'slack-webhook-secret' ? { ...object, data: {} } : object))
      .filter((object) => object.metadata.name !== 'production-postgres-db-secret');

    expect(await lacksOf(emptied)).toEqual([
      'Secret production/production-postgres-db-secret is not there, with the key POSTGRES_PASSWORD; pulumi up --stack production, or the "kubectl create secret" line in README.md of the branch env/production',
      'Secret production/slack-webhook-secret has no key webhook_url; kubectl --namespace production edit secret slack-webhook-secret, or: pulumi up --stack production',
    ]);
  });

  test.each([
    [
      'StorageClass',
      undefined,
      'StorageClass local-path is not there, so claims of it stay Pending; kubectl get storageclass, and name one of these in project.ts',
    ],
    [
      'Node',
      undefined,
      'Node k3d-dwk-local-agent-0 is not there, so its volume binds to nothing; kubectl get nodes, then: pulumi config set portolan:nodeName NAME',
    ],
    [
      'CustomResourceDefinition',
      'middlewares.traefik.io',
      'Middleware (traefik.io/v1alpha1) the cluster does not know this kind; install what brings traefik.io, then look: kubectl api-resources --api-group traefik.io',
    ],
    [
      'Namespace',
      undefined,
      'Namespace production is not there; kubectl apply -f bootstrap/, or pulumi up --stack production',
    ],
    [
      'Pod',
      'coredns-1',
      'the DNS server: pods k8s-app=kube-dns in kube-system no pod has these labels, so the network policies would cut it off; kubectl get pods -A --show-labels, and correct dns of the environment in project.ts',
    ],
    [
      'Pod',
      'traefik-1',
      'the ingress controller: pods app.kubernetes.io/name=traefik in kube-system no pod has these labels, so the network policies would cut it off; kubectl get pods -A --show-labels, and correct ingress.controller of the environment in project.ts',
    ],
  ])('fails without the %s %s', async (kind, name, message) => {
    const objects = name === undefined ? without(kind) : complete.filter((object) => object.metadata.name !== name);

    expect(await lacksOf(objects)).toEqual([message]);
  });

  test('fails for a namespace that enforces nothing', async () => {
    const open = complete.map((object) =>
      object.kind === 'Namespace' ? { ...object, metadata: { name: 'production' } } : object,
    );

    expect(await lacksOf(open)).toEqual([
      'Namespace production does not enforce Pod Security "restricted"; kubectl apply -f bootstrap/, or pulumi up --stack production',
    ]);
  });
});
