import type { ImageVersion } from '../../model/release.ts';
import type { Fields } from '../../objects/fields.ts';
import { unknownKeys, without, type ChartFacts } from './chart-facts.ts';
import { ChartRefusal } from './chart-refusal.ts';

/** A chart says of itself that it is the version of the release. @throws ChartRefusal where it does not */
export function refuseOtherVersion({ version }: ChartFacts, { tag }: ImageVersion): void {
  // Registries take no "+", in whose place Helm writes "_".
  if (version.replaceAll('+', '_') === tag.replaceAll('+', '_')) return;
  throw new ChartRefusal(`says of itself that it is version ${version}, and the release names ${tag}`);
}

/**
 * A value that the chart's own do not have, and without which the same comes of it, is one that nobody reads.
 *
 * @param made - what comes of the values
 * @throws ChartRefusal where there is any
 */
export function refuseIgnored(
  values: Fields,
  facts: ChartFacts,
  made: string,
  render: (values: Fields) => string,
): void {
  const ignored = unknownKeys(values, facts).filter((keys) => render(without(values, keys)) === made);
  if (ignored.length === 0) return;
  const named = ignored.map((keys) => keys.join('.')).join(', ');
  throw new ChartRefusal(
    `hold ${named}, which the chart does not read; its own values have ${Object.keys(facts.values).sort().join(', ') || 'none'}`,
    'values',
  );
}
