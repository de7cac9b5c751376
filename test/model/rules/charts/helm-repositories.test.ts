import { describe, expect, test } from '@jest/globals';
import type { Artifact } from '../../../../src/model/artifact.ts';
import type { ChartRenderer } from '../../../../src/model/charts/helm-chart.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { helmCharts } from '../../../../src/model/rules/charts/helm-charts.ts';
import { helmRepositories } from '../../../../src/model/rules/charts/helm-repositories.ts';
import { renderedCharts } from '../../../../src/model/rules/charts/rendered-charts.ts';
import { told } from '../../../support/told.ts';
import { charted, fromHelmRepository, withChart } from '../../charted.ts';

const at = 'environments.dev.applications.shop.helmCharts.search.renderedBy';
const toldOf = (delivery: Delivery): readonly string[] => told(helmRepositories, delivery);

const onChart = (change: Partial<Artifact>, delivery = fromHelmRepository()): Delivery => ({
  ...delivery,
  artifacts: delivery.artifacts.map((it) => (it.kind === 'chart' ? { ...it, ...change } : it)),
});
const rendered = (change: object): Delivery =>
  withChart(fromHelmRepository(), ({ renderedBy, ...chart }) => ({
    ...chart,
    renderedBy: { ...renderedBy, ...change } as ChartRenderer,
  }));

describe('a chart that Flux fetches by its version', () => {
  test.each(['https://charts.example/stable', 'http://127.0.0.1:8080/charts', 'https://charts.example'])(
    'passes for the site %s, without any digest',
    (url) => {
      const delivery = fromHelmRepository(url);

      for (const rule of [helmRepositories, helmCharts, renderedCharts]) expect(told(rule, delivery)).toEqual([]);
    },
  );

  test('passes for a folder of a registry, which knows a digest, and for a chart that goes by it', () => {
    expect(toldOf(fromHelmRepository('oci://ghcr.io/acme/charts'))).toEqual([]);
    expect(toldOf(charted())).toEqual([]);
  });

  test.each([
    'http://charts.example/stable',
    'https://charts.example/',
    'charts.example/stable',
    'git://a/b',
    'https://',
  ])('fails for the address %s', (url) => {
    expect(toldOf(rendered({ helmRepository: url }))).toContain(
      `${at}.helmRepository: must be a site of charts or a folder of a registry, without a slash at its end, e.g. "https://charts.example/stable" or "oci://ghcr.io/acme/charts", got "${url}"`,
    );
  });

  test('fails for an artifact that is elsewhere', () => {
    expect(toldOf(onChart({ repository: 'ghcr.io/acme/charts/search' }))).toEqual([
      `artifacts.search-chart.repository: must be where ${at}.helmRepository has the chart, without what stands before "://"; write "charts.example/stable/search", got "ghcr.io/acme/charts/search"`,
    ]);
  });

  test('fails where a digest is asked for that a site has not, and where a digest is done without that a registry has', () => {
    expect(toldOf(onChart({ allowTagOnly: false }))).toEqual([
      `artifacts.search-chart.allowTagOnly: must be true, because a site of charts vouches for no digest; or push the chart to an OCI registry ("helm push"), and leave ${at}.helmRepository out, got false`,
    ]);
    for (const delivery of [charted(), fromHelmRepository('oci://ghcr.io/acme/charts')])
      expect(toldOf(onChart({ allowTagOnly: true }, delivery))).toEqual([
        'artifacts.search-chart.allowTagOnly: must be left out: a chart is fetched by its digest alone, unless all who run it take it from a site (renderedBy.helmRepository), got true',
      ]);
  });
});
