import type { KubernetesObject } from '../../model/application.ts';
import { PULL_SECRET_KEY } from '../../model/credential.ts';
import { repositoryHolding, type Delivery } from '../../model/delivery.ts';
import { minutesBetweenLooks } from '../../model/derived/kargo/registry-looks.ts';
import { cronOf, lookedFor } from '../../model/derived/looks/looked-for.ts';
import { repositoryNamed } from '../../model/derived/managed-repositories.ts';
import { typed, unitOfStage } from '../../model/derived/units.ts';
import { publicGitHub } from '../../model/formats/host.ts';
import { nameAtHost, repositoryAddress } from '../../model/formats/repository-address.ts';
import type { Repository } from '../../model/repository.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import { lookScript } from './look-script.ts';
import { loginOf } from './secrets.ts';
import { keysOf, type CronJobStage } from './settings.ts';

/** Where everything is fetched to: the one place that a look may write. */
const work = '/work';
const docker = '/docker';

/** Minutes after which a look is given up, besides those that it may wait for a commit; a job of a workflow has as many. */
const minutes = 15;

/**
 * What looks for a stage: a CronJob, never two runs at once, and what its pods may do. Nobody reaches them, and they reach repositories, a registry and
 * that of npm wherever these are.
 */
export function lookObjects(delivery: Delivery, namespace: string, stage: CronJobStage): readonly KubernetesObject[] {
  const name = `look-${stage.name}`;
  const labels = { app: name };
  const metadata = { name, namespace };
  const between = Math.min(...lookedFor(delivery, stage).map((supply) => minutesBetweenLooks(delivery, supply)));
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: labels },
        // Nobody is let in: the API server keeps no empty list.
        policyTypes: ['Ingress', 'Egress'],
        egress: [{ ports: [{ protocol: 'TCP' }, { protocol: 'UDP', port: 53 }] }],
      },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      // A look that failed says nothing about what is delivered; a hold makes each of them fail.
      metadata: { ...metadata, annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' } },
      spec: {
        schedule: cronOf(Number.isFinite(between) ? between : 5),
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 60,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: minutes * 60,
            template: { metadata: { labels }, spec: pod(delivery, namespace, stage) },
          },
        },
      },
    },
  ];
}

function pod(delivery: Delivery, namespace: string, stage: CronJobStage): Readonly<Record<string, unknown>> {
  const login = loginOf(delivery, stage);
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'look',
        image: stage.promoter.image,
        command: ['node', '--input-type=module', '--eval', lookScript],
        workingDir: work,
        env: [
          { name: 'LOOK', value: JSON.stringify(asked(delivery, stage)) },
          ...proofs(delivery, stage),
          { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'PORTOLAN_RUN', value: `CronJob ${namespace}/look-${stage.name}, pod $(POD)` },
          // A hold stops it.
          { name: 'PORTOLAN_AUTOMATIC', value: '1' },
          { name: 'HOME', value: work },
          { name: 'TMPDIR', value: work },
          ...(login === undefined ? [] : [{ name: 'DOCKER_CONFIG', value: docker }]),
        ],
        volumeMounts: [
          { name: 'work', mountPath: work },
          ...(login === undefined ? [] : [{ name: 'docker', mountPath: docker, readOnly: true }]),
        ],
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '1Gi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
    volumes: [
      { name: 'work', emptyDir: { sizeLimit: '2Gi' } },
      ...(login === undefined
        ? []
        : [
            {
              name: 'docker',
              secret: { secretName: login, items: [{ key: PULL_SECRET_KEY, path: 'config.json' }] },
            },
          ]),
    ],
  };
}

/** What the script is asked for; none of it is secret. */
function asked(delivery: Delivery, stage: CronJobStage): unknown {
  const ops = repositoryNamed(delivery, stage.write.repository);
  const program = repositoryHolding(delivery, 'program');
  const isOneOfSeveral = delivery.repositories.filter(({ holds }) => holds.includes('source')).length > 1;
  const sources = [...new Set(lookedFor(delivery, stage).map(({ source }) => source))].map((source) =>
    repositoryNamed(delivery, source),
  );
  const host = repositoryAddress(ops.url)?.host ?? publicGitHub;
  const folderOf = ({ name }: Repository): string => `sources/${name}`;
  return {
    api: apiOf(host),
    server: `https://${host}`,
    ops: nameAtHost(ops),
    program: { url: program?.url ?? '', repository: program === undefined ? '' : nameAtHost(program) },
    sources: sources.map((it) => ({ url: it.url, folder: folderOf(it), repository: nameAtHost(it) })),
    promote: [
      'promote',
      ...typed(unitOfStage(delivery, stage)).split(' '),
      '--newest',
      '--ops',
      ops.url,
      ...sources.flatMap((it) => ['--source', `${isOneOfSeveral ? `${it.name}=` : ''}../${folderOf(it)}`]),
    ],
  };
}

/** Where an app asks for tokens: a server of one's own has it below its own name. */
const apiOf = (host: string): string =>
  host === publicGitHub || host.endsWith('.ghe.com') ? `https://api.${host}` : `https://${host}/api/v3`;

/** What proves to the repositories who looks, in variables that nothing but Git and the program is given. */
function proofs(delivery: Delivery, stage: CronJobStage): readonly unknown[] {
  const name = secretNameOf(delivery, stage.write.credential);
  const keys = keysOf(delivery, stage);
  const variables = keys.length === 3 ? ['APP', 'INSTALLATION', 'KEY'] : ['USERNAME', 'PASSWORD'];
  return variables.map((variable, i) => ({
    name: variable,
    valueFrom: { secretKeyRef: { name, key: keys[i] ?? '' } },
  }));
}
