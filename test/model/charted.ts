import type { HelmChart } from '../../src/model/charts/helm-chart.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { ImageVersion } from '../../src/model/release.ts';
import { followedByFlux } from '../engines/flux/followed-by-flux.ts';
import { validDelivery } from '../support/valid-delivery.ts';

/** A version of the chart, as a release has it. */
export const searchChart: ImageVersion = {
  repository: 'ghcr.io/acme/charts/search',
  tag: '1.4.2',
  digest: `sha256:${'5ea4c'.padEnd(64, '0')}`,
};

const search: HelmChart = {
  name: 'search',
  artifact: 'search-chart',
  values: { replicaCount: 2, ui: { message: 'Hello' }, hosts: ['a', 'b'] },
  renderedBy: {
    kind: 'engine',
    kinds: ['Deployment.apps', 'Service'],
    test: true,
    timeoutMinutes: 10,
    retries: 2,
    pullCredential: 'charts',
  },
};

const pull: Credential = {
  name: 'charts',
  purpose: 'registryRead',
  holder: 'Flux',
  store: { kind: 'kubernetes', secretName: 'charts-login', keys: ['.dockerconfigjson'] },
  scope: 'reads ghcr.io/acme/charts',
};

/** A delivery with the chart of every application changed. */
export const withChart = (delivery: Delivery, change: (chart: HelmChart) => HelmChart): Delivery => ({
  ...delivery,
  environments: delivery.environments.map((environment) => ({
    ...environment,
    applications: environment.applications.map((application) => ({
      ...application,
      helmCharts: (application.helmCharts ?? []).map(change),
    })),
  })),
});

/** The small valid delivery, followed by Flux, with a chart in dev, beside the services, that Flux renders. */
export function charted(): Delivery {
  const delivery = followedByFlux(validDelivery());
  return {
    ...delivery,
    artifacts: [
      ...delivery.artifacts,
      { name: 'search-chart', kind: 'chart', repository: searchChart.repository, scheme: { kind: 'semver' } },
    ],
    supplies: [
      ...delivery.supplies,
      {
        name: 'charts',
        artifacts: ['search-chart'],
        source: 'shop',
        builder: { kind: 'external', by: 'the team of the search engine' },
        checks: [],
        triggers: [],
        discovery: { kind: 'sameJob' },
      },
    ],
    environments: delivery.environments.map((environment) =>
      environment.name === 'dev'
        ? {
            ...environment,
            credentials: [...environment.credentials, pull],
            applications: environment.applications.map((application) => ({ ...application, helmCharts: [search] })),
          }
        : environment,
    ),
    stages: delivery.stages.map((stage) =>
      stage.intake.from === 'supply' ? { ...stage, intake: { from: 'supply', supplies: ['images', 'charts'] } } : stage,
    ),
    initialReleases: Object.fromEntries(
      Object.entries(delivery.initialReleases).map(([name, release]) => [
        name,
        name === 'dev' ? { ...release, images: { ...release.images, 'search-chart': searchChart } } : release,
      ]),
    ),
  };
}

/** The same followed by Argo CD, which renders the chart, of a registry that everybody may read. */
export function chartedByArgo(): Delivery {
  const delivery = withChart(charted(), (chart) => ({
    ...chart,
    renderedBy: { kind: 'engine', kinds: ['Deployment.apps', 'Service', 'DaemonSet.apps'] },
  }));
  const { environments, stages } = validDelivery();
  return {
    ...delivery,
    environments: delivery.environments.map((environment, i) => ({
      ...environment,
      credentials: environments[i]?.credentials ?? [],
    })),
    stages: delivery.stages.map((stage, i) => ({ ...stage, engine: stages[i]?.engine ?? stage.engine })),
  };
}

/** The same with a chart that the program renders, and that pins an image which nothing else runs. */
export function hydrated(): Delivery {
  const delivery = withChart(charted(), ({ renderedBy: _, ...chart }) => ({
    ...chart,
    renderedBy: {
      kind: 'program',
      withoutHooks: 'its one hook fills a database that is filled',
      withoutDefinitions: 'the platform team, with the search operator',
    },
  }));
  return {
    ...delivery,
    artifacts: [
      ...delivery.artifacts.map((it) => (it.kind === 'chart' ? { ...it, pins: 'search' } : it)),
      { name: 'search', kind: 'image', repository: 'ghcr.io/acme/search', scheme: { kind: 'semver' } },
    ],
    supplies: delivery.supplies.map((it) =>
      it.name === 'charts' ? { ...it, artifacts: [...it.artifacts, 'search'] } : it,
    ),
  };
}

/** The same with a chart that Flux fetches from a site, or from a registry, by its version alone. */
export function fromHelmRepository(url = 'https://charts.example/stable'): Delivery {
  const { digest: _, ...version } = searchChart;
  const repository = `${url.replace(/^\w+:\/\//, '')}/search`;
  const delivery = withChart(charted(), (chart) => {
    const { pullCredential: _unused, ...renderedBy } = chart.renderedBy as Extract<
      HelmChart['renderedBy'],
      { readonly kind: 'engine' }
    >;
    return { ...chart, renderedBy: { ...renderedBy, helmRepository: url } };
  });
  const { dev } = delivery.initialReleases;
  return {
    ...delivery,
    artifacts: delivery.artifacts.map((it) =>
      it.kind === 'chart' ? { ...it, repository, ...(url.startsWith('http') ? { allowTagOnly: true } : {}) } : it,
    ),
    initialReleases: {
      ...delivery.initialReleases,
      dev: { ...dev, images: { ...dev?.images, 'search-chart': { ...version, repository } } },
    },
  };
}
