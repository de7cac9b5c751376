import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Helm, HelmRun } from '../../../src/clients/helm/helm-program.ts';
import { temporaryFolder } from '../../support/git.ts';

/** What the made-up Helm is asked to render. */
export interface Asked {
  readonly values: Readonly<Record<string, unknown>>;
  /** As it is told, e.g. `1.36.0`. */
  readonly kubernetes: string;
  /** The one template, as it lies where it is rendered. */
  readonly template: string;
  /** How many renderings came before. */
  readonly before: number;
}

/** Where that chart stands in a delivery, and its digest. */
export const at = 'environments.dev.applications.shop.helmCharts.search';
export const digest = `sha256:${'5ea4c'.padEnd(64, '0')}`;

/** What is asked of it, whoever renders it. */
export const searchAsked = {
  path: at,
  release: 'dev-search',
  namespace: 'dev',
  version: { repository: 'ghcr.io/acme/charts/search', tag: '1.4.2', digest },
  values: {},
  kubernetes: { oldest: '1.30', newest: '1.36' },
};

/** A chart that the made-up Helm knows. */
export interface MadeUpChart {
  /** Text of Chart.yaml. @default - version 1.4.2 of a program 2.0.0 */
  readonly chart?: string;
  /** Text of its values. @default - `replicas` and an empty `labels` */
  readonly values?: string;
  /** What `helm show crds` says. @default - nothing */
  readonly crds?: string;
  /** Text of its one template. @default - one that asks nothing */
  readonly template?: string;
  /** What comes of it; an error is what Helm complains. @default - one ConfigMap */
  readonly render?: (asked: Asked) => string | Error;
  /** What `helm pull` says. @default - the digest that was asked for */
  readonly pulled?: HelmRun;
}

export const configMap = (name: string, data = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${data === '' ? '' : `data:\n  ${data}\n`}`;

const ok = (stdout: string): HelmRun => ({ ok: true, stdout, stderr: '' });

/** A Helm that knows one chart, and writes down what it was asked. Archives are real ones. */
export function madeUpHelm(chart: MadeUpChart = {}): { readonly helm: Helm; readonly asked: string[] } {
  const asked: string[] = [];
  let before = 0;
  const helm: Helm = (args) => {
    asked.push(args.slice(0, 2).join(' '));
    const option = (name: string): string => args[args.indexOf(name) + 1] ?? '';
    if (args[0] === 'pull') {
      if (chart.pulled?.ok === false) return chart.pulled;
      const folder = temporaryFolder();
      mkdirSync(path.join(folder, 'search/templates'), { recursive: true });
      writeFileSync(path.join(folder, 'search/templates/all.yaml'), chart.template ?? '{{ .Values.now }}');
      execFileSync('tar', ['-czf', path.join(option('--destination'), 'search-1.4.2.tgz'), '-C', folder, 'search']);
      return chart.pulled ?? ok(`Pulled\nDigest: ${(args[1] ?? '').split('@')[1] ?? ''}\n`);
    }
    if (args[1] === 'chart') return ok(chart.chart ?? 'name: search\nversion: 1.4.2\nappVersion: 2.0.0\n');
    if (args[1] === 'values') return ok(chart.values ?? 'replicas: 1\nlabels: {}\nui:\n  color: red\n');
    if (args[1] === 'crds') return ok(chart.crds ?? '');
    const at = path.join(args[2] ?? '', 'templates/all.yaml');
    const made = (chart.render ?? (() => configMap('dev-search')))({
      values: JSON.parse(readFileSync(option('--values'), 'utf8')) as Asked['values'],
      kubernetes: option('--kube-version'),
      template: existsSync(at) ? readFileSync(at, 'utf8') : '',
      before: before++,
    });
    return made instanceof Error ? { ok: false, stdout: '', stderr: `Error: ${made.message}\n` } : ok(made);
  };
  return { helm, asked };
}
