import { describe, expect, test } from '@jest/globals';
import type { Artifact } from '../../../../src/model/artifact.ts';
import type { PackagedChart } from '../../../../src/model/builders/packaged-chart.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { packagedCharts } from '../../../../src/model/rules/charts/packaged-charts.ts';
import { renderedCharts } from '../../../../src/model/rules/charts/rendered-charts.ts';
import { supplySettings } from '../../../../src/model/rules/promotion/supply-settings.ts';
import { courseReferences } from '../../../../src/model/rules/reference/course-references.ts';
import type { Supply } from '../../../../src/model/supply.ts';
import { packaging } from '../../../builders/github-actions/packaging.ts';
import { told } from '../../../support/told.ts';

const repository = 'ghcr.io/acme/charts/search';
const packaged = (chart: Partial<PackagedChart> = {}): Delivery => packaging(repository, chart);

const onArtifact = (name: string, change: Partial<Artifact>): Delivery => ({
  ...packaged(),
  artifacts: packaged().artifacts.map((it) => (it.name === name ? { ...it, ...change } : it)),
});
const onSupply = (change: Partial<Supply>): Delivery => ({
  ...packaged(),
  supplies: packaged().supplies.map((it) => (it.name === 'charts' ? { ...it, ...change } : it)),
});

describe('a chart that a workflow packages has the version of the build', () => {
  test('passes for a chart beside the image that it pins, whoever renders it, and for charts alone', () => {
    const alone = onSupply({
      artifacts: ['search-chart'],
      builder: { kind: 'githubActions', images: [], charts: [{ artifact: 'search-chart', chart: '.' }] },
    });

    expect([...told(packagedCharts, packaged()), ...told(renderedCharts, packaged())]).toEqual([]);
    expect(told(supplySettings, alone)).toEqual([]);
  });

  test.each([
    [
      'an artifact that is an image',
      packaged({ artifact: 'search' }),
      'supplies.charts.builder.charts[0].artifact: must name an artifact of kind "chart"; an image is built, as one of images, got "search"',
    ],
    [
      'something before the number, which Helm does not take',
      onArtifact('search-chart', { scheme: { kind: 'semver', prefix: 'v' } }),
      'artifacts.search-chart.scheme.prefix: must be left out for a chart that a workflow packages, because Helm puts nothing before a version, got "v"',
    ],
    [
      'an image that is tagged with its commit',
      onArtifact('search', { scheme: { kind: 'gitSha' } }),
      'artifacts.search.scheme.kind: must be "semver", because supplies.charts gives its charts the version of all that it builds, and a chart\'s is a semantic one; or build it by another supply, got "gitSha"',
    ],
    [
      'an image that is built elsewhere, and so has another version',
      onArtifact('search-chart', { pins: 'orders' }),
      'artifacts.search-chart.pins: must be built with the chart, so that both get one version; write { artifact: "orders", context: "." } in supplies.charts.builder.images, got "orders"',
    ],
    [
      'code that nobody merged',
      onSupply({ buildsUnmerged: true }),
      'supplies.charts.buildsUnmerged: must be left out where charts are packaged: a version of a chart is made once, of merged code; a pull request among the triggers tries what is not merged, and publishes nothing, got true',
    ],
  ])('fails for %s', (_, delivery, problem) => {
    expect(told(packagedCharts, delivery)).toEqual([problem]);
  });

  test('fails for files that are not in the source, and for an artifact of another supply', () => {
    expect(told(supplySettings, packaged({ chart: '../charts', values: ['/etc/values.yaml'] }))).toEqual([
      'supplies.charts.builder.charts[0].chart: must be a folder of the source, e.g. "charts/orders", got "../charts"',
      'supplies.charts.builder.charts[0].values[0]: must be a file of the source, e.g. "charts/orders/ci/ha.yaml", got "/etc/values.yaml"',
    ]);
    expect(told(courseReferences, packaged({ artifact: 'orders' }))).toEqual([
      expect.stringMatching(
        /^supplies\.charts\.builder\.charts\[0\]\.artifact: there is no artifact of this supply of this name/,
      ),
    ]);
  });
});
