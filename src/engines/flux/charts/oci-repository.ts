import type { KubernetesObject } from '../../../model/application.ts';
import { helmReleaseName } from '../../../model/names.ts';
import { isLoopback } from '../../../model/formats/image-reference.ts';
import type { ChartAtVersion } from '../../chart-at-version.ts';
import { intervalOf, readWith } from './chart-source.ts';
import { sourceApi } from '../settings.ts';

/** What `helm push` keeps a chart as. */
const chartLayer = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

/**
 * The order to Flux to fetch a chart: the bytes of the release's digest, whatever its tag names by now.
 *
 * @throws Error when the release has no digest of it, to which nothing leads: rules and promotions ask for one
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
export function ociRepository(source: ChartAtVersion): KubernetesObject {
  const { environment, chart, version, engine } = source;
  const { repository, tag, digest } = version;
  return {
    apiVersion: sourceApi,
    kind: 'OCIRepository',
    metadata: { name: helmReleaseName(environment, chart), namespace: environment.namespace },
    spec: {
      url: `oci://${repository}`,
      // Flux fetches the digest; the tag is for readers.
      ref: { tag, ...(digest === undefined ? {} : { digest }) },
      layerSelector: { mediaType: chartLayer, operation: 'copy' },
      interval: intervalOf(engine),
      ...(isLoopback(repository) ? { insecure: true } : {}),
      ...readWith(source),
    },
  };
}
