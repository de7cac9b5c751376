import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openTrial } from '../../../src/clients/helm/try-chart.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import type { ChartTrial } from '../../../src/objects/charts/chart-question.ts';
import { temporaryFolder } from '../../support/git.ts';
import { at, configMap, digest, madeUpHelm, searchAsked, type Asked, type MadeUpChart } from './made-up-helm.ts';

const trial: ChartTrial = {
  ...searchAsked,
  kinds: ['ConfigMap'],
  isDependency: false,
};

/** What is wrong with what is said of a chart. */
const found = (chart: MadeUpChart, change: Partial<ChartTrial> = {}): readonly string[] =>
  openTrial(temporaryFolder(), madeUpHelm(chart).helm)({ ...trial, ...change }).map(describeProblem);

const deployment = (image: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      containers:\n      - image: ${image}\n`;
const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: reader\n';

describe('a chart that its engine renders, tried with Helm', () => {
  test('passes where values fit, and where no more is made than is declared: also by chance, by a hook, and of what a cluster says', () => {
    expect(found({})).toEqual([]);
    expect(found({ render: ({ before }) => configMap('a', `drawn: '${before}'`) })).toEqual([]);
    expect(found({ render: () => deployment('x') }, { kinds: ['Deployment.apps', 'Service'] })).toEqual([]);
    expect(found({ render: () => '---\n# nothing\n' }, { kinds: [] })).toEqual([]);
  });

  test('fails for values that the schema of the chart refuses, and for those that it does not read', () => {
    const schema =
      "values don't meet the specifications of the schema(s) in the following chart(s):\nsearch:\n- at '/replicas': got string, want integer";

    expect(found({ render: () => new Error(schema) })).toEqual([
      `${at}.values: do not fit the schema of the chart: search: - at '/replicas': got string, want integer`,
    ]);
    expect(found({}, { values: { ui: { colour: 'blue' } } })).toEqual([
      `${at}.values: hold ui.colour, which the chart does not read; its own values have labels, replicas, ui`,
    ]);
  });

  test('is handed global values where it is a dependency, which its schema may refuse, and no others', () => {
    const given: unknown[] = [];
    const render = ({ values }: Asked): string => {
      given.push(values);
      return configMap('a', `replicas: '${String(values['replicas'])}'`);
    };
    const kubernetes = { oldest: '1.36', newest: '1.36' };
    for (const isDependency of [false, true])
      expect(found({ render }, { values: { replicas: 2 }, isDependency, kubernetes })).toEqual([]);

    expect(given).toEqual([{ replicas: 2 }, { global: {}, replicas: 2 }]);
  });

  test('fails for kinds that are made and not declared, for any line of Kubernetes, and in a list', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${role.trim().replaceAll('\n', '\n  ')}\n`;
    const older = ({ kubernetes }: Asked): string => (kubernetes === '1.30.0' ? deployment('x') : configMap('a'));

    expect(found({ render: () => `${configMap('a')}---\n${list}` })).toEqual([
      `${at}.renderedBy.kinds: must name all that the chart makes with these values, and lack Role.rbac.authorization.k8s.io, which its engine would be refused, got ["ConfigMap"]`,
    ]);
    expect(found({ render: older })).toEqual([expect.stringContaining('lack Deployment.apps,')]);
    expect(found({ render: older }, { kubernetes: { oldest: '1.36', newest: '1.36' } })).toEqual([]);
  });

  test('fails where chart and image say two versions, where it is another version, and where it cannot be had', () => {
    const pins = 'ghcr.io/acme/search';
    const kinds = ['Deployment.apps'];

    expect(found({ render: () => deployment(`${pins}:2.0.0`) }, { pins, kinds })).toEqual([]);
    expect(found({ render: () => deployment(`${pins}:2.0.1`) }, { pins, kinds })).toEqual([
      expect.stringContaining(`${at}.artifact: of version 1.4.2 says appVersion 2.0.0, and runs ${pins}:2.0.1`),
    ]);
    expect(found({ chart: 'version: 1.4.3\n' })).toEqual([
      `${at}.artifact: says of itself that it is version 1.4.3, and the release names 1.4.2`,
    ]);
    expect(found({ pulled: { ok: false, stdout: '', stderr: 'Error: not found\n' } })).toEqual([
      expect.stringContaining(`${at}.artifact: cannot be fetched as ghcr.io/acme/charts/search:1.4.2@${digest}`),
    ]);
    expect(found({ render: () => 'a: [' })).toEqual([`${at}.artifact: makes what is no YAML`]);
  });

  test.each([
    ['https://charts.example/stable', ['search', '--repo', 'https://charts.example/stable', '--version', '1.4.2+7']],
    ['oci://127.0.0.1:5000/charts', ['oci://127.0.0.1:5000/charts/search', '--version', '1.4.2+7', '--plain-http']],
  ])('is fetched by its version from %s, and is not kept', (helmRepository, wanted) => {
    const { helm } = madeUpHelm({ chart: 'version: 1.4.2+7\n' });
    const pulled: (readonly string[])[] = [];
    const folder = temporaryFolder();
    const problems = openTrial(folder, (args) => {
      if (args[0] === 'pull')
        pulled.push(args.filter((_, i) => i > 0 && !args.slice(i - 1, i + 1).includes('--destination')));
      return helm(args);
    })({ ...trial, version: { repository: 'charts.example/stable/search', tag: '1.4.2_7' }, helmRepository });

    expect(problems).toEqual([]);
    expect(pulled).toEqual([wanted]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('fails by name where Helm is not there', () => {
    const before = process.env['PATH'];
    process.env['PATH'] = path.join(temporaryFolder(), 'nothing');
    try {
      expect(openTrial(temporaryFolder())(trial).map(describeProblem)).toEqual([
        `${at}.artifact: Helm tries it, and is not on the PATH; install Helm 3.18 or later (https://helm.sh/docs/intro/install)`,
      ]);
    } finally {
      process.env['PATH'] = before;
    }
  });
});
