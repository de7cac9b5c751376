import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/model/environment.ts';
import type { LiveObject } from '../../src/clients/kubernetes/cluster.ts';
import type { Credential } from '../../src/model/credential.ts';
import { hidden } from '../../src/objects/hidden.ts';
import { examine } from '../../src/cluster/doctor.ts';
import project from '../../project.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { fakeCluster, live, type FakeClusterOptions } from '../support/fake-cluster.ts';
import { settings } from '../support/settings.ts';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import { madeUpTools } from '../support/made-up-tools.ts';
import { withFurnace, withTools } from '../support/with-toolchain.ts';

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
        live(
          'v1',
          'Secret',
          store.secretName,
          store.namespace ?? 'production',
          {
            data: {
              ...Object.fromEntries(store.keys.map((key) => [key, hidden])),
              ...(store.namespace === 'argocd' ? { url: 'git@github.com:arkb2023/the-project-ops.git' } : {}),
            },
          },
          store.namespace === 'argocd' ? { 'argocd.argoproj.io/secret-type': 'repository' } : {},
        ),
      ]
    : [],
);
const ready = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };

const complete: readonly LiveObject[] = [
  definition('argoproj.io', 'Application', 'v1alpha1', retry({ refresh: {} })),
  definition('traefik.io', 'IngressRoute', 'v1alpha1'),
  definition('traefik.io', 'Middleware', 'v1alpha1'),
  live('v1', 'Namespace', 'production', undefined, {}, { 'pod-security.kubernetes.io/enforce': 'restricted' }),
  ...secrets,
  live('storage.k8s.io/v1', 'StorageClass', 'local-path'),
  live('v1', 'Node', 'k3d-dwk-local-agent-0', undefined, ready, { 'kubernetes.io/hostname': 'k3d-dwk-local-agent-0' }),
  live('apps/v1', 'StatefulSet', 'argocd-application-controller', 'argocd', { status: { readyReplicas: 1 } }),
  live('apps/v1', 'Deployment', 'argocd-repo-server', 'argocd', { status: { readyReplicas: 2 } }),
  ...rendered.objects.filter(({ path }) => /(appproject|application)/.test(path)).map(({ object }) => object),
  live('v1', 'Pod', 'coredns-1', 'kube-system', ready, { 'k8s-app': 'kube-dns' }),
  live('v1', 'Pod', 'traefik-1', 'kube-system', ready, { 'app.kubernetes.io/name': 'traefik' }),
];

const question = {
  delivery,
  environment: production,
  rendered,
  opsRepository: settings.platform.opsRepository,
  now: Date.parse('2026-01-31T12:00:00Z'),
};
const lacksOf = async (objects: readonly LiveObject[], options?: FakeClusterOptions): Promise<string[]> =>
  (await examine(fakeCluster(objects, options), question)).flatMap(({ subject, lack }) =>
    lack === undefined ? [] : [`${subject} ${lack.message}; ${lack.next}`],
  );
/** The complete cluster with one object changed. */
const changed = (name: string, change: (object: LiveObject) => LiveObject): readonly LiveObject[] =>
  complete.map((object) => (object.metadata.name === name ? change(object) : object));
const bootstrapLines =
  'pulumi up --stack production\nnpx portolan synth --environment production --output dist && kubectl --context test apply -f dist/production/bootstrap/';

const without = (kind: string, name?: string): readonly LiveObject[] =>
  complete.filter((object) => object.kind !== kind || (name !== undefined && object.metadata.name !== name));

describe('the doctor', () => {
  test('finds nothing lacking in a complete cluster, and says what was looked at', async () => {
    const examined = await examine(fakeCluster(complete), question);

    expect(examined.map(({ subject, present }) => `${present ? '✔' : '✖'} ${subject}`)).toEqual([
      '✔ Kubernetes 1.31',
      '✔ Argo CD 3.2 or later',
      '✔ argocd-application-controller in argocd',
      '✔ argocd-repo-server in argocd',
      '✔ Namespace production',
      '✔ AppProject the-project-production',
      '✔ Application the-project-production',
      ...secrets.map((secret) => `✔ Secret ${secret.metadata.namespace ?? ''}/${secret.metadata.name}`),
      '✔ StorageClass local-path',
      '✔ Node k3d-dwk-local-agent-0',
      '✔ IngressRoute (traefik.io/v1alpha1)',
      '✔ Middleware (traefik.io/v1alpha1)',
      '✔ the DNS server: pods k8s-app=kube-dns in kube-system',
      '✔ the ingress controller: pods app.kubernetes.io/name=traefik in kube-system',
    ]);
  });

  test('fails for a further namespace that nobody made', async () => {
    const environment = { ...production, furtherNamespaces: ['monitoring', 'tools'] };
    const lacks = async (objects: readonly LiveObject[]): Promise<readonly string[]> =>
      (await examine(fakeCluster(objects), { ...question, environment })).flatMap(({ subject, lack }) =>
        lack === undefined ? [] : [`${subject} ${lack.message}; ${lack.next}`],
      );

    expect(await lacks([...complete, live('v1', 'Namespace', 'monitoring')])).toEqual([
      'Namespace tools is not there, and environments.production.furtherNamespaces says that somebody else makes it; kubectl --context test create namespace tools',
    ]);
  });

  test('holds each namespace to what the environment says of its pods, and looks for who asks for metrics', async () => {
    const reason = 'reads the files of its node';
    const [shop, ...others] = production.applications;
    const [first, ...services] = shop!.services;
    const watched = { ...first!, metrics: { port: 'http' }, podSecurity: { level: 'privileged' as const, reason } };
    const environment: Environment = {
      ...production,
      monitoring: { scraper: { namespace: 'monitoring', podLabels: { app: 'prometheus' } } },
      applications: [{ ...shop!, services: [watched, ...services] }, ...others],
    };
    const lacks = async (level: string, ...more: readonly LiveObject[]): Promise<readonly string[]> => {
      const labels = { 'pod-security.kubernetes.io/enforce': level };
      const beside = live('v1', 'Namespace', 'production-privileged', undefined, {}, labels);
      const all = await examine(fakeCluster([...complete, beside, ...more]), { ...question, environment });
      return all.flatMap(({ subject, lack }) => (lack === undefined ? [] : [`${subject} ${lack.message}`]));
    };

    expect(await lacks('restricted')).toEqual([
      'Namespace production-privileged does not enforce Pod Security "privileged"',
      expect.stringContaining('the Prometheus: pods app=prometheus in monitoring no pod has these labels'),
    ]);
    expect(
      await lacks('privileged', live('v1', 'Pod', 'prometheus-0', 'monitoring', ready, { app: 'prometheus' })),
    ).toEqual([]);
  });

  test('fails for a Kubernetes line that the environment does not declare', async () => {
    expect(await lacksOf(complete, { version: '1.27' })).toEqual([
      'Kubernetes 1.27 the environment declares 1.28 to 1.36; widen environments.production.cluster.kubernetes; npx portolan check',
    ]);
  });

  test('fails for an Argo CD that does not refresh a failing sync', async () => {
    const old = [definition('argoproj.io', 'Application', 'v1alpha1', retry({ limit: {} })), ...complete.slice(1)];

    expect(await lacksOf(old)).toEqual([
      expect.stringMatching(
        /^Argo CD 3\.2 or later it is older: a fixing commit would wait for a failing sync; kubectl --context test create namespace argocd/,
      ),
    ]);
  });

  test('fails for a Secret that something in the cluster makes, and asks nobody for its value', async () => {
    const made = {
      ...production,
      credentials: production.credentials.map((credential): Credential =>
        credential.store.kind === 'kubernetes' && credential.store.namespace === undefined
          ? { ...credential, origin: 'external' }
          : credential,
      ),
    };
    const lacks = async (objects: readonly LiveObject[]): Promise<readonly string[]> =>
      (await examine(fakeCluster(objects), { ...question, environment: made })).flatMap(({ subject, lack }) =>
        lack === undefined ? [] : [`${subject} ${lack.message}; ${lack.next}`],
      );
    const unmade = complete
      .map((object) => (object.metadata.name === 'slack-webhook-secret' ? { ...object, data: {} } : object))
      .filter((object) => object.metadata.name !== 'production-postgres-db-secret');
    const look = 'kubectl --context test -n production get events --sort-by=.lastTimestamp';

    expect(await lacks(complete)).toEqual([]);
    expect(await lacks(unmade)).toEqual([
      `Secret production/production-postgres-db-secret is not there, with the key POSTGRES_PASSWORD: what makes it in the cluster has not done so; ${look}`,
      `Secret production/slack-webhook-secret has nothing in the key webhook_url: what makes it in the cluster has not done so; ${look}`,
    ]);
  });

  test('fails for a Secret that is not there, and for a key that it lacks', async () => {
    const emptied = complete
      .map((object) => (object.metadata.name === 'slack-webhook-secret' ? { ...object, data: {} } : object))
      .filter((object) => object.metadata.name !== 'production-postgres-db-secret');

    expect(await lacksOf(emptied)).toEqual([
      'Secret production/production-postgres-db-secret is not there, with the key POSTGRES_PASSWORD; without Pulumi, README.md of the branch env/production has the line; pulumi up --stack production',
      'Secret production/slack-webhook-secret has no key webhook_url; pulumi up --stack production\nkubectl --context test -n production edit secret slack-webhook-secret',
    ]);
  });

  test.each([
    [
      'StorageClass',
      undefined,
      'StorageClass local-path is not there, so claims of it stay Pending; name one that is in project.ts; kubectl --context test get storageclass',
    ],
    [
      'Node',
      undefined,
      'Node k3d-dwk-local-agent-0 is not there, so its volume binds to nothing; name one that is as the node of its claim in project.ts, or in the setting in Pulumi.production.yaml that it comes from; kubectl --context test get nodes',
    ],
    [
      'CustomResourceDefinition',
      'middlewares.traefik.io',
      'Middleware (traefik.io/v1alpha1) the cluster does not know this kind; install what brings traefik.io; kubectl --context test api-resources --api-group traefik.io',
    ],
    ['Namespace', undefined, `Namespace production is not there; ${bootstrapLines}`],
    [
      'Pod',
      'coredns-1',
      'the DNS server: pods k8s-app=kube-dns in kube-system no pod has these labels, so the network policies would cut it off; correct dns of the environment in project.ts; kubectl --context test get pods -A --show-labels',
    ],
    [
      'Pod',
      'traefik-1',
      'the ingress controller: pods app.kubernetes.io/name=traefik in kube-system no pod has these labels, so the network policies would cut it off; correct ingress.controller of the environment in project.ts; kubectl --context test get pods -A --show-labels',
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
      `Namespace production does not enforce Pod Security "restricted"; ${bootstrapLines}`,
    ]);
  });

  test.each([
    ['AppProject', 'is not there, so nothing follows the branch'],
    ['Application', 'is not there, so nothing follows the branch'],
  ])('fails without the %s', async (kind, message) => {
    expect(await lacksOf(without(kind))).toEqual([`${kind} the-project-production ${message}; ${bootstrapLines}`]);
  });

  test('fails for an Application that follows another branch, and for an AppProject that is not as rendered', async () => {
    const wrong = complete.map((object) => {
      if (object.kind === 'AppProject') return { ...object, spec: { sourceRepos: [] } };
      if (object.kind !== 'Application') return object;
      const spec = object['spec'] as { readonly source: object };
      return { ...object, spec: { ...spec, source: { ...spec.source, targetRevision: 'main' } } };
    });

    expect(await lacksOf(wrong)).toEqual([
      `AppProject the-project-production is not as this program renders it; ${bootstrapLines}`,
      `Application the-project-production it follows the branch main, not env/production; ${bootstrapLines}`,
    ]);
  });

  test('fails for a controller that is not there, and for one without a pod that is ready', async () => {
    const stopped = changed('argocd-application-controller', (object) => ({ ...object, status: { readyReplicas: 0 } }));

    expect(await lacksOf(stopped.filter(({ metadata }) => metadata.name !== 'argocd-repo-server'))).toEqual([
      'argocd-application-controller in argocd has no pod that is ready, so nothing follows the branch; kubectl --context test -n argocd describe statefulset argocd-application-controller',
      'argocd-repo-server in argocd is not there, so nothing follows the branch; kubectl --context test -n argocd get statefulsets,deployments',
    ]);
  });

  test('fails for a Secret with nothing in it, and for a key to the ops repository that Argo CD does not find', async () => {
    const secretOf = (data: object, labels: Readonly<Record<string, string>>) =>
      changed('the-project-production-ops', (object) => ({
        ...object,
        data,
        metadata: { ...object.metadata, labels },
      }));
    const label = { 'argocd.argoproj.io/secret-type': 'repository' };
    const kubectl = 'kubectl --context test -n argocd';

    expect(await lacksOf(secretOf({ sshPrivateKey: '' }, label))).toEqual([
      `Secret argocd/the-project-production-ops has nothing in the key sshPrivateKey; pulumi up --stack production\n${kubectl} edit secret the-project-production-ops`,
    ]);
    expect(await lacksOf(secretOf({ sshPrivateKey: hidden, url: 'x' }, {}))).toEqual([
      `Secret argocd/the-project-production-ops Argo CD does not find it without the label argocd.argoproj.io/secret-type=repository; pulumi up --stack production\n${kubectl} label secret the-project-production-ops --overwrite argocd.argoproj.io/secret-type=repository`,
    ]);
    expect(await lacksOf(secretOf({ sshPrivateKey: hidden, url: 'https://github.com/acme/other.git' }, label))).toEqual(
      [
        `Secret argocd/the-project-production-ops opens https://github.com/acme/other.git, and Argo CD reads git@github.com:arkb2023/the-project-ops.git; pulumi up --stack production\n${kubectl} patch secret the-project-production-ops -p '{"stringData":{"url":"git@github.com:arkb2023/the-project-ops.git"}}'`,
      ],
    );
  });

  test('fails for a node that is cordoned or not ready, and for a controller of which no pod is ready', async () => {
    const node = 'k3d-dwk-local-agent-0';

    expect(await lacksOf(changed(node, (object) => ({ ...object, spec: { unschedulable: true } })))).toEqual([
      `Node ${node} is cordoned, so pods that need its volume stay Pending; kubectl --context test uncordon ${node}`,
    ]);
    expect(await lacksOf(changed(node, (object) => ({ ...object, status: {} })))).toEqual([
      `Node ${node} is not ready, so pods that need its volume stay Pending; kubectl --context test describe node ${node}`,
    ]);
    expect(await lacksOf(changed('traefik-1', (object) => ({ ...object, status: {} })))).toEqual([
      'the ingress controller: pods app.kubernetes.io/name=traefik in kube-system none of them is ready; kubectl --context test -n kube-system describe pods -l app.kubernetes.io/name=traefik',
    ]);
  });

  test("finds what is orphaned: marked as an Application's that does not look after it, by annotation or label", async () => {
    const marked = (kind: string, name: string, metadata: object): LiveObject => {
      const object = live(kind === 'StatefulSet' ? 'apps/v1' : 'policy/v1', kind, name, 'production');
      return { ...object, metadata: { ...object.metadata, ...metadata } };
    };
    const byAnnotation = (name: string) => ({
      annotations: {
        'argocd.argoproj.io/tracking-id': `the-project-production:policy/PodDisruptionBudget:production/${name}`,
      },
    });
    const objects = [
      ...complete.map((object) =>
        object.kind === 'Application'
          ? { ...object, status: { resources: [{ group: 'policy', kind: 'PodDisruptionBudget', name: 'kept' }] } }
          : object,
      ),
      marked('PodDisruptionBudget', 'kept', byAnnotation('kept')),
      marked('PodDisruptionBudget', 'orphan', byAnnotation('orphan')),
      marked('PodDisruptionBudget', 'others', { labels: { 'app.kubernetes.io/instance': 'somebody-else' } }),
      marked('PodDisruptionBudget', 'owned', {
        ...byAnnotation('owned'),
        ownerReferences: [{ kind: 'Thing', name: 'x' }],
      }),
      marked('StatefulSet', 'old', { labels: { 'app.kubernetes.io/instance': 'the-project-production' } }),
    ];
    const because =
      "is orphaned: it is marked as the-project-production's, which does not look after it, so it is neither changed nor pruned";

    expect(await lacksOf(objects)).toEqual([
      `StatefulSet old ${because}; kubectl --context test -n production get statefulset.apps old -o yaml`,
      `PodDisruptionBudget orphan ${because}; kubectl --context test -n production delete poddisruptionbudget.policy orphan`,
    ]);
  });

  test('names a backup that is suspended', async () => {
    const cronJob = live('batch/v1', 'CronJob', 'production-postgres-backup', 'production', {
      spec: { suspend: true },
    });

    expect(await lacksOf([...complete, cronJob])).toEqual([
      `CronJob/production-postgres-backup is suspended: nothing of postgresql-db is backed up; kubectl --context test -n production patch cronjob production-postgres-backup -p '{"spec":{"suspend":false}}'`,
    ]);
  });

  test('says what this account may not ask in its place, and everything else', async () => {
    const forbids: FakeClusterOptions['forbids'] = ({ kind }) => kind === 'Node';

    expect(await lacksOf(without('StorageClass'), { forbids })).toEqual([
      'StorageClass local-path is not there, so claims of it stay Pending; name one that is in project.ts; kubectl --context test get storageclass',
      'the nodes cannot be looked at: may not list Node in the cluster; kubectl --context test auth whoami',
    ]);
  });

  test('gives lines that can be typed as they stand, whatever is lacking', async () => {
    for (const objects of [[], ...complete.map((_, i) => complete.filter((_, j) => i !== j))]) {
      const examined = await examine(fakeCluster(objects), question);
      const lines = examined.flatMap(({ lack }) => lack?.next.split('\n') ?? []);

      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        expect(line).toMatch(/^(kubectl --context test|pulumi up --stack production|npx portolan) ?/);
        expect(line).not.toMatch(/\b(NAME|ENV|URL|STACK|SECRET)\b|, or |, then |…/);
      }
    }
  });

  test('says that another engine follows the environment too, and how it lets go', async () => {
    const other = live('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'the-project-production', 'flux-system');
    const found = await examine(fakeCluster([...complete, other], { version: '1.33' }), question);

    expect(found.filter(({ present }) => !present)).toEqual([
      {
        subject: 'Kustomization the-project-production',
        present: false,
        lack: {
          message:
            'follows production too, so each engine prunes what the other one makes; it has to let go before it is deleted',
          next:
            `kubectl --context test -n flux-system patch kustomization the-project-production --type merge -p '{"spec":{"suspend":true}}'\n` +
            'kubectl --context test -n flux-system delete kustomization the-project-production',
        },
      },
    ]);
  });
});

describe('the doctor of a toolchain', () => {
  const whole = withToolchains(withTools());
  const tools = whole.environments[2]!;
  const asked = {
    delivery: whole,
    environment: tools,
    rendered: renderEnvironment(whole, tools, { images: {} }, { opsRepository: 'https://github.com/acme/shop-ops' }),
    opsRepository: 'https://github.com/acme/shop-ops',
    now: 0,
  };

  test('looks at each of its namespaces, and at no DNS server, which no policy of it names', async () => {
    const cluster = fakeCluster([
      live('v1', 'Namespace', 'shop-tools', undefined, {}, { 'pod-security.kubernetes.io/enforce': 'restricted' }),
    ]);
    const said = (await examine(cluster, asked)).map(
      ({ subject, lack }) => `${subject} ${lack?.message ?? 'is there'}`,
    );

    expect(said).toContain('Namespace shop-tools is there');
    expect(said).toContain('Namespace shop-builds is not there');
    expect(said.filter((line) => line.includes('DNS'))).toEqual([]);
  });

  test('fails for a Secret without the label and the annotation that a builder finds it by', async () => {
    const delivery = withToolchains(withFurnace());
    const environment = delivery.environments[2]!;
    const secret = (
      labels: Readonly<Record<string, string>>,
      annotations: Readonly<Record<string, string>>,
    ): LiveObject => {
      const object = live('v1', 'Secret', 'furnace-registry', 'shop-builds', { data: { password: hidden } }, labels);
      return { ...object, metadata: { ...object.metadata, annotations } };
    };
    const opens = { 'furnace.example/opens': 'docker.io' };
    const saidOf = async (object: LiveObject): Promise<readonly string[]> =>
      (await examine(fakeCluster([object]), { ...asked, delivery, environment, tools: madeUpTools }))
        .filter(({ subject }) => subject === 'Secret shop-builds/furnace-registry')
        .map(({ lack }) => `${lack?.message ?? 'is there'}; ${lack?.next ?? ''}`);

    expect(await saidOf(secret({ 'furnace.example/reads': 'it' }, opens))).toEqual(['is there; ']);
    expect(await saidOf(secret({ 'furnace.example/reads': 'it' }, {}))).toEqual([
      'is not found by what reads it without the annotation furnace.example/opens=docker.io; pulumi up --stack tools\nkubectl --context test -n shop-builds annotate secret furnace-registry --overwrite furnace.example/opens=docker.io',
    ]);
    expect(await saidOf(secret({}, opens))).toEqual([
      'is not found by what reads it without the label furnace.example/reads=it; pulumi up --stack tools\nkubectl --context test -n shop-builds label secret furnace-registry --overwrite furnace.example/reads=it',
    ]);
  });

  test('fails for what is orphaned in any of them', async () => {
    const application = asked.rendered.objects.find(({ object }) => object.kind === 'Application')!.object;
    const cluster = fakeCluster([
      {
        ...application,
        status: { resources: [{ kind: 'ConfigMap', namespace: 'shop-builds', name: 'kept' }] },
      },
      live('v1', 'ConfigMap', 'left', 'shop-builds', {
        metadata: {
          name: 'left',
          namespace: 'shop-builds',
          annotations: { 'argocd.argoproj.io/tracking-id': 'shop-tools:/ConfigMap:shop-builds/left' },
        },
      }),
    ]);
    const orphans = (await examine(cluster, asked)).filter(({ subject }) => subject === 'ConfigMap left');

    expect(orphans.map(({ lack }) => lack?.next)).toEqual([
      'kubectl --context test -n shop-builds delete configmap left',
    ]);
  });
});
