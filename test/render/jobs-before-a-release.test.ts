import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../src/model/application.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { connectsTo, type ServiceJob, type Service } from '../../src/model/service.ts';
import { itemsOf, textOf, valueAt } from '../../src/objects/fields.ts';
import { ObjectIndex } from '../../src/objects/object-index.ts';
import { neededObjects } from '../../src/objects/pods/needed-objects.ts';
import { renderedFiles } from '../../src/render/rendered-files.ts';
import { small } from '../model/every-workload/small.ts';
import { followedByFlux } from '../engines/flux/followed-by-flux.ts';
import { validDelivery, withApplication } from '../support/valid-delivery.ts';
import { findings, findingsIn, rendered } from '../systems/rendered-system.ts';

const migrate: ServiceJob = {
  name: 'orders-migration',
  when: { kind: 'beforeRelease' },
  command: ['orders', 'migrate'],
  deadlineSeconds: 900,
};
const nightly: ServiceJob = {
  name: 'orders-nightly',
  when: { kind: 'schedule', cron: '0 2 * * *' },
  args: ['report'],
  deadlineSeconds: 600,
};

/** The service with a job before each release, an account of its own and an autoscaler. */
const withJobs = (service: Service): Service => {
  const { replicas: _, ...rest } = service;
  return {
    ...rest,
    jobs: [migrate, nightly],
    connects: [...(rest.connects ?? []), connectsTo('cache', 'http')],
    serviceAccount: { kind: 'own' },
    autoscaling: { min: 2, max: 4, cpuPercent: 70 },
  };
};

const migrating = (delivery: Delivery): Delivery =>
  withApplication(delivery, 'dev', (shop) => ({
    ...shop,
    services: [
      ...shop.services.map((service) => (service.name === 'orders' ? withJobs(service) : service)),
      small('cache'),
    ],
  }));

const deliveries = { 'Argo CD': migrating(validDelivery()), Flux: migrating(followedByFlux()) };
const renderingOf = (delivery: Delivery) => rendered(delivery, 'dev', delivery.initialReleases['dev']!);

/** In which step of a sync each object is applied; each step is healthy before the next one begins. */
const steps: Readonly<
  Record<keyof typeof deliveries, (objects: readonly KubernetesObject[]) => (it: KubernetesObject) => number>
> = {
  'Argo CD': () => (it) => Number(it.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0),
  Flux: (objects) => {
    const parts = objects.filter(({ kind }) => kind === 'Kustomization');
    const leavesOut = (part: KubernetesObject, it: KubernetesObject): boolean =>
      itemsOf(valueAt(part, 'spec', 'patches')).some((patch) => {
        const [, key = '', operator, value] =
          /^([^!=]+)(!?=)?(.*)$/.exec(textOf(valueAt(patch, 'target', 'annotationSelector')) ?? '') ?? [];
        const text = it.metadata.annotations?.[key];
        return operator === undefined ? text !== undefined : (text === value) === (operator === '=');
      });
    const depth = (part: KubernetesObject): number => {
      const [on] = itemsOf(valueAt(part, 'spec', 'dependsOn')).map((each) => textOf(valueAt(each, 'name')));
      const before = parts.find(({ metadata }) => metadata.name === on);
      return before === undefined ? 0 : 1 + depth(before);
    };
    return (it) => {
      const appliers = parts.filter((part) => !leavesOut(part, it));
      expect(appliers).toHaveLength(1);
      return depth(appliers[0]!);
    };
  },
};

describe.each(Object.keys(deliveries) as (keyof typeof deliveries)[])('a job before a release under %s', (engine) => {
  const delivery = deliveries[engine];
  const { objects } = renderingOf(delivery);
  const applied = objects.filter(({ application }) => application !== undefined);
  const stepOf = steps[engine](objects.map(({ object }) => object));
  const named = (kind: string, name: string) =>
    applied.find(({ object: it }) => it.kind === kind && it.metadata.name === name)!;
  const job = named('Job', 'dev-orders-migration');

  test('is done after its configuration and the pods that it talks to, and before everything else', () => {
    const index = new ObjectIndex(objects, 'dev');
    const needs = neededObjects(
      index,
      index.workloads.find(({ rendered: it }) => it === job)!,
    );
    expect(needs.map(({ kind, name }) => `${kind}/${name}`).sort()).toEqual([
      'ConfigMap/dev-orders-config',
      'ServiceAccount/dev-orders',
    ]);
    const ground = applied.filter(({ object }) => stepOf(object) < stepOf(job.object)).map(({ object }) => object);
    const pods = ground.filter(({ kind }) => !['ConfigMap', 'NetworkPolicy'].includes(kind));
    expect(needs.every(({ made }) => ground.includes(made.object))).toBe(true);
    expect(pods.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual([
      'Deployment/dev-cache',
      'Service/dev-cache-svc',
      'Service/dev-orders-db-svc',
      'ServiceAccount/dev-orders',
      'StatefulSet/dev-orders-db',
    ]);
    const beside = applied.filter(({ object }) => stepOf(object) === stepOf(job.object));
    expect(beside).toEqual([job]);
  });

  test('lets its pods talk to what its service talks to, and to nobody who asks', () => {
    const policy = named('NetworkPolicy', 'dev-orders-migration').object;
    const own = named('NetworkPolicy', 'dev-orders').object;
    const ofDatabase = named('NetworkPolicy', 'dev-orders-db').object;
    const from = itemsOf(valueAt(ofDatabase, 'spec', 'ingress')).flatMap((rule) =>
      itemsOf(valueAt(rule, 'from')).map((peer) => valueAt(peer, 'podSelector', 'matchLabels', 'app')),
    );

    expect(valueAt(policy, 'spec', 'egress')).toEqual(valueAt(own, 'spec', 'egress'));
    expect(valueAt(policy, 'spec', 'ingress')).toEqual([]);
    expect(from).toEqual(expect.arrayContaining(['orders', 'orders-migration', 'orders-nightly']));
  });

  test('follows the release, as one on a schedule does, and passes every check', () => {
    const moved = renderedFiles(renderingOf(delivery), delivery.initialReleases['dev']!).filter(({ fields }) =>
      fields.some((field) => field.kind === 'image' && field.artifact === 'orders'),
    );

    expect(moved.map(({ object }) => `${object?.kind ?? ''}/${object?.metadata.name ?? ''}`).sort()).toEqual([
      'CronJob/dev-orders-nightly',
      'Deployment/dev-orders',
      'Job/dev-orders-migration',
    ]);
    expect(findings(delivery)).toEqual([]);
  });

  test('changes at a release, and may: it is made anew', () => {
    const before = renderingOf(delivery).objects.map(({ object }) => object);
    const [release] = [delivery.initialReleases['dev']!];
    const orders = release.images['orders']!;
    const next = { images: { ...release.images, orders: { ...orders, tag: 'b'.repeat(40) } } };
    const after = rendered(delivery, 'dev', next);

    expect(findingsIn(delivery, after, before)).toEqual([]);
  });
});
