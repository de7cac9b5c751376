import { describe, expect, test } from '@jest/globals';
import { podReferences } from '../../../../src/model/rules/reference/pod-references.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withApplication, withContainer, withService } from '../../../support/valid-delivery.ts';

const orders = 'environments.dev.applications.shop.services.orders';

describe('whatever a pod uses is declared', () => {
  test('passes for a valid delivery', () => {
    expect(told(podReferences, validDelivery())).toEqual([]);
  });

  test('fails for a service without containers', () => {
    expect(
      told(
        podReferences,
        withService(validDelivery(), 'dev', 'orders', (service) => ({ ...service, containers: [] })),
      ),
    ).toEqual([`${orders}.containers: must hold at least one container, got []`]);
  });

  test('fails for volumes of things that are not there', () => {
    const delivery = withService(validDelivery(), 'dev', 'orders', (service) => ({
      ...service,
      volumes: [
        { name: 'uploads', kind: 'claim', claim: 'upload' },
        { name: 'config', kind: 'config', config: 'order-config' },
        { name: 'secret', kind: 'secret', credential: 'bank-token' },
        { name: 'scratch', kind: 'emptyDir' },
      ],
    }));

    expect(told(podReferences, delivery)).toEqual([
      `${orders}.volumes.uploads: there is no claim of this application of this name; write "uploads", got "upload"`,
      `${orders}.volumes.config: there is no config of this service of this name; write "orders-config", got "order-config"`,
      `${orders}.volumes.secret: there is no credential in dev of this name; write "orders-db-password" or "ops-read", got "bank-token"`,
    ]);
  });

  test('fails for an artifact that is not there in an object that the model wrote', () => {
    const delivery = withApplication(validDelivery(), 'dev', (shop) => ({
      ...shop,
      objects: [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          metadata: { name: 'dev-report', namespace: 'dev' },
          spec: { jobTemplate: { spec: { template: { spec: { containers: [{ image: { artifact: 'order' } }] } } } } },
        },
      ],
    }));

    expect(told(podReferences, delivery)).toEqual([
      'environments.dev.applications.shop.objects[0].spec.jobTemplate.spec.template.spec.containers[0].image: there is no artifact of this name; write "orders", got "order"',
    ]);
  });

  test('fails for artifacts, configs and mounts that are not there, in init containers too', () => {
    const broken = withContainer(validDelivery(), 'dev', 'orders', (container) => ({
      ...container,
      envFrom: ['config'],
      mounts: [{ volume: 'upload', path: '/var/uploads' }],
    }));
    const delivery = withService(broken, 'dev', 'orders', (service) => ({
      ...service,
      initContainers: [
        { name: 'migrate', image: { artifact: 'order' }, resources: { requests: { cpu: '10m', memory: '16Mi' } } },
      ],
    }));

    expect(told(podReferences, delivery)).toEqual([
      `${orders}.containers.orders.envFrom[0]: there is no config of this service of this name; write "orders-config", got "config"`,
      `${orders}.containers.orders.mounts[0]: there is no volume of this service of this name; write "uploads", got "upload"`,
      `${orders}.initContainers.migrate.image: there is no artifact of this name; write "orders", got "order"`,
    ]);
  });
});
