import type { MovableField } from './movable-field.ts';

/** A file that tells an engine to render a chart, and that is no object: it lies in the chart's own folder, below that of its application. */
export interface ChartFile {
  /** E.g. `Chart.yaml`. */
  readonly name: string;
  /** What it says, as plain data. */
  readonly content: Readonly<Record<string, unknown>>;
  /** The fields that a release sets in it. */
  readonly fields: readonly MovableField[];
}

/** The same on a branch, whose path tells it from the files of objects. */
const chartFile = /^manifests\/[^/]+\/(?<chart>[^/]+)\/(?<file>Chart|values)\.yaml$/;

/** The chart that a file of a branch tells the engine to render, by the name of its folder, and which of its files it is; nothing for any other. */
export function chartFileAt(path: string): { readonly chart: string; readonly file: 'Chart' | 'values' } | undefined {
  const { chart, file } = chartFile.exec(path)?.groups ?? {};
  return chart === undefined ? undefined : { chart, file: file === 'Chart' ? 'Chart' : 'values' };
}
