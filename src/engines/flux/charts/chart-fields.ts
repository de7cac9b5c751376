import { chartVersion } from '../../../objects/charts/chart-version.ts';
import type { CarriedPart, MovableField } from '../../../objects/files/movable-field.ts';
import type { ChartAtVersion } from '../../chart-at-version.ts';
import { chartMark } from './helm-release.ts';

/** The fields of the objects of one chart that its release sets. */
interface ChartFields {
  /** Of what fetches it. */
  readonly source: readonly MovableField[];
  /** Of the HelmRelease. */
  readonly release: readonly MovableField[];
}

/**
 * Where the version of a chart stands: its tag and digest in the OCIRepository, which are fetched, and the digest once more in the HelmRelease, by which it is
 * known what runs; from a HelmRepository the version alone, in the HelmRelease. Who moves one of them moves them all.
 */
export function chartFields({
  chart: { artifact },
  renderedBy,
  version: { tag, digest },
}: ChartAtVersion): ChartFields {
  const value = (carries: CarriedPart, ...path: readonly string[]): MovableField => ({
    kind: 'value',
    artifact,
    path,
    carries,
  });
  const mark = ['metadata', 'annotations', chartMark];
  if (renderedBy.helmRepository === undefined)
    return {
      source: [
        value('tag', 'spec', 'ref', 'tag'),
        ...(digest === undefined ? [] : [value('digest', 'spec', 'ref', 'digest')]),
      ],
      release: digest === undefined ? [] : [value('digest', ...mark)],
    };
  // Where a version is spelled in another way here than in a release, nobody else could move it and be understood.
  const isSpelledSo = chartVersion(tag) === tag;
  return {
    source: [],
    release: isSpelledSo ? [value('tag', 'spec', 'chart', 'spec', 'version'), value('tag', ...mark)] : [],
  };
}
