import { describe, expect, test } from '@jest/globals';
import type { HelmChart } from '../../../../src/model/charts/helm-chart.ts';
import { environmentOf } from '../../../../src/model/delivery.ts';
import type { Stage } from '../../../../src/model/stage.ts';
import { ProblemsError } from '../../../../src/model/problem.ts';
import { partsOf } from '../../../../src/ops/release/field-values.ts';
import { renderEnvironment } from '../../../../src/render/render-environment.ts';
import { renderedFiles } from '../../../../src/render/rendered-files.ts';
import type { Fields } from '../../../review/checks/small-objects.ts';
import { charted, searchChart, withChart } from '../../../model/charted.ts';

const settings = { opsRepository: 'https://github.com/acme/shop-ops.git' };
const renderedWith = (change: Partial<HelmChart> = {}, version: Partial<typeof searchChart> = {}) => {
  const delivery = withChart(charted(), (chart) => ({ ...chart, ...change }));
  const { images } = delivery.initialReleases['dev']!;
  const release = { images: { ...images, 'search-chart': { ...searchChart, ...version } } };
  const { objects } = renderEnvironment(delivery, environmentOf(delivery, 'dev'), release, settings);
  return (kind: string, name?: string): Fields => {
    const found = objects.find(({ object }) => object.kind === kind && object.metadata.name === (name ?? 'dev-search'));
    return found!.object;
  };
};

describe('a chart that Flux renders', () => {
  test('is fetched by its digest, with the credential that the registry asks for', () => {
    expect(renderedWith()('OCIRepository')['spec']).toEqual({
      url: 'oci://ghcr.io/acme/charts/search',
      ref: { tag: '1.4.2', digest: searchChart.digest },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      interval: '1m',
      secretRef: { name: 'charts-login' },
    });
    expect(renderedWith({}, { repository: '127.0.0.1:5000/charts/search' })('OCIRepository')['spec']).toMatchObject({
      insecure: true,
    });
  });

  test('is applied as an account of its own, tested, healed, and taken back where it fails', () => {
    const spec = renderedWith()('HelmRelease')['spec'];

    expect(spec).toEqual({
      releaseName: 'dev-search',
      chartRef: { kind: 'OCIRepository', name: 'dev-search' },
      interval: '1m',
      timeout: '10m',
      serviceAccountName: 'dev-search-helm',
      install: { crds: 'Skip', remediation: { retries: 2, ignoreTestFailures: false } },
      upgrade: {
        crds: 'Skip',
        remediation: { retries: 2, ignoreTestFailures: false, remediateLastFailure: true, strategy: 'rollback' },
      },
      driftDetection: { mode: 'enabled' },
      test: { enable: true },
      values: { replicaCount: 2, ui: { message: 'Hello' }, hosts: ['a', 'b'] },
    });
  });

  test.each([
    ['by its digest', {}, ['spec.ref.tag', 'spec.ref.digest'], ['metadata.annotations.portolan/chart']],
    [
      'by its version',
      { helmRepository: 'oci://ghcr.io/acme/charts' },
      [],
      ['spec.chart.spec.version', 'metadata.annotations.portolan/chart'],
    ],
  ])(
    'has its version, fetched %s, in fields that the release sets, and nowhere else',
    (_, fetched, source, release) => {
      const at = (tag: string, digest: string) => {
        const delivery = withChart(charted(), (chart) => ({
          ...chart,
          renderedBy: { kind: 'engine', kinds: ['Service'], ...fetched },
        }));
        const { images } = delivery.initialReleases['dev']!;
        const moved = {
          images: { ...images, 'search-chart': { ...searchChart, tag, digest: `sha256:${digest.repeat(64)}` } },
        };
        const rendered = renderEnvironment(delivery, environmentOf(delivery, 'dev'), moved, settings);
        return renderedFiles(rendered, moved).filter(
          ({ object }) => object?.metadata.name === 'dev-search' && /^(Helm|OCI)/.test(object.kind),
        );
      };
      const [before, after] = [at('1.4.2', 'a'), at('1.5.0', 'b')];
      const paths = before.map(({ object, fields }) => [
        object?.kind.startsWith('HelmRelease'),
        fields.map((field) => (field.kind === 'value' ? field.path.join('.') : field.kind)),
      ]);

      expect(Object.fromEntries(paths.map(([isRelease, all]) => [isRelease, all]))).toEqual({
        true: release,
        false: source,
      });
      for (const [i, { text, fields }] of before.entries()) {
        const parts = [partsOf(text, fields), partsOf(after[i]!.text, fields)];
        expect(parts.map(({ missing }) => missing)).toEqual([[], []]);
        expect(parts[0]!.outside).toBe(parts[1]!.outside);
      }
    },
  );

  test('says little where nothing is said of it', () => {
    const spec = renderedWith({ renderedBy: { kind: 'engine', kinds: ['Service'] }, values: {} })('HelmRelease')[
      'spec'
    ];

    expect(spec).toMatchObject({ timeout: '5m', install: { remediation: { retries: 1 } }, values: {} });
    expect(spec).not.toHaveProperty('test');
  });

  test('may make its kinds, and keep its records, in the namespace alone', () => {
    const rulesOf = (change?: Partial<HelmChart>): readonly string[] =>
      (renderedWith(change)('Role', 'dev-search-helm')['rules'] as readonly Record<string, readonly string[]>[]).map(
        ({ apiGroups = [], resources = [], verbs = [] }) =>
          `${verbs.length} of ${[...resources, ...apiGroups].filter((part) => part !== '').join('.')}`,
      );

    expect(rulesOf()).toEqual([
      '7 of pods',
      '7 of services',
      '7 of deployments.apps',
      '3 of replicasets.apps',
      '1 of pods/log',
      '7 of secrets',
    ]);
    expect(rulesOf({ renderedBy: { kind: 'engine', kinds: ['ConfigMap'] } })).toEqual([
      '7 of configmaps',
      '7 of secrets',
    ]);
  });

  test('is healthy when the chart of that digest was tried last, and not while it runs the one before', () => {
    const { healthCheckExprs } = renderedWith()('Kustomization', 'shop-dev')['spec'] as {
      readonly healthCheckExprs: readonly { readonly kind: string; readonly current: string }[];
    };
    const { current = '' } = healthCheckExprs.find(({ kind }) => kind === 'HelmRelease') ?? {};

    expect(renderedWith()('HelmRelease')['metadata']).toMatchObject({
      annotations: { 'portolan/chart': searchChart.digest },
    });
    expect(current).toContain("status.lastAttemptedRevisionDigest == metadata.annotations['portolan/chart']");
    expect(current).toContain("c.type == 'Ready' && c.status == 'True'");
  });

  test('is waited for as long as its tries and the way back may take', () => {
    const { timeout } = renderedWith()('Kustomization', 'shop-dev')['spec'] as { readonly timeout: string };

    expect(timeout).toBe('41m');
  });

  test('fails for a release without a version of it, and under an engine that renders none', () => {
    const delivery = charted();
    const images = { ...delivery.initialReleases['dev']!.images };
    delete (images as Record<string, unknown>)['search-chart'];
    const environment = environmentOf(delivery, 'dev');

    expect(() => renderEnvironment(delivery, environment, { images }, settings)).toThrow(
      new ProblemsError('the delivery', [
        {
          path: 'environments.dev.applications.shop.helmCharts.search.artifact',
          message:
            'the release has no version of this chart; bring one in with: npx portolan promote dev --image search-chart=REPOSITORY:VERSION',
          given: 'search-chart',
        },
      ]),
    );
    const unknown = { kind: 'nobody' } as unknown as Stage['engine'];
    const stages = delivery.stages.map((stage) => ({ ...stage, engine: unknown }));
    expect(() =>
      renderEnvironment({ ...delivery, stages }, environment, delivery.initialReleases['dev']!, settings),
    ).toThrow('environments.dev.applications.shop.helmCharts.search.renderedBy.kind: is nothing that the engine does');
  });
});
