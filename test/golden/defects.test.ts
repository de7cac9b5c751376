import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { podSpecOf, violationsOf } from '../render/restricted-pod.ts';
import { settings } from '../support/settings.ts';
import { liveApplication, liveNats, liveSystem } from '../support/live-system.ts';

/** As far as the defects look into objects. */
interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly envFrom?: readonly object[];
  readonly volumeMounts?: readonly { readonly name: string }[];
  readonly readinessProbe?: { readonly exec?: { readonly command: readonly string[] } };
  readonly livenessProbe?: object;
  readonly startupProbe?: object;
}
interface Pod {
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly { readonly name: string; readonly persistentVolumeClaim?: { readonly claimName: string }; readonly configMap?: { readonly name: string } }[];
  readonly shareProcessNamespace?: boolean;
  readonly securityContext?: { readonly fsGroup?: number };
  readonly automountServiceAccountToken?: boolean;
}

const dataOf = (object: KubernetesObject): Readonly<Record<string, string>> => (object['data'] ?? {}) as Readonly<Record<string, string>>;
const ofKind = (objects: readonly KubernetesObject[], ...kinds: readonly string[]): readonly KubernetesObject[] => objects.filter(({ kind }) => kinds.includes(kind));
const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;

/** Everything that makes pods, with its pod and the annotations of its pods. */
const podsOf = (objects: readonly KubernetesObject[]): readonly { readonly object: KubernetesObject; readonly pod: Pod }[] =>
  objects.flatMap((object) => {
    const pod = podSpecOf(object);
    return pod === undefined ? [] : [{ object, pod: pod as unknown as Pod }];
  });

const servingPods = (objects: readonly KubernetesObject[]) => podsOf(ofKind(objects, 'Deployment', 'StatefulSet'));

/** Identities of the objects that something is wrong with. */
const those = (objects: readonly KubernetesObject[], isWrong: (object: KubernetesObject) => boolean): readonly string[] => objects.filter(isWrong).map(nameOf);
const thosePods = (pods: ReturnType<typeof podsOf>, isWrong: (pod: Pod, object: KubernetesObject) => boolean): readonly string[] =>
  pods.filter(({ pod, object }) => isWrong(pod, object)).map(({ object }) => nameOf(object));

/** Every text that a job runs: its commands and the scripts that it mounts. */
const scriptsOf = (objects: readonly KubernetesObject[], pod: Pod): string => {
  const mounted = (pod.volumes ?? []).flatMap(({ configMap }) => Object.entries(objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMap?.name).map(dataOf)[0] ?? {}));
  const commands = [...(pod.initContainers ?? []), ...pod.containers].flatMap(({ command = [] }) => command);
  return [...commands, ...mounted.filter(([key]) => commands.some((part) => part.endsWith(`/${key}`))).map(([, text]) => text)].join('\n');
};

const rulesOf = (objects: readonly KubernetesObject[]): readonly string[] =>
  ofKind(objects, 'IngressRoute').flatMap((object) => (object['spec'] as { routes: readonly { match: string }[] }).routes.map(({ match }) => match));

const claimsOf = (pod: Pod): readonly string[] => (pod.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);

const databaseClaims = (objects: readonly KubernetesObject[]): readonly string[] =>
  ofKind(objects, 'StatefulSet').flatMap((object) =>
    (object['spec'] as { volumeClaimTemplates: readonly { metadata: { name: string } }[] }).volumeClaimTemplates.map(({ metadata }) => `${metadata.name}-${object.metadata.name}-0`),
  );

/** Where each documented defect shows; nothing where it is gone. */
const defects: Readonly<Record<string, (objects: readonly KubernetesObject[]) => readonly string[]>> = {
  'Q1 an environment follows a branch that everybody writes to': (objects) =>
    those(ofKind(objects, 'Application'), (object) => !(object['spec'] as { source: { targetRevision: string } }).source.targetRevision.startsWith('env/')),
  'Q2 a tag brings images alone: the rest is put together in the cluster, from whatever the branch holds by then': (objects) =>
    those(ofKind(objects, 'Application'), (object) => !(object['spec'] as { source: { path: string } }).source.path.startsWith('manifests/')),
  'Q14 what left the repository stays, and so does what was changed by hand': (objects) =>
    those(ofKind(objects, 'Application'), (object) => {
      const { prune, selfHeal } = (object['spec'] as { syncPolicy: { automated: { prune?: boolean; selfHeal?: boolean } } }).syncPolicy.automated;
      return prune !== true || selfHeal !== true;
    }),
  'Q15 deleting an Application leaves everything behind': (objects) =>
    those(ofKind(objects, 'Application'), ({ metadata }) => !JSON.stringify(metadata).includes('resources-finalizer.argocd.argoproj.io/foreground')),
  'Q15 a commit that mends a failing sync waits behind it': (objects) =>
    those(ofKind(objects, 'Application'), (object) => (object['spec'] as { syncPolicy: { retry?: { refresh?: boolean } } }).syncPolicy.retry?.refresh !== true),
  'Q15 deleting or pruning takes data with it': (objects) =>
    those(ofKind(objects, 'PersistentVolume', 'PersistentVolumeClaim'), ({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-options'] !== 'Prune=false,Delete=false'),
  'Q16, Q51 a secret value is in Git': (objects) => those(objects, (object) => object.kind === 'Secret' || JSON.stringify(object).includes('in-plain-text-in-git')),
  'Q18 a pod is not locked down': (objects) => thosePods(podsOf(objects), (pod) => violationsOf({ ...pod }).length > 0),
  'Q18 a pod holds a token of the API server': (objects) => thosePods(podsOf(objects), (pod) => pod.automountServiceAccountToken !== false),
  'Q18 the namespace lets any pod in': (objects) =>
    ofKind(objects, 'Namespace').some(({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted') ? [] : ['no Namespace that enforces'],
  'Q18 anybody may talk to anybody': (objects) =>
    ofKind(objects, 'NetworkPolicy').some((object) => JSON.stringify((object['spec'] as { podSelector: object }).podSelector) === '{}') ? [] : ['no default-deny policy'],
  'Q19, Q52 both environments share a NATS that nobody describes': (objects) => {
    const hosts = [...JSON.stringify(objects).matchAll(/nats:\/\/([^:"]+):/g)].map(([, host]) => host!);
    return hosts.filter((host) => !ofKind(objects, 'Service').some(({ metadata }) => metadata.name === host));
  },
  'Q22 the disk of the backups is open to everybody': (objects) =>
    thosePods(podsOf(ofKind(objects, 'CronJob')), (pod) => {
      const script = scriptsOf(objects, pod);
      return script.includes('chmod 777') || !script.includes('umask 077');
    }),
  'Q23 a failed dump is called a success': (objects) => thosePods(podsOf(ofKind(objects, 'CronJob')), (pod) => !scriptsOf(objects, pod).includes('set -euo pipefail')),
  'Q24 the dumps lie on the disk of the database': (objects) => thosePods(podsOf(ofKind(objects, 'CronJob')), (pod) => claimsOf(pod).some((claim) => databaseClaims(objects).includes(claim))),
  'Q25 the client can be older than the server': (objects) => {
    const server = servingPods(ofKind(objects, 'StatefulSet')).flatMap(({ pod }) => pod.containers.map(({ image }) => image));
    return thosePods(podsOf(ofKind(objects, 'CronJob')), (pod) => pod.containers.some(({ image }) => !server.includes(image)));
  },
  'Q27 dumps run into each other, for ever': (objects) =>
    those(ofKind(objects, 'CronJob'), (object) => {
      const { concurrencyPolicy, jobTemplate } = (object['spec'] as { concurrencyPolicy?: string; jobTemplate: { spec: { activeDeadlineSeconds?: number } } });
      return concurrencyPolicy !== 'Forbid' || jobTemplate.spec.activeDeadlineSeconds === undefined;
    }),
  'Q28 the init SQL drops the database': (objects) => those(ofKind(objects, 'ConfigMap'), (object) => /^DROP\b/m.test(dataOf(object)['init.sql'] ?? '')),
  'Q29 the version of PostgreSQL is whatever is newest': (objects) =>
    podsOf(objects).flatMap(({ pod }) => pod.containers.map(({ image }) => image).filter((image) => /^postgres:(?!\d+\.\d+-[a-z]+$)/.test(image))),
  'Q30 nobody notices a program that hangs': (objects) => thosePods(servingPods(objects), (pod) => pod.containers[0]?.livenessProbe === undefined),
  'Q30 the database is ready before it is': (objects) =>
    thosePods(servingPods(ofKind(objects, 'StatefulSet')), (pod) => pod.containers[0]?.readinessProbe === undefined || pod.containers[0].startupProbe === undefined),
  'Q30 a slow start is taken for a hang': (objects) => thosePods(servingPods(objects), (pod) => pod.containers[0]?.startupProbe === undefined),
  'Q31 ready says nothing': (objects) => thosePods(servingPods(objects), (pod) => pod.containers.some(({ readinessProbe }) => readinessProbe?.exec?.command.includes('echo ok') === true)),
  'Q32 a shell as process 1 swallows the signal to stop': (objects) =>
    thosePods(servingPods(objects), (pod) => pod.containers.some(({ image }) => image.startsWith('arkb2023/')) && pod.shareProcessNamespace !== true),
  'Q36 a path without its slash is sent out of the environment': (objects) => {
    const slashes = ofKind(objects, 'Middleware').flatMap((object) => (object['spec'] as { replacePath?: { path: string } }).replacePath?.path ?? []);
    return slashes.includes('/todos/') ? [] : ['no middleware appends the slash'];
  },
  'Q37 a path prefix does not end at a boundary': (objects) => rulesOf(objects).filter((rule) => [...rule.matchAll(/PathPrefix\(`([^`]*)`\)/g)].some(([, path]) => !path!.endsWith('/'))),
  'Q39 the API group of Traefik is gone': (objects) => those(objects, ({ apiVersion }) => apiVersion.startsWith('traefik.containo.us/')),
  'Q40 the backend mounts a volume that it never uses': (objects) => thosePods(servingPods(objects), (pod, { metadata }) => metadata.name.includes('todo-backend') && claimsOf(pod).length > 0),
  'Q40 a new pod starts while the old one holds the volume': (objects) =>
    thosePods(servingPods(ofKind(objects, 'Deployment')), (pod, object) => claimsOf(pod).length > 0 && (object['spec'] as { strategy?: { type: string } }).strategy?.type !== 'Recreate'),
  'Q40 a volume belongs to root': (objects) => thosePods(servingPods(objects), (pod) => claimsOf(pod).length > 0 && pod.securityContext?.fsGroup === undefined),
  'Q43 changed configuration restarts nothing': (objects) =>
    thosePods(servingPods(objects), (pod, object) => {
      const uses = pod.containers.some(({ envFrom }) => envFrom !== undefined);
      const annotations = (object['spec'] as { template: { metadata: { annotations?: Record<string, string> } } }).template.metadata.annotations ?? {};
      return uses && annotations['portolan/config-checksum'] === undefined;
    }),
  'Q44 anybody may ask for the monitoring of NATS, and JetStream keeps what nobody reads': (objects) => [
    ...those(ofKind(objects, 'Service'), (object) => (object['spec'] as { ports: readonly { port: number }[] }).ports.some(({ port }) => port === 8222)),
    ...thosePods(servingPods(objects), (pod) => pod.containers.some(({ args = [] }) => args.includes('-js'))),
    ...those(ofKind(objects, 'ConfigMap'), (object) => /^\s*jetstream\b/m.test(dataOf(object)['nats.conf'] ?? '')),
  ],
  'Q45 settings that no program reads': (objects) => those(ofKind(objects, 'ConfigMap'), (object) => ['TODO_BACKEND_API', 'TODO_BACKEND_URL', 'LOG_FORMAT'].some((key) => key in dataOf(object))),
  'Q54 a name has the prefix of its environment twice': (objects) => those(objects, ({ metadata }) => /^(\w+-)\1/.test(metadata.name)),
};

const rendered = (name: string, delivery = project(settings)): readonly KubernetesObject[] => {
  const environment = delivery.environments.find((it) => it.name === name)!;
  return renderEnvironment(delivery, environment, delivery.initialReleases[name]!, settings.platform).objects.map(({ object }) => object);
};

/** Production with a database that has another name, user and Secret. */
const renamed = ((): readonly KubernetesObject[] => {
  const delivery = project(settings);
  const environments = delivery.environments.map((environment) => ({
    ...environment,
    credentials: environment.credentials.map((credential) =>
      credential.name === 'postgres' && credential.store.kind === 'kubernetes' ? { ...credential, store: { ...credential.store, secretName: 'renamed-secret' } } : credential,
    ),
    applications: environment.applications.map((application) => ({
      ...application,
      databases: (application.databases ?? []).map((database) => ({ ...database, user: 'renamed', names: { ...database.names, workload: 'renamed', service: 'renamed-svc', claimTemplate: 'renamed' } })),
    })),
  }));
  return rendered('production', { ...delivery, environments });
})();

const before = [...liveSystem('production'), ...liveNats, liveApplication('production')];
const after = { staging: rendered('staging'), production: rendered('production') };

describe.each(Object.entries(defects))('%s', (_defect, find) => {
  test('before', () => {
    expect(find(before)).not.toEqual([]);
  });

  test('no more', () => {
    expect(find(after.production)).toEqual([]);
    expect(find(after.staging)).toEqual([]);
  });
});

describe('what only the data can say', () => {
  test('production is backed up and staging is not', () => {
    expect(ofKind(after.production, 'CronJob').map(nameOf)).toEqual([
      'CronJob/production-postgres-backup-restore-drill',
      'CronJob/production-postgres-backup-restore',
      'CronJob/production-postgres-backup',
    ]);
    expect(JSON.stringify(after.staging)).not.toContain('backup');
  });

  test('Q7 what Argo CD is told is published with everything else, and no more made by hand', () => {
    const orders = (objects: readonly KubernetesObject[]) => ofKind(objects, 'Namespace', 'AppProject', 'Application').map(nameOf);

    expect(orders(liveSystem('production'))).toEqual([]);
    expect(orders(after.production)).toEqual(['Namespace/production', 'AppProject/the-project-production', 'Application/the-project-production']);
  });

  test('Q26 a backup follows its database to another name, user and Secret', () => {
    // Claims by name too: the old job mounted the disk of a StatefulSet by the name that Kubernetes forms.
    const written = ['production-postgresql-db-svc', 'testdbuser', 'production-postgres-db-secret', 'postgresql-db-disk-production-postgresql-db-0'];
    const left = (objects: readonly KubernetesObject[]) =>
      podsOf(ofKind(objects, 'CronJob')).flatMap(({ object, pod }) => written.filter((name) => `${JSON.stringify(object)}${scriptsOf(objects, pod)}`.includes(name)));

    expect(left(liveSystem('production'))).toEqual(written);
    expect(left(renamed)).toEqual([]);
    expect(JSON.stringify(ofKind(renamed, 'CronJob'))).toContain('"name":"renamed-secret"');
    expect(JSON.stringify(renamed)).toContain("PGHOST:-'production-renamed-svc'");
  });
});

test('the table of decisions says of each of the 54 defects, in their order, what became of it', () => {
  const table = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'decisions', '0004-defects-of-the-todo-system.md'), 'utf8');
  const rows = [...table.matchAll(/^\| (Q\d+) \| [^|]+ \| (mended|softened|kept|outside)\b[^|]* \|$/gm)].map(([, number]) => number);

  expect(rows).toEqual(Array.from({ length: 54 }, (_, i) => `Q${i + 1}`));
});
