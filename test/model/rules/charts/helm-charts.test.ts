import { describe, expect, test } from '@jest/globals';
import type { HelmChart } from '../../../../src/model/charts/helm-chart.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { helmCharts } from '../../../../src/model/rules/charts/helm-charts.ts';
import { charted, searchChart, withChart } from '../../charted.ts';
import { told } from '../../../support/told.ts';
import { withApplication, withContainer } from '../../../support/valid-delivery.ts';

const at = 'environments.dev.applications.shop.helmCharts';
const changed = (change: Partial<HelmChart>): Delivery => withChart(charted(), (chart) => ({ ...chart, ...change }));

const toldOf = (delivery: Delivery): readonly string[] => told(helmCharts, delivery);

describe('charts run at versions of their own artifacts', () => {
  test('passes for a chart whose first version has a digest, and without any', () => {
    expect(toldOf(charted())).toEqual([]);
    expect(toldOf(withApplication(charted(), 'dev', ({ helmCharts: _, ...rest }) => rest))).toEqual([]);
  });

  test('fails for an artifact that is none, or no chart', () => {
    expect(toldOf(changed({ artifact: 'serch-chart' }))).toEqual([
      `${at}.search.artifact: there is no artifact of this name; write "search-chart", got "serch-chart"`,
    ]);
    expect(toldOf(changed({ artifact: 'orders' }))).toEqual([
      `${at}.search.artifact: must name an artifact of kind "chart", and orders is of another, got "image"`,
    ]);
  });

  test('fails for a first version without a digest', () => {
    const { digest: _, ...tagged } = searchChart;
    const delivery = charted();
    const { dev } = delivery.initialReleases;
    const release = { ...dev, images: { ...dev?.images, 'search-chart': tagged } };

    expect(toldOf({ ...delivery, initialReleases: { ...delivery.initialReleases, dev: release } })).toEqual([
      'initialReleases.dev.images.search-chart.digest: is missing: a chart is fetched by its digest alone; write what `helm pull oci://ghcr.io/acme/charts/search --version 1.4.2` says',
    ]);
  });

  test('fails for names that Helm does not take, and for two releases of one name', () => {
    expect(toldOf(changed({ name: 'Search' }))).toEqual([
      `${at}.Search.name: must be lower-case letters, digits and dashes, as the name of a release of Helm, got "Search"`,
    ]);
    expect(toldOf(changed({ name: 'a'.repeat(50) }))).toEqual([
      `${at}.${'a'.repeat(50)}.name: may have 53 characters with the environment's prefix, because Helm takes no more, and has 54; shorten it, got "dev-${'a'.repeat(50)}"`,
    ]);
    expect(
      toldOf(
        withApplication(charted(), 'dev', (application) => ({
          ...application,
          helmCharts: [...(application.helmCharts ?? []), ...(application.helmCharts ?? [])],
        })),
      ),
    ).toEqual([`${at}.search.name: is the release of Helm that ${at}.search is; give one another name, got "search"`]);
  });

  test('fails for a container that runs a chart, a workflow that builds one, and Kargo that would move one', () => {
    const delivery = charted();

    expect(
      toldOf(
        withContainer(delivery, 'dev', 'orders', (container) => ({
          ...container,
          image: { artifact: 'search-chart' },
        })),
      ),
    ).toEqual([
      'environments.dev.applications.shop.services.orders.containers.orders.image: must name an artifact of kind "image": a chart runs as one of helmCharts, got "search-chart"',
    ]);
    expect(
      toldOf({
        ...delivery,
        supplies: delivery.supplies.map((it) =>
          it.name === 'charts'
            ? { ...it, builder: { kind: 'githubActions', images: [{ artifact: 'search-chart', context: '.' }] } }
            : it,
        ),
      }),
    ).toEqual([
      'supplies.charts.builder.images[0].artifact: must name an artifact of kind "image", which the workflow builds; a chart is none, got "search-chart"',
    ]);
    expect(
      toldOf({
        ...delivery,
        stages: delivery.stages.map((it) => (it.name === 'dev' ? { ...it, promoter: { kind: 'kargo' } } : it)),
      }),
    ).toEqual([
      'stages.dev.promoter.kind: is not carried out yet for charts, and shop runs one; leave the promoter out, so that workflows and people move them, got "kargo"',
    ]);
  });
});
