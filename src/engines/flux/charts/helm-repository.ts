import { isSite } from '../../../model/derived/charts/helm-repositories.ts';
import type { KubernetesObject } from '../../../model/application.ts';
import { isLoopback } from '../../../model/formats/image-reference.ts';
import { helmReleaseName } from '../../../model/names.ts';
import type { ChartAtVersion } from '../../chart-at-version.ts';
import { intervalOf, readWith } from './chart-source.ts';
import { sourceApi } from '../settings.ts';

/**
 * Where Flux looks for versions of a chart: a site with an index, or a folder of a registry.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 */
export function helmRepository(source: ChartAtVersion, url: string): KubernetesObject {
  const { environment, chart, engine } = source;
  return {
    apiVersion: sourceApi,
    kind: 'HelmRepository',
    metadata: { name: helmReleaseName(environment, chart), namespace: environment.namespace },
    spec: {
      ...(isSite(url) ? {} : { type: 'oci' }),
      url,
      interval: intervalOf(engine),
      ...(!isSite(url) && isLoopback(url.replace('oci://', '')) ? { insecure: true } : {}),
      ...readWith(source),
    },
  };
}
