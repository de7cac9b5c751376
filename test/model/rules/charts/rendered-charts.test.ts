import { describe, expect, test } from '@jest/globals';
import type { ChartRenderer } from '../../../../src/model/charts/helm-chart.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { renderedCharts } from '../../../../src/model/rules/charts/rendered-charts.ts';
import { charted, chartedByArgo, hydrated, withChart } from '../../charted.ts';
import { told } from '../../../support/told.ts';

const at = 'environments.dev.applications.shop.helmCharts.search.renderedBy';
const engine = { kind: 'engine', kinds: ['Deployment.apps', 'Service'] } as const;
const toldOf = (renderedBy: ChartRenderer): readonly string[] =>
  told(
    renderedCharts,
    withChart(charted(), (chart) => ({ ...chart, renderedBy })),
  );
const fromRepository = (repository: string): readonly string[] => {
  const delivery = charted();
  const artifacts = delivery.artifacts.map((it) => (it.kind === 'chart' ? { ...it, repository } : it));
  return told(renderedCharts, { ...delivery, artifacts });
};

describe('an engine that renders a chart is told what it may make of it, and where the chart is', () => {
  test('passes for kinds of a namespace, within what Flux waits for', () => {
    expect(told(renderedCharts, charted())).toEqual([]);
    expect(told(renderedCharts, hydrated())).toEqual([]);
    expect(told(renderedCharts, { ...hydrated(), stages: [] })).toEqual([]);
    expect(toldOf(engine)).toEqual([]);
    expect(toldOf({ ...engine, retries: 0, timeoutMinutes: 60 })).toEqual([]);
  });

  test('fails for no kinds, for what is no kind, and for kinds of the whole cluster', () => {
    expect(toldOf({ ...engine, kinds: [] })).toEqual([
      `${at}.kinds: must name the kinds that the chart makes, with their group, e.g. ["Deployment.apps", "Service"]: no other may be made, got []`,
    ]);
    expect(toldOf({ ...engine, kinds: ['apps/Deployment'] })).toEqual([
      `${at}.kinds[0]: must be a kind with its group, e.g. "Deployment.apps", got "apps/Deployment"`,
    ]);
    const ofCluster =
      'belongs to the whole cluster, and the account of a chart may change its namespace alone; have who keeps the cluster make it, and tell the chart in its values to leave it out';
    expect(toldOf({ ...engine, kinds: ['ClusterRole.rbac.authorization.k8s.io', 'Namespace'] })).toEqual([
      `${at}.kinds[0]: ${ofCluster}, got "ClusterRole.rbac.authorization.k8s.io"`,
      `${at}.kinds[1]: ${ofCluster}, got "Namespace"`,
    ]);
  });

  test('passes for a chart that Argo CD renders, also where no stage says who does', () => {
    expect(told(renderedCharts, chartedByArgo())).toEqual([]);
    expect(told(renderedCharts, { ...chartedByArgo(), stages: [] })).toEqual([]);
  });

  test('fails for what Argo CD does not do with a chart', () => {
    const delivery = withChart(chartedByArgo(), (chart) => ({
      ...chart,
      renderedBy: { ...engine, kinds: ['Secret'], test: true, timeoutMinutes: 5, retries: 1 },
    }));

    expect(told(renderedCharts, delivery)).toEqual([
      `${at}.test: is nothing that Argo CD does; leave it out, or have Flux follow, got true`,
      `${at}.timeoutMinutes: is nothing that Argo CD takes of a chart: it tries again by itself; leave it out, got 5`,
      `${at}.retries: is nothing that Argo CD takes of a chart: it tries again by itself; leave it out, got 1`,
      `${at}.kinds[0]: is nothing that Argo CD may make here, because a prune would delete one; declare a credential, and name its Secret in values, got "Secret"`,
    ]);
  });

  test('fails for a reason that says nothing', () => {
    expect(toldOf({ kind: 'program', withoutHooks: ' ', withoutDefinitions: '' })).toEqual([
      `${at}.withoutHooks: must say why, or who does instead, got " "`,
      `${at}.withoutDefinitions: must say why, or who does instead, got ""`,
    ]);
  });

  test('fails for an image that is pinned where nobody looks at it, and for what is none', () => {
    const pinning = (delivery: Delivery, pins: string): readonly string[] => {
      const artifacts = delivery.artifacts.map((it) => (it.kind === 'chart' ? { ...it, pins } : it));
      return told(renderedCharts, { ...delivery, artifacts });
    };
    const pins = 'artifacts.search-chart.pins';

    expect(pinning(charted(), 'orders')).toEqual([
      `${pins}: is not carried out yet for a chart that the engine renders, of which nobody sees the image before; let a workflow package it (charts of the builder "githubActions"), leave pins out, or leave renderedBy out, got "orders"`,
    ]);
    expect(pinning(hydrated(), 'search-chart')).toEqual([
      `${pins}: must name an artifact of kind "image", got "search-chart"`,
    ]);
    expect(
      pinning(
        withChart(hydrated(), (chart) => ({ ...chart, artifact: 'orders' })),
        'orders',
      ),
    ).toEqual([`${pins}: is not carried out yet; leave it out, and deliver the image itself, got "orders"`]);
    const artifacts = charted().artifacts.map((it) => (it.name === 'orders' ? { ...it, pins: 'payments' } : it));
    expect(told(renderedCharts, { ...charted(), artifacts })).toEqual([
      'artifacts.orders.pins: is not carried out yet; leave it out, and deliver the image itself, got "payments"',
    ]);
  });

  test('fails for times and tries that Flux would not take', () => {
    expect(toldOf({ ...engine, timeoutMinutes: 0.5, retries: -1 })).toEqual([
      `${at}.timeoutMinutes: must be a whole number of minutes, 1 to 60, got 0.5`,
      `${at}.retries: must be a whole number, 0 to 10, got -1`,
    ]);
  });

  test('fails for a site of charts, and an address in place of a repository', () => {
    expect(fromRepository('https://charts.example')).toEqual([
      'artifacts.search-chart.repository: is not carried out yet: a site of charts vouches for no digest; push the charts to an OCI registry ("helm push"), and write its repository, e.g. "ghcr.io/acme/charts/orders", got "https://charts.example"',
    ]);
    expect(fromRepository('oci://ghcr.io/acme/charts/search')).toEqual([
      'artifacts.search-chart.repository: must be a repository of an OCI registry without oci:// and version, e.g. "ghcr.io/acme/charts/orders", got "oci://ghcr.io/acme/charts/search"',
    ]);
  });
});
