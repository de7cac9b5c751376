import { describe, expect, test } from '@jest/globals';
import { engines } from '../../../../src/engines/engines.ts';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';
import { bootstrapOrder } from '../../../../src/review/diff/order/bootstrap-order.ts';

const object = (kind: string, name: string, spec: object): KubernetesObject => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'argoproj.io/v1alpha1',
  kind,
  metadata: { name, namespace: kind === 'Deployment' ? 'dev' : 'argocd' },
  spec,
});
const project = (spec: object): KubernetesObject => object('AppProject', 'shop-dev', spec);
const ignoring = (...names: readonly string[]): KubernetesObject =>
  object('Application', 'shop-dev', {
    ignoreDifferences: names.map((name) => ({
      group: 'apps',
      kind: 'Deployment',
      name,
      jsonPointers: ['/spec/replicas'],
    })),
  });
const told = (before: readonly KubernetesObject[], after: readonly KubernetesObject[]): readonly string[] =>
  bootstrapOrder(before, after).map(({ when, message, hurts }) =>
    [when, message, ...(hurts === undefined ? [] : [hurts])].join(': '),
  );

describe('the order between bootstrap/ and the branch', () => {
  test('has every addition of an AppProject before, and every removal after, whatever list it is in', () => {
    const before = project({
      namespaceResourceWhitelist: [{ group: 'policy', kind: 'PodDisruptionBudget' }],
      clusterResourceWhitelist: [{ group: '', kind: 'PersistentVolume' }],
      sourceRepos: ['https://github.com/acme/old.git'],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'dev' }],
    });
    const after = project({
      namespaceResourceWhitelist: [{ kind: 'HorizontalPodAutoscaler', group: 'autoscaling' }],
      clusterResourceWhitelist: [{ kind: 'PersistentVolume', group: '' }],
      sourceRepos: ['https://github.com/acme/new.git'],
      destinations: [{ namespace: 'dev', server: 'https://cluster.example' }],
    });

    expect(told([before], [after])).toEqual([
      'before: the AppProject must allow HorizontalPodAutoscaler.autoscaling before Argo CD applies one',
      'before: the AppProject must allow https://github.com/acme/new.git before Argo CD uses it',
      'before: the AppProject must allow dev of https://cluster.example before Argo CD uses it',
      'after: the AppProject must allow PodDisruptionBudget.policy until Argo CD pruned the last one; else it runs on for ever, and nothing says so',
      'after: the AppProject must allow https://github.com/acme/old.git until Argo CD uses it no more',
      'after: the AppProject must allow dev of https://kubernetes.default.svc until Argo CD uses it no more',
    ]);
    expect(told([before], [before])).toEqual([]);
  });

  test('has a field that the branch stops saying ignored before, and names what it would fall from', () => {
    const before = [ignoring('a'), object('Deployment', 'a', {}), object('Deployment', 'b', { replicas: 6 })];
    const after = [ignoring('a', 'b'), object('Deployment', 'a', {}), object('Deployment', 'b', {})];

    expect(told(before, after)).toEqual([
      'before: the Application must leave spec.replicas of Deployment/b alone before it leaves the branch: ' +
        'Argo CD would take spec.replicas of Deployment/b away: from 6 to 1 pod, until its autoscaler acts',
    ]);
  });

  test('hurts nothing where the object is new, never said the field, or still says it', () => {
    const ignored =
      'before: the Application must leave spec.replicas of Deployment/b alone before it leaves the branch';
    const says = object('Deployment', 'b', { replicas: 6 });
    const saysNothing = object('Deployment', 'b', {});

    expect(told([ignoring()], [ignoring('b'), saysNothing])).toEqual([ignored]);
    expect(told([ignoring(), saysNothing], [ignoring('b'), saysNothing])).toEqual([ignored]);
    expect(told([ignoring(), says], [ignoring('b'), says])).toEqual([ignored]);
  });

  test('has an Application that is new first, and one that goes last', () => {
    expect(told([object('Application', 'old', {})], [object('Application', 'new', {})])).toEqual([
      'before: Application/new is new and comes first',
      'after: Application/old goes last, and with it everything that it applied',
    ]);
  });

  test('has an engine let go of everything before another one takes over, and goes on about nothing of it', () => {
    const delivery = validDelivery();
    const environment = delivery.environments[0]!;
    const binding = { delivery, environment, opsRepository: 'https://github.com/acme/shop-ops.git' };
    const followed = environment.applications.map((application) => ({ application, objects: [] }));
    const byArgoCd = engines.argocd.bootstrap(binding, followed).map((made) => made.object);
    const byFlux = engines.flux.bootstrap(binding, followed).map((made) => made.object);
    const letsGo = (kind: string): string =>
      `before: ${kind}/shop-dev must let go first: another engine takes over, and deleted as it is it takes along everything that it applied`;

    const [first, ...rest] = told(byArgoCd, byFlux);
    expect(first).toBe(letsGo('Application'));
    expect(rest).toEqual(
      byFlux.map(({ kind }) => expect.stringMatching(`^before: ${kind}/.* is new and comes first$`)),
    );
    expect(bootstrapOrder(byArgoCd, byFlux)[0]?.command).toBe(
      `kubectl -n argocd patch application shop-dev --type merge -p '{"metadata":{"finalizers":null}}' && kubectl -n argocd delete application shop-dev`,
    );
    expect(told(byFlux, byArgoCd)[0]).toBe(letsGo('Kustomization'));
    // An environment that goes, with nobody to take over, is taken away as ever.
    expect(told(byArgoCd, []).join()).not.toContain('must let go');
  });
});
