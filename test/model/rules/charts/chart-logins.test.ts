import { describe, expect, test } from '@jest/globals';
import type { HelmChart } from '../../../../src/model/charts/helm-chart.ts';
import type { Credential } from '../../../../src/model/credential.ts';
import { environmentOf, type Delivery } from '../../../../src/model/delivery.ts';
import { chartLogins } from '../../../../src/model/rules/charts/chart-logins.ts';
import { credentialShape } from '../../../../src/model/rules/credential/credential-shape.ts';
import { podCredentials } from '../../../../src/model/rules/reference/pod-credentials.ts';
import { engines } from '../../../../src/engines/engines.ts';
import { renderEnvironment } from '../../../../src/render/render-environment.ts';
import { told } from '../../../support/told.ts';
import { charted, chartedByArgo, fromHelmRepository, withChart } from '../../charted.ts';

const at = 'environments.dev.applications.shop.helmCharts';
const opsRepository = 'https://github.com/acme/shop-ops.git';
const login = (keys: readonly string[], namespace?: string): Credential => ({
  name: 'charts',
  purpose: 'registryRead',
  holder: 'the engine',
  store: {
    kind: 'kubernetes',
    secretName: 'charts-login',
    keys,
    ...(namespace === undefined ? {} : { namespace }),
  },
  scope: 'reads charts',
});

/** A delivery whose charts are fetched with a login that is kept so. */
function withLogin(delivery: Delivery, credential: Credential, change = (chart: HelmChart) => [chart]): Delivery {
  const named = withChart(delivery, (chart) => ({
    ...chart,
    renderedBy: { ...chart.renderedBy, pullCredential: 'charts' } as NonNullable<HelmChart['renderedBy']>,
  }));
  return {
    ...named,
    environments: named.environments.map((environment) =>
      environment.name === 'dev'
        ? {
            ...environment,
            credentials: [...environment.credentials.filter(({ name }) => name !== 'charts'), credential],
            applications: environment.applications.map((application) => ({
              ...application,
              helmCharts: (application.helmCharts ?? []).flatMap(change),
            })),
          }
        : environment,
    ),
  };
}

const toldOf = (delivery: Delivery): readonly string[] => [
  ...[chartLogins, credentialShape, podCredentials].flatMap((rule) => told(rule, delivery)),
];
const account = ['username', 'password'];
const secretOf = (delivery: Delivery, live: object = {}) => {
  const environment = environmentOf(delivery, 'dev');
  const credential = environment.credentials.find(({ name }) => name === 'charts')!;
  const secret = engines.argocd.repositorySecret({ delivery, environment, opsRepository }, credential);
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'charts-login' }, ...live };
  return { secret, unfound: secret?.unfound(object).map(({ message, line }) => `${message}: ${line}`) };
};

describe('the login that a chart is fetched with', () => {
  test('passes for an account where Argo CD looks, for a Docker login beside Flux, and for an account of a site', () => {
    expect(toldOf(withLogin(chartedByArgo(), login(account, 'argocd')))).toEqual([]);
    expect(toldOf(charted())).toEqual([]);
    expect(toldOf(withLogin(fromHelmRepository(), login(account)))).toEqual([]);
  });

  test('fails for other keys, and in another namespace than its engine reads', () => {
    expect(toldOf(withLogin(chartedByArgo(), login(['.dockerconfigjson'])))).toEqual([
      `environments.dev.credentials.charts.store.keys: must be ["password","username"], because ${at}.search.renderedBy.pullCredential is fetched with it, and its engine takes no other, got [".dockerconfigjson"]`,
      `${at}.search.renderedBy.pullCredential: must be in namespace argocd, because the engine reads no other, got "dev"`,
    ]);
    expect(toldOf(withLogin(charted(), login(account)))).toEqual([
      `environments.dev.credentials.charts.store.keys: must be [".dockerconfigjson"], because ${at}.search.renderedBy.pullCredential is fetched with it, and its engine takes no other, got ["username","password"]`,
    ]);
  });

  test('fails where one would open two places of Argo CD', () => {
    const site = 'https://charts.example/stable';
    const twice = (chart: HelmChart): HelmChart[] => [
      chart,
      {
        ...chart,
        name: 'other',
        renderedBy: { ...chart.renderedBy, helmRepository: site } as HelmChart['renderedBy'] & {},
      },
    ];

    expect(toldOf(withLogin(chartedByArgo(), login(account, 'argocd'), twice))).toEqual([
      `${at}.other.renderedBy.pullCredential: opens oci://ghcr.io/acme/charts, because ${at}.search.renderedBy.pullCredential names it too; declare another for ${site}, got "charts"`,
    ]);
  });

  test('passes to Argo CD as a key of its project to a folder of the registry, or to a site', () => {
    const delivery = withLogin(chartedByArgo(), login(account, 'argocd'));
    const site = withChart(delivery, (chart) => ({
      ...chart,
      renderedBy: {
        ...chart.renderedBy,
        helmRepository: 'https://charts.example/stable',
      } as HelmChart['renderedBy'] & {},
    }));

    expect(secretOf(delivery).secret).toMatchObject({
      labels: { 'argocd.argoproj.io/secret-type': 'repository' },
      fields: { type: 'helm', url: 'ghcr.io/acme/charts', enableOCI: 'true' },
      limits: { project: 'shop-dev', name: 'charts-login' },
    });
    expect(secretOf(site).secret?.fields).toEqual({ type: 'helm', url: 'https://charts.example/stable' });
    expect(
      secretOf(
        withLogin(
          withChart(delivery, (chart) => ({ ...chart, renderedBy: { kind: 'program' } })),
          login(account, 'argocd'),
        ),
      ).secret,
    ).toBeUndefined();
  });

  test('fails in a cluster where Argo CD does not find it, or takes it for no registry', () => {
    const delivery = withLogin(chartedByArgo(), login(account, 'argocd'));
    const labels = { 'argocd.argoproj.io/secret-type': 'repository' };
    const live = (data: object) => ({ metadata: { name: 'charts-login', labels }, data });

    expect(secretOf(delivery).unfound).toEqual([
      'Argo CD does not find it without the label argocd.argoproj.io/secret-type=repository: label secret charts-login --overwrite argocd.argoproj.io/secret-type=repository',
    ]);
    expect(secretOf(delivery, live({ url: 'ghcr.io/acme' })).unfound).toEqual([
      'opens ghcr.io/acme, and Argo CD reads ghcr.io/acme/charts: patch secret charts-login -p \'{"stringData":{"url":"ghcr.io/acme/charts"}}\'',
    ]);
    expect(secretOf(delivery, live({ url: 'ghcr.io/acme/charts' })).unfound).toEqual([
      'does not say that it opens an OCI registry: patch secret charts-login -p \'{"stringData":{"enableOCI":"true"}}\'',
    ]);
    expect(secretOf(delivery, live({ url: 'ghcr.io/acme/charts', enableOCI: 'true' })).unfound).toEqual([]);
  });

  test('passes to Flux by its name, beside a site too', () => {
    const delivery = withLogin(fromHelmRepository(), login(account));
    const { objects } = renderEnvironment(delivery, environmentOf(delivery, 'dev'), delivery.initialReleases['dev']!, {
      opsRepository,
    });

    expect(objects.find(({ object }) => object.kind === 'HelmRepository')?.object).toHaveProperty('spec.secretRef', {
      name: 'charts-login',
    });
  });
});
