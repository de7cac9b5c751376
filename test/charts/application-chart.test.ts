import { describe, expect, test } from '@jest/globals';
import { App } from 'cdk8s';
import { ApplicationChart } from '../../src/charts/application-chart.ts';
import { Place } from '../../src/constructs/place.ts';
import { usualEngine } from '../../src/engines/engines.ts';
import type { Application } from '../../src/model/application.ts';
import { validDelivery } from '../support/valid-delivery.ts';
import { identitiesOf, environmentWith, placeWith, smallService } from '../constructs/synthesize.ts';

const objectsOf = (place: Place) => {
  const chart = new ApplicationChart(new App({ outdir: 'unused', recordConstructMetadata: false }), 'shop', { place });
  return identitiesOf(chart.toJson() as Parameters<typeof identitiesOf>[0]).toSorted();
};

const prod = validDelivery().environments[1]!;

describe('ApplicationChart', () => {
  test('holds all that runs in an environment', () => {
    expect(
      objectsOf(new Place(prod, prod.applications[0]!, validDelivery().initialReleases['prod']!, usualEngine.marks)),
    ).toEqual([
      'ConfigMap/prod-orders-config',
      'ConfigMap/prod-orders-db-backup-scripts',
      'ConfigMap/prod-orders-db-config',
      'ConfigMap/prod-orders-db-init-script',
      'CronJob/prod-orders-db-backup',
      'CronJob/prod-orders-db-backup-restore',
      'CronJob/prod-orders-db-backup-restore-drill',
      'Deployment/prod-orders',
      'Deployment/prod-payments',
      'IngressRoute/prod-shop',
      'Middleware/prod-shop-strip-prefix',
      'NetworkPolicy/prod-default-deny',
      'NetworkPolicy/prod-orders',
      'NetworkPolicy/prod-orders-db',
      'NetworkPolicy/prod-orders-db-backup',
      'NetworkPolicy/prod-payments',
      'PersistentVolume/prod-uploads-volume',
      'PersistentVolumeClaim/prod-orders-db-backup-data',
      'PersistentVolumeClaim/prod-uploads',
      'Service/prod-orders-db-svc',
      'Service/prod-orders-svc',
      'Service/prod-payments-svc',
      'StatefulSet/prod-orders-db',
    ]);
  });

  test('holds nothing about backups where the data asks for none', () => {
    expect(objectsOf(placeWith()).filter((identity) => identity.includes('backup'))).toEqual([]);
  });

  test('closes the namespace once, in its first application', () => {
    const second: Application = { name: 'second', services: [smallService] };
    const environment = environmentWith({ applications: [{ name: 'first', services: [] }, second] });

    expect(objectsOf(new Place(environment, second, { images: {} }, usualEngine.marks))).toEqual([
      'Deployment/dev-worker',
      'NetworkPolicy/dev-worker',
    ]);
    expect(objectsOf(new Place(environment, environment.applications[0]!, { images: {} }, usualEngine.marks))).toEqual([
      'NetworkPolicy/dev-default-deny',
    ]);
  });

  test('lets a service be called like a group of the chart', () => {
    const services = ['claims', 'objects', 'routing', 'default-deny'].map((name) => ({ ...smallService, name }));

    expect(objectsOf(placeWith({ services }))).toContain('Deployment/dev-routing');
  });

  test('takes objects as they are written', () => {
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'dev-quota', namespace: 'dev' },
      spec: { hard: { pods: '10' } },
    };

    expect(objectsOf(placeWith({ objects: [quota] }))).toContain('ResourceQuota/dev-quota');
  });
});
