import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import type { Resources } from '../../model/container.ts';
import type { EngineMarks } from '../../model/derived/engine-marks.ts';
import { resourceRequirements } from '../../constructs/pod/resources.ts';
import { containerSecurityContext, podSecurityContext } from '../../constructs/pod/security-context.ts';
import { emptyFolder, temporaryVolume } from '../../constructs/pod/volume.ts';
import { postgresUser } from './postgres-image.ts';

/** A script that runs beside a database. */
export interface DatabaseJobProps {
  readonly name: string;
  readonly namespace: string;
  /** What tells the engine to leave a failed run out of the application's health. */
  readonly marks: Pick<EngineMarks, 'healthIgnored'>;
  /** Labels of its pods, which network policies select. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Cron expression, five fields, in UTC. */
  readonly schedule: string;
  /** Runs only when a person makes a job from it. @default false */
  readonly suspended?: boolean;
  readonly containerName: string;
  readonly image: string;
  /** The ConfigMap that holds the script, and the script's key in it. */
  readonly script: { readonly configMap: string; readonly key: string };
  readonly env: readonly k8s.EnvVar[];
  /** Name of the claim that holds the dumps, mounted at `/backups`. */
  readonly claim: string;
  /** Whether it may only read the dumps. @default false */
  readonly readsOnly?: boolean;
  /** Whether it gets an empty folder `/work`. @default false */
  readonly needsWorkFolder?: boolean;
  /** Seconds after which a run that has not ended is killed. */
  readonly deadlineSeconds: number;
  readonly resources: Resources;
}

/**
 * A script on a schedule, one run at a time, which fails when the script fails.
 *
 * Defines: a CronJob. Does not define: the scripts, the claim. A failed run is left out of the application's health, because it
 * says nothing about what serves traffic.
 */
export class DatabaseJob extends Construct {
  constructor(scope: Construct, id: string, props: DatabaseJobProps) {
    super(scope, id);
    const {
      name,
      namespace,
      marks: { healthIgnored },
      schedule,
      suspended = false,
      script,
      env,
      readsOnly = false,
      needsWorkFolder = false,
    } = props;

    new k8s.KubeCronJob(this, 'cron-job', {
      metadata: {
        name,
        namespace,
        ...(Object.keys(healthIgnored).length === 0 ? {} : { annotations: { ...healthIgnored } }),
      },
      spec: {
        schedule,
        timeZone: 'Etc/UTC',
        ...(suspended ? { suspend: true } : {}),
        concurrencyPolicy: 'Forbid',
        // A run that could not start within five minutes is left to the next one.
        startingDeadlineSeconds: 300,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            activeDeadlineSeconds: props.deadlineSeconds,
            backoffLimit: 1,
            template: {
              metadata: { labels: { ...props.podLabels } },
              spec: {
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                // Never: the pod of a failed run stays, and with it the lines that say why.
                restartPolicy: 'Never',
                securityContext: podSecurityContext(postgresUser, true),
                containers: [
                  {
                    name: props.containerName,
                    image: props.image,
                    command: ['bash', `/scripts/${script.key}`],
                    ...(env.length === 0 ? {} : { env: [...env] }),
                    volumeMounts: [
                      { name: 'scripts', mountPath: '/scripts', readOnly: true },
                      { name: 'backups', mountPath: '/backups', ...(readsOnly ? { readOnly: true } : {}) },
                      ...(needsWorkFolder ? [{ name: 'work', mountPath: '/work' }] : []),
                      { name: temporaryVolume, mountPath: '/tmp' },
                    ],
                    resources: resourceRequirements(props.resources),
                    securityContext: containerSecurityContext(),
                  },
                ],
                volumes: [
                  { name: 'scripts', configMap: { name: script.configMap } },
                  { name: 'backups', persistentVolumeClaim: { claimName: props.claim } },
                  ...(needsWorkFolder ? [emptyFolder('work')] : []),
                  emptyFolder(temporaryVolume),
                ],
              },
            },
          },
        },
      },
    });
  }
}
