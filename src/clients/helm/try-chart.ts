import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isSite } from '../../model/derived/charts/helm-repositories.ts';
import { isLoopback } from '../../model/formats/image-reference.ts';
import { writeImageReference } from '../../model/release.ts';
import type { Problem } from '../../model/problem.ts';
import type { KubernetesObject } from '../../model/application.ts';
import type { ChartTrial, TryChart } from '../../objects/charts/chart-question.ts';
import { chartVersion } from '../../objects/charts/chart-version.ts';
import { asDeclared } from '../../objects/charts/declared-kind.ts';
import { isFields, itemsOf, textOf, valueAt } from '../../objects/fields.ts';
import { chartFacts } from './chart-facts.ts';
import { ChartRefusal } from './chart-refusal.ts';
import { fetchChart, lastLine } from './fetch-chart.ts';
import { helmOnPath, type Helm } from './helm-program.ts';
import { pinnedElse } from './pinned-image.ts';
import { refuseIgnored, refuseOtherVersion } from './refuse-unfit.ts';
import { templateChart } from './template-chart.ts';

/**
 * What tries charts that an engine renders, with the Helm of this machine: whether their values fit, and whether they make what they may.
 *
 * @param folder - of the project, whose folder `.portolan/charts` keeps the archives that have a digest
 * @param helm - @default - the one on the PATH, which is looked for at the first chart
 */
export function openTrial(
  folder: string,
  helm: Helm = helmOnPath('helm', { does: 'tries it', otherwise: '' }),
): TryChart {
  const store = path.join(folder, '.portolan', 'charts');
  return (trial) => {
    try {
      return trial.helmRepository === undefined
        ? problemsOf(helm, fetchChart(helm, store, trial.version), trial)
        : fetchedByVersion(helm, trial, (archive) => problemsOf(helm, archive, trial));
    } catch (error) {
      if (!(error instanceof ChartRefusal)) throw error;
      return [{ path: `${trial.path}.${error.at}`, message: error.message }];
    }
  };
}

/** Fetches a chart as who goes by its version does, and keeps it for as long as it is looked at: nothing says that it is the same tomorrow. */
function fetchedByVersion<T>(
  helm: Helm,
  { helmRepository: url = '', version }: ChartTrial,
  look: (archive: string) => T,
): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'portolan-chart-'));
  const name = version.repository.split('/').at(-1) ?? '';
  const isPlain = !isSite(url) && isLoopback(url.replace('oci://', ''));
  try {
    const { ok, stderr } = helm([
      'pull',
      ...(isSite(url) ? [name, '--repo', url] : [`${url}/${name}`]),
      '--version',
      chartVersion(version.tag),
      '--destination',
      folder,
      ...(isPlain ? ['--plain-http'] : []),
    ]);
    const [archive] = readdirSync(folder);
    if (!ok || archive === undefined)
      throw new ChartRefusal(
        `cannot be fetched from ${url} as ${writeImageReference(version)}: ${lastLine(stderr) || 'Helm says nothing'}; log in with Helm where a login is asked for`,
      );
    return look(path.join(folder, archive));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function problemsOf(helm: Helm, archive: string, trial: ChartTrial): readonly Problem[] {
  const { version, values, kubernetes, kinds, pins, path: at, isDependency } = trial;
  const facts = chartFacts(helm, archive);
  refuseOtherVersion(facts, version);
  const render = (given: ChartTrial['values'], line = kubernetes.newest): string =>
    // As Helm hands them to a dependency, also where nobody wrote any: a schema that allows no further keys refuses that.
    templateChart(helm, {
      ...trial,
      chart: archive,
      values: isDependency ? { global: {}, ...given } : given,
      kubernetes: line,
    });
  const made = render(values);
  refuseIgnored(values, facts, made, render);
  const objects = [made, ...(kubernetes.oldest === kubernetes.newest ? [] : [render(values, kubernetes.oldest)])].map(
    objectsIn,
  );
  const undeclared = [...new Set(objects.flat().map(asDeclared))].filter((kind) => !kinds.includes(kind)).sort();
  const wrong = pins === undefined ? undefined : pinnedElse(objects[0] ?? [], facts, pins);
  return [
    ...(undeclared.length === 0
      ? []
      : [
          {
            path: `${at}.renderedBy.kinds`,
            message: `must name all that the chart makes with these values, and lack ${undeclared.join(', ')}, which its engine would be refused`,
            given: kinds,
          },
        ]),
    ...(wrong === undefined ? [] : [{ path: `${at}.artifact`, message: wrong }]),
  ];
}

/** Every object in what Helm writes, those of lists one by one. How it spells its values is its engine's affair. */
function objectsIn(text: string): readonly KubernetesObject[] {
  const documents = parseAllDocuments(text, { version: '1.1', logLevel: 'silent' });
  return (Array.isArray(documents) ? documents : []).flatMap((document): KubernetesObject[] => {
    if (document.errors.length > 0) throw new ChartRefusal('makes what is no YAML');
    const value: unknown = document.toJS();
    const all = textOf(valueAt(value, 'kind')) === 'List' ? itemsOf(valueAt(value, 'items')) : [value];
    return all.filter((one) => isFields(one) && textOf(one['kind']) !== undefined) as unknown as KubernetesObject[];
  });
}
