import type { KubernetesObject } from '../../model/application.ts';
import { PULL_SECRET_KEY } from '../../model/credential.ts';
import { repositoryHolding, type Delivery } from '../../model/delivery.ts';
import { minutesBetweenLooks } from '../../model/derived/kargo/registry-looks.ts';
import { cronOf, lookedFor } from '../../model/derived/looks/looked-for.ts';
import { repositoryNamed } from '../../model/derived/managed-repositories.ts';
import { typed, unitOfStage } from '../../model/derived/units.ts';
import { apiOfGitHub, publicGitHub } from '../../model/formats/host.ts';
import { nameAtHost, repositoryAddress } from '../../model/formats/repository-address.ts';
import type { Repository } from '../../model/repository.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import { lockedDown, runsAs, toolJob } from '../../objects/tools/tool-job.ts';
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
  const between = Math.min(...lookedFor(delivery, stage).map((supply) => minutesBetweenLooks(delivery, supply)));
  return toolJob({
    name: `look-${stage.name}`,
    namespace,
    // A look that failed says nothing about what is delivered; a hold makes each of them fail.
    annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
    schedule: cronOf(Number.isFinite(between) ? between : 5),
    startsWithinSeconds: 60,
    endsWithinSeconds: minutes * 60,
    keptFailures: 3,
    reaches: [{ protocol: 'TCP' }, { protocol: 'UDP', port: 53 }],
    pod: pod(delivery, namespace, stage),
  });
}

function pod(delivery: Delivery, namespace: string, stage: CronJobStage): Readonly<Record<string, unknown>> {
  const login = loginOf(delivery, stage);
  return {
    automountServiceAccountToken: false,
    securityContext: { ...runsAs(1000), fsGroup: 1000 },
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
        securityContext: lockedDown,
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
    api: apiOfGitHub(host),
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
