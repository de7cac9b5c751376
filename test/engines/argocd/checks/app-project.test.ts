import { expect, test } from '@jest/globals';
import { appProject } from '../../../../src/engines/argocd/checks/app-project.ts';
import {
  bootstrap,
  deployment,
  findings,
  object,
  service,
  volume,
  type Fields,
} from '../../../review/checks/small-objects.ts';

const repository = 'https://github.com/acme/shop-ops.git';

const project = (spec: Fields = {}) =>
  bootstrap(
    object('argoproj.io/v1alpha1', 'AppProject', 'shop-dev', {
      spec: {
        sourceRepos: [repository],
        destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'dev' }],
        clusterResourceWhitelist: [{ group: '', kind: 'PersistentVolume' }],
        namespaceResourceWhitelist: [
          { group: 'apps', kind: 'Deployment' },
          { group: '', kind: 'Service' },
        ],
        ...spec,
      },
    }),
  );

const application = (name = 'shop-dev', repoURL = repository) =>
  bootstrap(
    object('argoproj.io/v1alpha1', 'Application', 'shop-dev', { spec: { project: name, source: { repoURL } } }),
  );

const manifests = [deployment('dev-orders'), service('dev-orders-svc'), volume('dev-volume')];

test('accepts a project that allows exactly what is rendered', () => {
  expect(findings(appProject, [project(), application(), ...manifests])).toEqual([]);
});

test('fails on every wildcard', () => {
  const wide = project({
    sourceRepos: ['*'],
    destinations: [{ server: '*', namespace: '*' }],
    clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    namespaceResourceWhitelist: [{ group: '*', kind: '*' }],
  });

  const advice = 'a wildcard allows more than this environment needs; write what it needs, got "*"';
  expect(findings(appProject, [wide, application(), ...manifests])).toEqual([
    `AppProject/shop-dev spec.sourceRepos[0]: ${advice}`,
    `AppProject/shop-dev spec.destinations[0].server: ${advice}`,
    `AppProject/shop-dev spec.destinations[0].namespace: ${advice}`,
    `AppProject/shop-dev spec.clusterResourceWhitelist[0].group: ${advice}`,
    `AppProject/shop-dev spec.clusterResourceWhitelist[0].kind: ${advice}`,
    `AppProject/shop-dev spec.namespaceResourceWhitelist[0].group: ${advice}`,
    `AppProject/shop-dev spec.namespaceResourceWhitelist[0].kind: ${advice}`,
  ]);
});

test('fails on a kind that is rendered and not allowed, allowed and not rendered, and on Secret', () => {
  const other = project({
    namespaceResourceWhitelist: [
      { group: '', kind: 'Service' },
      { group: 'batch', kind: 'CronJob' },
      { group: '', kind: 'Secret' },
    ],
  });

  expect(findings(appProject, [other, application(), ...manifests])).toEqual([
    'AppProject/shop-dev spec.namespaceResourceWhitelist[1]: allows CronJob of batch, which is not rendered; remove it',
    'AppProject/shop-dev spec.namespaceResourceWhitelist[2]: allows Secret, so that a prune may delete one; remove it',
    'AppProject/shop-dev spec.namespaceResourceWhitelist: does not allow Deployment of apps, which is rendered; Argo CD would refuse the sync, add it',
  ]);
});

test('fails on another namespace, another repository, and on the project that allows everything', () => {
  const elsewhere = project({ destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'prod' }] });

  expect(
    findings(appProject, [elsewhere, application('shop-dev', 'https://github.com/other/ops.git'), ...manifests]),
  ).toEqual([
    'AppProject/shop-dev spec.destinations[0].namespace: allows another namespace than the environment\'s; write "dev", got "prod"',
    `AppProject/shop-dev spec.sourceRepos: Application "shop-dev" reads another repository; write "https://github.com/other/ops.git", got ${repository}`,
  ]);
  expect(findings(appProject, [application('default'), ...manifests])).toEqual([
    'Application/shop-dev spec.project: the project "default" allows everything; write the AppProject of this environment',
  ]);
});
