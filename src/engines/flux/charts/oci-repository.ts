import type { KubernetesObject } from '../../../model/application.ts';
import { helmReleaseName } from '../../../model/names.ts';
import { isLoopback } from '../../../model/formats/image-reference.ts';
import type { ChartAtVersion } from '../../chart-at-version.ts';
import { sourceApi } from '../settings.ts';

/** What `helm push` keeps a chart as. */
const chartLayer = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

/**
 * The order to Flux to fetch a chart: the bytes of the release's digest, whatever its tag names by now.
 *
 * @throws Error when the release has no digest of it, to which nothing leads: rules and promotions ask for one
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
export function ociRepository({ environment, chart, renderedBy, version, engine }: ChartAtVersion): KubernetesObject {
  const { repository, tag, digest } = version;
  const { store } = environment.credentials.find(({ name }) => name === renderedBy.pullCredential) ?? {};
  return {
    apiVersion: sourceApi,
    kind: 'OCIRepository',
    metadata: { name: helmReleaseName(environment, chart), namespace: environment.namespace },
    spec: {
      url: `oci://${repository}`,
      // Flux fetches the digest; the tag is for readers.
      ref: { tag, ...(digest === undefined ? {} : { digest }) },
      layerSelector: { mediaType: chartLayer, operation: 'copy' },
      interval: `${engine?.kind === 'flux' ? engine.pollMinutes : 1}m`,
      ...(isLoopback(repository) ? { insecure: true } : {}),
      ...(store?.kind === 'kubernetes' ? { secretRef: { name: store.secretName } } : {}),
    },
  };
}
