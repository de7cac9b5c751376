import { isSite } from '../../../model/derived/charts/helm-repositories.ts';
import type { KubernetesObject } from '../../../model/application.ts';
import { isLoopback } from '../../../model/formats/image-reference.ts';
import { helmReleaseName } from '../../../model/names.ts';
import type { ChartAtVersion } from '../../chart-at-version.ts';
import { sourceApi } from '../settings.ts';

/** The version as a chart says it: registries take no `+`, in whose place a release has `_`. */
export const chartVersion = (tag: string): string => tag.replaceAll('_', '+');

/**
 * Where Flux looks for versions of a chart: a site with an index, or a folder of a registry.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 */
export function helmRepository(
  { environment, chart, renderedBy, engine }: ChartAtVersion,
  url: string,
): KubernetesObject {
  const { store } = environment.credentials.find(({ name }) => name === renderedBy.pullCredential) ?? {};
  return {
    apiVersion: sourceApi,
    kind: 'HelmRepository',
    metadata: { name: helmReleaseName(environment, chart), namespace: environment.namespace },
    spec: {
      ...(isSite(url) ? {} : { type: 'oci' }),
      url,
      interval: `${engine?.kind === 'flux' ? engine.pollMinutes : 1}m`,
      ...(!isSite(url) && isLoopback(url.replace('oci://', '')) ? { insecure: true } : {}),
      ...(store?.kind === 'kubernetes' ? { secretRef: { name: store.secretName } } : {}),
    },
  };
}
