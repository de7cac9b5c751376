import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openHelm } from '../../../src/clients/helm/open-helm.ts';
import type { ChartQuestion } from '../../../src/objects/charts/chart-question.ts';
import { temporaryFolder } from '../../support/git.ts';
import { at, configMap, digest, madeUpHelm, searchAsked, type MadeUpChart } from './made-up-helm.ts';

const question: ChartQuestion = {
  ...searchAsked,
  withoutHooks: false,
  withoutDefinitions: false,
};

/** What is made of a chart: the objects in short, or what is said of it. */
function answer(chart: MadeUpChart, change: Partial<ChartQuestion> = {}): unknown {
  try {
    return openHelm(temporaryFolder(), madeUpHelm(chart).helm)({ ...question, ...change });
  } catch (error) {
    return (error as Error).message.split('\n  ')[1];
  }
}

describe('charts that this program renders with Helm', () => {
  test('become objects in the namespace, and those of the cluster in none', () => {
    const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: reader\n';
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${configMap('b').trim().replaceAll('\n', '\n  ')}\n`;

    expect(answer({ render: () => `---\n# nothing\n---\n${role}---\n${list}---\n${configMap('a')}` })).toEqual([
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'reader' } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'dev', name: 'b' } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'dev', name: 'a' } },
    ]);
  });

  test('are fetched once, and asked once for the same answer', () => {
    const { helm, asked } = madeUpHelm();
    const folder = temporaryFolder();
    const render = openHelm(folder, helm);

    expect(render(question)).toBe(render({ ...question }));
    const first = asked.length;
    openHelm(folder, helm)(question);
    expect(asked.filter((it) => it.startsWith('pull'))).toEqual([`pull oci://ghcr.io/acme/charts/search@${digest}`]);
    expect(asked.length).toBeGreaterThan(first);
    expect(readdirSync(path.join(folder, '.portolan/charts'))).toEqual([digest.replace(':', '-')]);
  });

  test('are fetched anew where the kept archive is another one', () => {
    const { helm, asked } = madeUpHelm();
    const folder = temporaryFolder();
    openHelm(folder, helm)(question);
    writeFileSync(path.join(folder, '.portolan/charts', digest.replace(':', '-'), 'chart.tgz'), 'something else');
    openHelm(folder, helm)(question);

    expect(asked.filter((it) => it.startsWith('pull'))).toHaveLength(2);
  });

  test('fail without a digest, where the registry gives none, and where it gives another', () => {
    expect(answer({}, { version: { repository: 'ghcr.io/acme/charts/search', tag: '1.4.2' } })).toBe(
      `${at}.artifact: is named by its version alone, and a chart is fetched by its digest; bring it in again with: npx portolan promote`,
    );
    expect(answer({ pulled: { ok: false, stdout: '', stderr: 'Error: not found\n' } })).toBe(
      `${at}.artifact: cannot be fetched as ghcr.io/acme/charts/search:1.4.2@${digest}: Error: not found; where the registry asks for a login: helm registry login ghcr.io`,
    );
    expect(answer({ pulled: { ok: true, stdout: 'Digest: sha256:abc\n', stderr: '' } })).toBe(
      `${at}.artifact: is sha256:abc as Helm fetched it, and the release names ${digest}`,
    );
  });

  test('fail where the chart says another version of itself; a "+" is "_" in a registry', () => {
    expect(answer({ chart: 'version: 1.4.3\n' })).toBe(
      `${at}.artifact: says of itself that it is version 1.4.3, and the release names 1.4.2`,
    );
    expect(answer({ chart: 'version: 1.4.2+7\n' }, { version: { ...question.version, tag: '1.4.2_7' } })).toHaveLength(
      1,
    );
  });

  test('fail with the words of Helm, and of the schema of the chart', () => {
    expect(answer({ render: () => new Error('parse error at (search/templates/all.yaml:3)') })).toBe(
      `${at}.values: cannot be rendered with these values: parse error at (search/templates/all.yaml:3)`,
    );
    const schema =
      "values don't meet the specifications of the schema(s) in the following chart(s):\nsearch:\n- at '/replicas': got string, want integer";
    expect(answer({ render: () => new Error(schema) })).toBe(
      `${at}.values: do not fit the schema of the chart: search: - at '/replicas': got string, want integer`,
    );
  });

  test('fail for a value that nobody reads: one that the chart does not have, and without which the same comes of it', () => {
    const reads = ({ values }: { readonly values: object }): string =>
      configMap('a', `hidden: '${JSON.stringify(values).includes('secret')}'`);

    expect(answer({ render: reads }, { values: { search: { replicas: 2 }, ui: { colour: 'blue' } } })).toBe(
      `${at}.values: hold search, ui.colour, which the chart does not read; its own values have labels, replicas, ui`,
    );
    expect(
      answer({ render: reads }, { values: { replicas: 2, labels: { a: 'b' }, global: {}, secretly: 1 } }),
    ).toHaveLength(1);
    expect(
      answer(
        { chart: 'version: 1.4.2\ndependencies:\n- name: redis\n  alias: cache\n' },
        { values: { cache: { x: 1 } } },
      ),
    ).toHaveLength(1);
  });

  test('fail for what is drawn by chance, for what follows from the line of Kubernetes, and pass for one line', () => {
    const drawn = { render: ({ before }: { readonly before: number }) => configMap('a', `drawn: '${before}'`) };
    const byLine = {
      render: ({ kubernetes }: { readonly kubernetes: string }) => configMap('a', `k: '${kubernetes}'`),
    };
    const more = {
      render: ({ before }: { readonly before: number }) =>
        configMap('a') + (before > 0 ? `---\n${configMap('b')}` : ''),
    };

    for (const kubernetes of [question.kubernetes, { oldest: '1.36', newest: '1.36' }])
      expect(answer(drawn, { kubernetes })).toBe(
        `${at}.artifact: makes ConfigMap/a anew each time, with something drawn by chance; give that in its values, or let the engine render it`,
      );
    expect(answer(more)).toContain('makes ConfigMap/b anew each time');
    expect(answer(byLine)).toBe(
      `${at}.artifact: makes ConfigMap/a otherwise on Kubernetes 1.30 than on 1.36; write one line as oldest and newest of the cluster, or let the engine render it`,
    );
    expect(answer(byLine, { kubernetes: { oldest: '1.36', newest: '1.36' } })).toHaveLength(1);
  });

  test('fail for what asks a cluster or the clock, where it is reached', () => {
    const reached = (template: string): MadeUpChart => ({
      template,
      render: ({ template: read }) =>
        read.includes('fail') ? new Error(`wrong number of args for fail in ${read}`) : configMap('a'),
    });

    for (const template of ['{{ lookup "v1" "Secret" "a" "b" }}', '{{- if true }}{{ now | date "2006" }}{{ end }}'])
      expect(answer(reached(template))).toContain(
        `${at}.artifact: asks a cluster or the clock while it is rendered, and would be another one tomorrow; turn that off in its values, or let the engine render it: cannot be rendered`,
      );
    for (const template of ['{{ .Values.now }}', '{{/* lookup now */}}', 'lookup', '{{ "now" }}', '{{ $lookup }}'])
      expect(answer(reached(template))).toHaveLength(1);
    // Changed, and still rendered: with these values nobody comes there.
    expect(answer({ template: '{{ now }}' })).toHaveLength(1);
  });

  test('fail for hooks and definitions of which nobody says what becomes of them', () => {
    const hooked = `${configMap('job').replace('metadata:\n', 'metadata:\n  annotations:\n    helm.sh/hook: pre-install,pre-upgrade\n')}---\n${configMap('a')}`;

    expect(answer({ render: () => hooked })).toContain(
      `${at}.renderedBy: has hooks, which run at times of Helm's own and are no plain objects: ConfigMap/job; turn them off`,
    );
    expect(answer({ render: () => hooked }, { withoutHooks: true })).toHaveLength(1);
    expect(answer({ crds: 'kind: CustomResourceDefinition\n' })).toContain(
      `${at}.renderedBy: has definitions of custom resources in its folder crds`,
    );
    expect(answer({ crds: 'kind: CustomResourceDefinition\n' }, { withoutDefinitions: true })).toHaveLength(1);
  });

  test('fail where chart and image say two versions of one program', () => {
    const running = (image: string): MadeUpChart => ({ render: () => configMap('a', `image: ${image}`) });
    const pins = 'ghcr.io/acme/search';

    expect(answer(running('ghcr.io/acme/search:2.0.0'), { pins })).toHaveLength(1);
    expect(answer(running('ghcr.io/acme/search:1.9.0'), { pins })).toBe(
      `${at}.artifact: of version 1.4.2 says appVersion 2.0.0, and runs ghcr.io/acme/search:1.9.0; make a chart that says one version, or take away what sets the tag in values`,
    );
    expect(answer(running('nginx:1'), { pins })).toContain('runs no image of ghcr.io/acme/search');
    expect(answer({ ...running('ghcr.io/acme/search:2.0.0'), chart: 'version: 1.4.2\n' }, { pins })).toContain(
      'says no appVersion',
    );
  });

  test('read YAML as Kubernetes does, and fail where nobody knows how that is', () => {
    expect(answer({ render: () => configMap('a', 'mode: 0440') })).toMatchObject([{ data: { mode: 288 } }]);
    expect(answer({ render: () => configMap('a', 'on: yes') })).toBe(
      `${at}.artifact: writes a value of ConfigMap/a that some readers of YAML take for a number or a time, and others for text; let the chart quote it`,
    );
    expect(answer({ render: () => configMap('a', 'at: 22:30') })).toContain('writes a value of ConfigMap/a');
    expect(answer({ render: () => 'kind: [' })).toContain('makes what is no YAML');
    expect(answer({ render: () => 'a: 1' })).toContain('makes what is no object');
  });

  test('fail with what is not theirs as it is', () => {
    const broken = (): never => {
      throw new TypeError('a mistake of the program');
    };

    expect(() => openHelm(temporaryFolder(), broken)(question)).toThrow(new TypeError('a mistake of the program'));
  });
});
