import type { KubernetesObject } from '../../../model/application.ts';
import { helmAccountName, helmReleaseName } from '../../../model/names.ts';
import { numberOf, textOf, valueAt } from '../../../objects/fields.ts';
import type { ChartAtVersion } from '../../chart-at-version.ts';

/** API version of a HelmRelease. */
export const helmApi = 'helm.toolkit.fluxcd.io/v2';

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
export function helmRelease({ environment, chart, renderedBy, engine }: ChartAtVersion): KubernetesObject {
  const { values = {} } = chart;
  const { test = false, timeoutMinutes = usualTimeoutMinutes, retries = usualRetries } = renderedBy;
  const name = helmReleaseName(environment, chart);
  const remediation = { retries, ...(test ? { ignoreTestFailures: false } : {}) };
  return {
    apiVersion: helmApi,
    kind: 'HelmRelease',
    metadata: { name, namespace: environment.namespace },
    spec: {
      releaseName: name,
      chartRef: { kind: 'OCIRepository', name },
      interval: `${engine?.kind === 'flux' ? engine.pollMinutes : 1}m`,
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

/** Seconds until a rendered HelmRelease is given up: a try, those after it, and taking it back. */
export function triesSeconds(spec: unknown): number {
  const minutes = Number.parseInt(textOf(valueAt(spec, 'timeout')) ?? '', 10);
  const retries = numberOf(valueAt(spec, 'upgrade', 'remediation', 'retries')) ?? usualRetries;
  return (Number.isNaN(minutes) ? usualTimeoutMinutes : minutes) * 60 * (retries + 2);
}
