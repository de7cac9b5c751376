import type { KubernetesObject } from '../../../model/application.ts';
import { helmAccountName, helmReleaseName } from '../../../model/names.ts';
import { chartVersion } from '../../../objects/charts/chart-version.ts';
import { numberOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { ChartAtVersion } from '../../chart-at-version.ts';
import { intervalOf } from './chart-source.ts';

/** API version of a HelmRelease. */
export const helmApi = 'helm.toolkit.fluxcd.io/v2';

/** Annotation of a HelmRelease with what it is to run: the digest of the chart, or its version where no digest is asked for. */
export const chartMark = 'portolan/chart';

/** Minutes that one try may take, where the chart does not say. */
const usualTimeoutMinutes = 5;

/** Tries after a failed one, where the chart does not say. */
const usualRetries = 1;

/**
 * The order to Flux to render a chart and apply what comes of it: with values of the environment, as an account that may make the chart's
 * kinds alone. A change that fails is tried again, and then taken back to what ran before; an edit by hand is undone.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export function helmRelease({ environment, chart, renderedBy, version, engine }: ChartAtVersion): KubernetesObject {
  const { values = {} } = chart;
  const { test = false, timeoutMinutes = usualTimeoutMinutes, retries = usualRetries } = renderedBy;
  const name = helmReleaseName(environment, chart);
  const byVersion = renderedBy.helmRepository !== undefined;
  const mark = byVersion ? chartVersion(version.tag) : version.digest;
  const interval = intervalOf(engine);
  const remediation = { retries, ...(test ? { ignoreTestFailures: false } : {}) };
  return {
    apiVersion: helmApi,
    kind: 'HelmRelease',
    metadata: {
      name,
      namespace: environment.namespace,
      ...(mark === undefined ? {} : { annotations: { [chartMark]: mark } }),
    },
    spec: {
      releaseName: name,
      ...(byVersion
        ? {
            chart: {
              spec: {
                chart: version.repository.split('/').at(-1) ?? '',
                version: chartVersion(version.tag),
                sourceRef: { kind: 'HelmRepository', name },
                interval,
              },
            },
          }
        : { chartRef: { kind: 'OCIRepository', name } }),
      interval,
      timeout: `${timeoutMinutes}m`,
      serviceAccountName: helmAccountName(environment, chart),
      // Definitions belong to the whole cluster, in which this account may do nothing.
      install: { crds: 'Skip', remediation },
      upgrade: { crds: 'Skip', remediation: { ...remediation, remediateLastFailure: true, strategy: 'rollback' } },
      driftDetection: { mode: 'enabled' },
      ...(test ? { test: { enable: true } } : {}),
      values,
    },
  };
}

/** Whether an object has Flux render a chart. */
export const isHelmRelease = ({ apiVersion, kind }: KubernetesObject): boolean =>
  apiVersion === helmApi && kind === 'HelmRelease';

const says = (type: string): string => `status.conditions.exists(c, c.type == '${type}' && c.status == 'True')`;

/** CEL: nobody says which chart it is to run, e.g. as an owner wrote it. */
const isAnother = `!has(metadata.annotations) || !('${chartMark}' in metadata.annotations)`;
/**
 * CEL: what was tried last is the chart of the commit. The history would not say it: where a chart was taken back to, it has the digest of the
 * one that failed. A chart from a HelmRepository has its version as its revision, and no digest.
 */
const runsIt = ['lastAttemptedRevisionDigest', 'lastAttemptedRevision']
  .map((field) => `has(status.${field}) && status.${field} == metadata.annotations['${chartMark}']`)
  .join(' || ');

/**
 * A HelmRelease is well when it runs the chart of the commit. Its version stands in the source beside it, so that of a new one it would
 * be Ready, with the chart before, until its controller comes to it.
 */
export const chartHealth = {
  apiVersion: helmApi,
  kind: 'HelmRelease',
  failed: `has(status.conditions) && ${says('Stalled')}`,
  current: `has(status.conditions) && ${says('Ready')} && !${says('Reconciling')} && (${isAnother} || ${runsIt})`,
} as const;

/** Seconds until a rendered HelmRelease is given up: a try, those after it, and taking it back. */
export function triesSeconds(spec: unknown): number {
  const minutes = Number.parseInt(textOf(valueAt(spec, 'timeout')) ?? '', 10);
  const retries = numberOf(valueAt(spec, 'upgrade', 'remediation', 'retries')) ?? usualRetries;
  return (Number.isNaN(minutes) ? usualTimeoutMinutes : minutes) * 60 * (retries + 2);
}
