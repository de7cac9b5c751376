import type { Engine } from '../../../model/stage.ts';
import type { ChartAtVersion } from '../../chart-at-version.ts';

/** How often Flux looks: as the stage says, or each minute. */
export const intervalOf = (engine: Engine | undefined): string =>
  `${engine?.kind === 'flux' ? engine.pollMinutes : 1}m`;

/** What the source of a chart is read with; nothing where everybody may read it. */
export function readWith({
  environment,
  renderedBy,
}: ChartAtVersion): { readonly secretRef: { readonly name: string } } | Readonly<Record<string, never>> {
  const { store } = environment.credentials.find(({ name }) => name === renderedBy.pullCredential) ?? {};
  return store?.kind === 'kubernetes' ? { secretRef: { name: store.secretName } } : {};
}
