import type { KubernetesObject } from '../../model/application.ts';
import { PULL_SECRET_KEY } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import { minutesBetweenLooks } from '../../model/derived/kargo/registry-looks.ts';
import { cronOf, lookedFor } from '../../model/derived/looks/looked-for.ts';
import { lockedDown, oneRun, runsAs, toolJob } from '../../objects/tools/tool-job.ts';
import {
  programSteps,
  programUser,
  programVolumes,
  usedByProgram,
  type ProgramRun,
  type ProgramStep,
} from '../program-steps.ts';
import { loginOf } from './secrets.ts';
import type { CronJobStage } from './settings.ts';
import { toldObjects } from './told.ts';

/** Where the login of the registry lies, which the program alone sees. */
const docker = { name: 'docker', mountPath: '/docker', readOnly: true } as const;

/** Minutes after which a look is given up, besides those that it may wait for a commit; a job of a workflow has as many. */
const minutes = 15;

/**
 * What looks for a stage: a CronJob, never two runs at once, and what its pods may do. Nobody reaches them, and they reach repositories, a registry and
 * that of npm wherever these are. Where a registry tells of a push, the same pod looks at once.
 */
export function lookObjects(delivery: Delivery, namespace: string, stage: CronJobStage): readonly KubernetesObject[] {
  const between = Math.min(...lookedFor(delivery, stage).map((supply) => minutesBetweenLooks(delivery, supply)));
  const name = `look-${stage.name}`;
  const pod = (run: string) => podOf(delivery, stage, `${run}, pod $(POD)`);
  return [
    ...toolJob({
      name,
      namespace,
      // A look that failed says nothing about what is delivered; a hold makes each of them fail.
      annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
      schedule: cronOf(Number.isFinite(between) ? between : 5),
      startsWithinSeconds: 60,
      endsWithinSeconds: minutes * 60,
      keptFailures: 3,
      reaches: [{ protocol: 'TCP' }, { protocol: 'UDP', port: 53 }],
      pod: pod(`CronJob ${namespace}/${name}`),
    }),
    ...toldObjects(delivery, namespace, stage, (told) =>
      oneRun({ name, endsWithinSeconds: minutes * 60, pod: pod(`Job ${namespace}/${told}`) }),
    ),
  ];
}

/** @param as - what of the cluster runs it, as the record of a promotion names it */
function podOf(delivery: Delivery, stage: CronJobStage, as: string): Readonly<Record<string, unknown>> {
  const login = loginOf(delivery, stage);
  const run: ProgramRun = {
    delivery,
    stage,
    supplies: lookedFor(delivery, stage),
    image: stage.promoter.image,
    words: ['--newest'],
    env: [
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'PORTOLAN_RUN', value: as },
      // A hold stops it.
      { name: 'PORTOLAN_AUTOMATIC', value: '1' },
      ...(login === undefined ? [] : [{ name: 'DOCKER_CONFIG', value: docker.mountPath }]),
    ],
  };
  const containers = programSteps(run).map((step) =>
    step.name === 'promote' && login !== undefined
      ? containerOf({ ...step, volumeMounts: [...step.volumeMounts, docker] })
      : containerOf(step),
  );
  return {
    automountServiceAccountToken: false,
    securityContext: { ...runsAs(programUser), fsGroup: programUser },
    initContainers: containers.slice(0, -1),
    containers: containers.slice(-1),
    volumes: [
      ...programVolumes,
      ...(login === undefined
        ? []
        : [
            {
              name: docker.name,
              secret: { secretName: login, items: [{ key: PULL_SECRET_KEY, path: 'config.json' }] },
            },
          ]),
    ],
  };
}

const containerOf = ({ script, ...step }: ProgramStep): Readonly<Record<string, unknown>> => ({
  ...step,
  command: ['node', '--eval', script],
  resources: usedByProgram,
  securityContext: lockedDown,
});
