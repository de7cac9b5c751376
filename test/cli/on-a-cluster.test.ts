import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { KubernetesObject } from '../../src/model/application.ts';
import { readStrictYaml } from '../../src/model/formats/strict-yaml.ts';
import { ApiServer, type Refusal } from '../support/api-server.ts';
import { live } from '../support/fake-cluster.ts';
import { filesOf, gitIn } from '../support/git.ts';
import { ProjectCopy, type Answer } from '../support/project-copy.ts';

jest.setTimeout(120_000);

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const ready = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
const refresh = { properties: { syncPolicy: { properties: { retry: { properties: { refresh: {} } } } } } };
const definition = (group: string, kind: string, version: string, spec: object = {}): KubernetesObject =>
  live('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${kind.toLowerCase()}s.${group}`, undefined, {
    spec: {
      group,
      names: { kind },
      versions: [{ name: version, served: true, schema: { openAPIV3Schema: { properties: { spec } } } }],
    },
  });

/** What a cluster has beside bootstrap/. */
const rest: readonly KubernetesObject[] = [
  definition('argoproj.io', 'Application', 'v1alpha1', refresh),
  definition('traefik.io', 'IngressRoute', 'v1alpha1'),
  definition('traefik.io', 'Middleware', 'v1alpha1'),
  live('v1', 'Secret', 'staging-postgres-db-secret', 'staging', { data: { POSTGRES_PASSWORD: base64('hunter2') } }),
  live(
    'v1',
    'Secret',
    'the-project-staging-ops',
    'argocd',
    { data: { sshPrivateKey: base64('hunter2'), url: base64('git@github.com:arkb2023/the-project-ops.git') } },
    { 'argocd.argoproj.io/secret-type': 'repository' },
  ),
  live('storage.k8s.io/v1', 'StorageClass', 'local-path'),
  live('v1', 'Node', 'k3d-dwk-local-agent-0', undefined, ready, { 'kubernetes.io/hostname': 'k3d-dwk-local-agent-0' }),
  live('apps/v1', 'StatefulSet', 'argocd-application-controller', 'argocd', { status: { readyReplicas: 1 } }),
  live('apps/v1', 'Deployment', 'argocd-repo-server', 'argocd', { status: { readyReplicas: 1 } }),
  live('v1', 'Pod', 'coredns-1', 'kube-system', ready, { 'k8s-app': 'kube-dns' }),
  live('v1', 'Pod', 'traefik-1', 'kube-system', ready, { 'app.kubernetes.io/name': 'traefik' }),
];

describe('on a cluster', () => {
  let copy: ProjectCopy;
  let tip: string;
  let bootstrap: readonly KubernetesObject[];
  const servers: ApiServer[] = [];

  beforeAll(async () => {
    copy = new ProjectCopy();
    await copy.run(['publish', 'staging']);
    tip = gitIn(copy.ops, 'rev-parse', 'env/staging');
    bootstrap = [...filesOf(copy.ops, 'env/staging')]
      .filter(([path]) => path.startsWith('bootstrap/'))
      .map(([path, text]) => readStrictYaml(path, text) as KubernetesObject);
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  /** A cluster that follows the branch: what its Application says, and its AppProject as somebody changed it. */
  const cluster = (
    status: object,
    change: (project: Record<string, unknown[]>) => object = (spec) => spec,
  ): readonly KubernetesObject[] => [
    ...bootstrap.map((object) => {
      if (object.kind === 'Application') return { ...object, status };
      return object.kind === 'AppProject'
        ? { ...object, spec: change(object['spec'] as Record<string, unknown[]>) }
        : object;
    }),
    ...rest,
  ];
  const healthy = (): object => ({
    sync: { status: 'Synced', revision: tip },
    health: { status: 'Healthy' },
    operationState: { phase: 'Succeeded' },
    resources: [{ group: 'apps', kind: 'Deployment', name: 'staging-todo-app-dep', health: { status: 'Healthy' } }],
  });

  /** Runs a command beside a cluster. */
  async function beside(
    objects: readonly KubernetesObject[],
    args: readonly string[],
    refuses?: Refusal,
  ): Promise<Answer> {
    const server = await ApiServer.start(objects);
    servers.push(server);
    if (refuses !== undefined) server.refuses = refuses;
    return copy.run(args, { env: { KUBECONFIG: server.kubeconfig(['k3d-dwk-local']) } });
  }

  const login =
    'the login of context "k3d-dwk-local" is not accepted (401): it expired or was rotated; log in again, then look with: kubectl --context k3d-dwk-local get namespaces';

  test('the doctor says of each thing that it is there, and ends with 0', async () => {
    const { code, stdout, stderr } = await beside(cluster(healthy()), ['doctor', 'staging']);

    expect({ code, stderr, lines: stdout.trim().split('\n') }).toEqual({
      code: 0,
      stderr: '',
      lines: [
        '✔ Kubernetes 1.31',
        '✔ Argo CD 3.2 or later',
        '✔ argocd-application-controller in argocd',
        '✔ argocd-repo-server in argocd',
        '✔ Namespace staging',
        '✔ AppProject the-project-staging',
        '✔ Application the-project-staging',
        '✔ Secret staging/staging-postgres-db-secret',
        '✔ Secret argocd/the-project-staging-ops',
        '✔ StorageClass local-path',
        '✔ Node k3d-dwk-local-agent-0',
        '✔ IngressRoute (traefik.io/v1alpha1)',
        '✔ Middleware (traefik.io/v1alpha1)',
        '✔ the DNS server: pods k8s-app=kube-dns in kube-system',
        '✔ the ingress controller: pods app.kubernetes.io/name=traefik in kube-system',
        '',
        'Nothing is lacking for staging.',
      ],
    });
  });

  test('the doctor fails with 1 for what is lacking and what it may not ask, each with the line to type', async () => {
    const { code, stdout } = await beside(
      cluster(healthy()).filter(({ metadata }) => metadata.name !== 'staging-postgres-db-secret'),
      ['doctor', 'staging'],
      ({ path }) => (path.endsWith('/nodes') ? 403 : undefined),
    );

    expect(code).toBe(1);
    expect(stdout.split('\n').filter((line) => !line.startsWith('✔'))).toEqual([
      '✖ Secret staging/staging-postgres-db-secret: is not there, with the key POSTGRES_PASSWORD; without Pulumi, README.md of the branch env/staging has the line',
      '    pulumi up --stack staging',
      '✖ the nodes: cannot be looked at: the account of context "k3d-dwk-local" may not list Node (403); docs/reader-role.yaml allows what is read, and nothing else',
      '    kubectl --context k3d-dwk-local auth whoami',
      '',
      '2 of 15 things are lacking for staging.',
      '',
    ]);
  });

  test('the doctor and wait fail with 1 for a login that expired; status says so and goes on', async () => {
    const expired = (args: readonly string[]) => beside(cluster(healthy()), args, () => 401);

    const [doctor, wait, status] = [
      await expired(['doctor', 'staging']),
      await expired(['wait', 'staging', '--timeout', '5s']),
      await expired(['status', 'staging']),
    ];

    expect(doctor).toMatchObject({ code: 1, stdout: '', stderr: `portolan: ${login}\n` });
    expect(wait).toMatchObject({ code: 1, stdout: '', stderr: `portolan: ${login}\n` });
    expect(status).toMatchObject({ code: 0, stdout: expect.stringContaining(`  live      not asked: ${login}\n`) });
  });

  test('wait ends with 0 when the tip is Synced and Healthy, and status says the same', async () => {
    const [wait, status] = [
      await beside(cluster(healthy()), ['wait', 'staging', '--timeout', '5s']),
      await beside(cluster(healthy()), ['status', 'staging']),
    ];

    expect(wait.code).toBe(0);
    expect(copy.plain(wait.stdout).split('\n')).toEqual([
      '   0 s  the-project-staging: Synced, Healthy at COMMIT',
      'staging runs COMMIT: Synced and Healthy.',
      '',
    ]);
    expect(status.stdout).toContain('  live      the-project-staging: Synced, Healthy at this commit\n');
    expect(status.stdout).not.toContain('bootstrap pending');
  });

  test('wait fails with 1 and names bootstrap/, not a rollback, where the AppProject does not allow a kind', async () => {
    const refused = {
      ...healthy(),
      sync: { status: 'OutOfSync', revision: tip },
      operationState: { phase: 'Failed', message: 'one or more objects failed to apply' },
    };
    const narrow = cluster(refused, (spec) => ({
      ...spec,
      namespaceResourceWhitelist: spec['namespaceResourceWhitelist']?.filter(
        (entry) => (entry as { kind: string }).kind !== 'Deployment',
      ),
    }));

    const { code, stdout } = await beside(narrow, ['wait', 'staging', '--timeout', '1s']);

    expect(code).toBe(1);
    expect(copy.plain(stdout).split('\n').slice(-3)).toEqual([
      '        now: the AppProject must allow Deployment.apps before Argo CD applies one',
      'staging did not become Synced and Healthy at COMMIT, and the cluster lacks AppProject/the-project-staging of bootstrap/, which Argo CD does not apply: pulumi up --stack staging, or apply bootstrap/ of the branch env/staging',
      '',
    ]);
    expect(stdout).not.toContain('rollback');
  });

  test('wait fails with 1 and names the rollback where a release is bad and the AppProject only allows more than the branch says', async () => {
    const degraded = { ...healthy(), health: { status: 'Degraded' } };
    const wide = cluster(degraded, (spec) => ({
      ...spec,
      namespaceResourceWhitelist: [...(spec['namespaceResourceWhitelist'] ?? []), { group: 'batch', kind: 'Job' }],
    }));

    const { code, stdout } = await beside(wide, ['wait', 'staging', '--timeout', '1s']);

    expect(code).toBe(1);
    expect(copy.plain(stdout).split('\n').slice(-3)).toEqual([
      '        now: Argo CD tracks nothing of Job.batch any more, and the AppProject may stop allowing it',
      'staging runs COMMIT and is Degraded. To go back: npx portolan rollback staging',
      '',
    ]);
  });

  test('status tells to wait with a removal while Argo CD tracks an object of the kind, and to go on once it does not', async () => {
    const wide = (spec: Record<string, unknown[]>): object => ({
      ...spec,
      namespaceResourceWhitelist: [...(spec['namespaceResourceWhitelist'] ?? []), { group: 'batch', kind: 'Job' }],
    });
    const tracking = { ...healthy(), resources: [{ group: 'batch', kind: 'Job', name: 'staging-load' }] };

    const [before, after] = [
      await beside(cluster(tracking, wide), ['status', 'staging']),
      await beside(cluster(healthy(), wide), ['status', 'staging']),
    ];

    expect(before.stdout).toContain(
      '  live      once it is pruned: the AppProject must allow Job.batch until Argo CD pruned the last one; else it runs on for ever, and nothing says so; Argo CD still tracks Job/staging-load\n',
    );
    expect(after.stdout).toContain(
      '  live      now: Argo CD tracks nothing of Job.batch any more, and the AppProject may stop allowing it\n',
    );
    expect(after.stdout).not.toContain('once it is pruned');
  });
});
