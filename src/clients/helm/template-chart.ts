import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ChartQuestion } from '../../objects/charts/chart-question.ts';
import type { Fields } from '../../objects/fields.ts';
import { ChartRefusal } from './chart-refusal.ts';
import type { Helm } from './helm-program.ts';

/** Which chart is rendered, with which values, for which Kubernetes. */
export interface Templated extends Pick<ChartQuestion, 'release' | 'namespace'> {
  /** Absolute path of its archive, or of its folder. */
  readonly chart: string;
  readonly values: Fields;
  /** A line, e.g. `1.36`. */
  readonly kubernetes: string;
}

/**
 * What Helm makes of a chart, as it writes it. Its tests are left out: Helm alone runs them, and mostly they have another name each time.
 *
 * @throws ChartRefusal with Helm's own words, also where the values do not fit the chart's `values.schema.json`
 */
export function templateChart(helm: Helm, { release, namespace, chart, values, kubernetes }: Templated): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'portolan-values-'));
  try {
    const file = path.join(folder, 'values.json');
    writeFileSync(file, JSON.stringify(values));
    const { ok, stdout, stderr } = helm([
      'template',
      release,
      chart,
      '--namespace',
      namespace,
      '--kube-version',
      `${kubernetes}.0`,
      '--values',
      file,
      '--skip-tests',
    ]);
    if (ok) return stdout;
    const said = stderr.trim().replace(/^Error: /, '');
    const [first = '', ...rest] = said.split('\n').map((line) => line.trim());
    throw first.startsWith("values don't meet")
      ? new ChartRefusal(`do not fit the schema of the chart: ${rest.join(' ')}`, 'values')
      : new ChartRefusal(`cannot be rendered with these values: ${[first, ...rest].join(' ')}`, 'values');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
