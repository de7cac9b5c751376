import { ApiObject, type ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import { objectName } from '../model/names.ts';
import { containerOf, podsOfJob } from '../model/pods/job-pods.ts';
import { namespaceOfService } from '../model/pods/pod-security.ts';
import type { ServiceJob, Service } from '../model/service.ts';
import type { Place } from './place.ts';
import { podTemplate, resolvedConfigs } from './pod/pod-template.ts';
import { present } from './present.ts';

/** A job of a service, and the place it runs in. */
export interface JobWorkloadProps {
  readonly place: Place;
  readonly service: Service;
  readonly job: ServiceJob;
}

/**
 * Something of a service that ends.
 *
 * Defines: a Job that the engine runs before each release, or a CronJob. Does not define: what its pods use, which the service has.
 */
export class JobWorkload extends Construct {
  /** The Job or CronJob. */
  readonly object: ApiObject;
  /** Name of the artifact behind its image, by container name. */
  readonly artifacts: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { place, service, job }: JobWorkloadProps) {
    super(scope, id);
    const { environment, marks } = place;
    const { name, when } = job;
    const image = containerOf(service, job)?.image;
    const metadata = (annotations: Readonly<Record<string, string>>): object => ({
      name: objectName(environment, name),
      namespace: namespaceOfService(environment, service),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    });
    const spec = jobSpec(place, service, job);
    const manifest: object =
      when.kind === 'beforeRelease'
        ? { apiVersion: 'batch/v1', kind: 'Job', metadata: metadata(marks.beforeRelease), spec }
        : {
            apiVersion: 'batch/v1',
            kind: 'CronJob',
            metadata: metadata(marks.healthIgnored),
            spec: present({
              schedule: when.cron,
              timeZone: when.timeZone ?? 'Etc/UTC',
              suspend: when.suspended,
              concurrencyPolicy: when.concurrency ?? 'Forbid',
              startingDeadlineSeconds: when.startingDeadlineSeconds ?? 300,
              successfulJobsHistoryLimit: when.successfulHistory ?? 3,
              failedJobsHistoryLimit: when.failedHistory ?? 1,
              jobTemplate: { spec },
            }),
          };
    this.object = new ApiObject(this, 'job', manifest as ApiObjectProps);
    this.artifacts = image === undefined || typeof image === 'string' ? {} : { [name]: image.artifact };
  }
}

/** The first line of Kubernetes on which a Job can be told to wait until a pod is gone before it makes another. */
const waitsForPods = 29;

/** One pod at a time, and none beside one that is still there. */
function jobSpec(place: Place, service: Service, job: ServiceJob): object {
  const { environment } = place;
  const pods = podsOfJob(environment, service, job);
  const template = k8s.toJson_PodTemplateSpec(podTemplate(place, pods, resolvedConfigs(place, service))) as {
    readonly spec: object;
  };
  const [, minor = 0] = environment.cluster.kubernetes.oldest.split('.').map(Number);
  return present({
    activeDeadlineSeconds: job.deadlineSeconds,
    backoffLimit: job.retries ?? 0,
    podReplacementPolicy: minor >= waitsForPods ? 'Failed' : undefined,
    // Never: the pod of a failed run stays, and with it the lines that say why.
    template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
  });
}
