import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openHelm } from '../../../src/clients/helm/open-helm.ts';
import { openTrial } from '../../../src/clients/helm/try-chart.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import type { ChartQuestion, ChartTrial } from '../../../src/objects/charts/chart-question.ts';
import { temporaryFolder } from '../../support/git.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: search } }
  template:
    metadata: { labels: { app: search } }
    spec:
      containers:
        - name: search
          image: "ghcr.io/acme/search:{{ .Values.tag | default .Chart.AppVersion }}"
          env: [{ name: MESSAGE, value: {{ .Values.ui.message | quote }} }]
`;
const withHook = `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}-{{ randAlphaNum 5 | lower }}
  annotations: { helm.sh/hook: test }
`;
const schema = { type: 'object', properties: { replicas: { type: 'integer' } } };

/** Packages a chart with the Helm of this machine. */
function packed(folder: string, version: string, files: Readonly<Record<string, string>> = {}): void {
  const chart = path.join(folder, `source-${version}`, 'search');
  const all = {
    'Chart.yaml': `apiVersion: v2\nname: search\nversion: ${version}\nappVersion: 2.0.0\n`,
    'values.yaml': 'replicas: 1\ntag: ""\nui:\n  message: ""\n',
    'values.schema.json': JSON.stringify(schema),
    'templates/deployment.yaml': deployment,
    'templates/tests/test.yaml': withHook,
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(chart, file)), { recursive: true });
    writeFileSync(path.join(chart, file), text);
  }
  execFileSync('helm', ['package', chart, '--destination', folder]);
}

describe('the real Helm, and a registry', () => {
  let registry: ChildProcess;
  let repository = '';
  const digests = new Map<string, string>();
  const store = temporaryFolder();

  beforeAll(async () => {
    const folder = temporaryFolder();
    packed(folder, '1.0.0');
    packed(folder, '1.1.0', { 'templates/chance.yaml': withHook.replace('helm.sh/hook: test', 'a: b') });
    packed(folder, '1.2.0', {
      'templates/asks.yaml': `{{- if .Values.ask }}{{ (lookup "v1" "Secret" "a" "b") | toJson }}{{ end }}`,
      'values.yaml': 'replicas: 1\ntag: ""\nask: false\nui:\n  message: ""\n',
    });
    packed(folder, '1.3.0', {
      'templates/job.yaml': withHook.replace('{{ randAlphaNum 5 | lower }}', 'x').replace('test', 'pre-upgrade'),
    });
    packed(folder, '1.4.0', {
      'values.schema.json': JSON.stringify({
        ...schema,
        properties: { replicas: {}, tag: {}, ui: {} },
        additionalProperties: false,
      }),
    });
    registry = spawn(process.execPath, [path.resolve('test/e2e/helm/registry.mjs'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = await new Promise<string>((resolve) => {
      registry.stdout?.once('data', (data: Buffer) => {
        resolve(data.toString());
      });
    });
    const [port = '', ...charts] = said.trim().split('\n');
    repository = `127.0.0.1:${port}/charts/search`;
    for (const [, version = '', digest = ''] of charts.map((line) => line.split(' '))) digests.set(version, digest);
  });

  afterAll(() => {
    registry.kill();
  });

  function answer(tag: string, values: ChartQuestion['values'] = {}, change: Partial<ChartQuestion> = {}): unknown {
    try {
      return openHelm(store)({
        path: 'chart',
        release: 'dev-search',
        namespace: 'dev',
        version: { repository, tag, digest: digests.get(tag) ?? '' },
        values,
        kubernetes: { oldest: '1.30', newest: '1.36' },
        withoutHooks: false,
        withoutDefinitions: false,
        pins: 'ghcr.io/acme/search',
        ...change,
      });
    } catch (error) {
      return (error as Error).message.split('\n  ')[1];
    }
  }

  test('make plain objects of a chart with values, without its tests', () => {
    expect(answer('1.0.0', { replicas: 3, ui: { message: 'Hello' } })).toMatchObject([
      {
        kind: 'Deployment',
        metadata: { name: 'dev-search', namespace: 'dev' },
        spec: {
          replicas: 3,
          template: { spec: { containers: [{ image: 'ghcr.io/acme/search:2.0.0', env: [{ value: 'Hello' }] }] } },
        },
      },
    ]);
  });

  test('fail for values that the schema refuses, and for those that nobody reads', () => {
    expect(answer('1.0.0', { replicas: 'three' })).toContain(
      "chart.values: do not fit the schema of the chart: search: - at '/replicas'",
    );
    expect(answer('1.0.0', { search: { ui: { message: 'Hello' } } })).toBe(
      'chart.values: hold search, which the chart does not read; its own values have replicas, tag, ui',
    );
  });

  test('fail where chart and image say two versions', () => {
    expect(answer('1.0.0', { tag: '1.9.0' })).toContain('says appVersion 2.0.0, and runs ghcr.io/acme/search:1.9.0');
  });

  test('fail for what is drawn by chance, and for what asks a cluster where it is reached', () => {
    expect(answer('1.1.0')).toContain('anew each time, with something drawn by chance');
    expect(answer('1.2.0')).toHaveLength(1);
    expect(answer('1.2.0', { ask: true })).toContain(
      'chart.artifact: asks a cluster or the clock while it is rendered',
    );
  });

  test('fail for hooks of which nobody says what becomes of them', () => {
    expect(answer('1.3.0')).toContain(
      "chart.renderedBy: has hooks, which run at times of Helm's own and are no plain objects: Pod/dev-search-x",
    );
    expect(answer('1.3.0', {}, { withoutHooks: true })).toHaveLength(1);
  });

  test('fail for values, kinds and images where an engine renders them, by their digest or by their version', () => {
    const version = { repository, tag: '1.0.0', digest: digests.get('1.0.0') ?? '' };
    const trial: ChartTrial = {
      path: 'chart',
      release: 'dev-search',
      namespace: 'dev',
      version,
      values: {},
      kubernetes: { oldest: '1.30', newest: '1.36' },
      pins: 'ghcr.io/acme/search',
      kinds: ['Deployment.apps'],
      isDependency: false,
    };
    const found = (change: Partial<ChartTrial>): readonly string[] =>
      openTrial(store)({ ...trial, ...change }).map(describeProblem);
    const helmRepository = `oci://${repository.replace('/search', '')}`;
    const { digest: _, ...byVersion } = version;

    expect(found({})).toEqual([]);
    expect(found({ helmRepository, version: byVersion })).toEqual([]);
    expect(found({ values: { replicas: 'three' } })).toEqual([
      expect.stringContaining("chart.values: do not fit the schema of the chart: search: - at '/replicas'"),
    ]);
    expect(found({ helmRepository, version: byVersion, values: { tag: '1.9.0' }, kinds: ['Service'] })).toEqual([
      expect.stringContaining(
        'chart.renderedBy.kinds: must name all that the chart makes with these values, and lack Deployment.apps,',
      ),
      expect.stringContaining('says appVersion 2.0.0, and runs ghcr.io/acme/search:1.9.0'),
    ]);
    expect(found({ isDependency: true })).toEqual([]);
    expect(found({ version: { ...version, tag: '1.4.0', digest: digests.get('1.4.0') ?? '' } })).toEqual([]);
    expect(
      found({ version: { ...version, tag: '1.4.0', digest: digests.get('1.4.0') ?? '' }, isDependency: true }),
    ).toEqual([expect.stringMatching(/^chart\.values: do not fit the schema of the chart: .*'global' not allowed/)]);
    expect(found({ version: { ...version, tag: '1.1.0', digest: digests.get('1.1.0') ?? '' } })).toEqual([
      expect.stringContaining('and lack Pod,'),
    ]);
  });

  test('fail for a digest that the registry does not have', () => {
    const version = { repository, tag: '1.0.0', digest: `sha256:${'0'.repeat(64)}` };

    expect(answer('1.0.0', {}, { version })).toContain('chart.artifact: cannot be fetched as');
  });
});
