import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { problemsOf, validate } from '../../../src/model/validation/validate.ts';
import { parseSettings } from '../../../src/model/settings/settings.ts';
import type { Write } from '../../../src/model/stage.ts';
import { validDelivery, withEnvironment, withService, withStage } from '../../support/valid-delivery.ts';
import { withTools } from '../../support/with-toolchain.ts';

describe('the rules together', () => {
  test('find nothing wrong with a valid delivery', () => {
    expect(problemsOf(validDelivery())).toEqual([]);
  });

  test('accept a valid delivery with settings that fit it', () => {
    const settings = parseSettings({
      platform: {
        config: {
          'portolan:opsRepository': 'https://github.com/acme/shop-ops.git',
          'portolan:generations': { promotion: 2 },
        },
      },
      dev: { config: { 'portolan:replicas': { orders: 1 }, 'portolan:generations': { 'orders-db-password': 2 } } },
    });

    expect(() => {
      validate(validDelivery(), settings);
    }).not.toThrow();
  });

  test('fails with all problems of all rules at once', () => {
    const broken = withEnvironment(
      withService(validDelivery(), 'dev', 'orders', (service) => ({
        ...service,
        replicas: -1,
        connects: [{ kind: 'service', to: 'paymets', port: 'http' }],
      })),
      'prod',
      (environment) => ({ ...environment, namePrefix: 'dev-' }),
    );

    expect(() => {
      validate(broken);
    }).toThrow(
      [
        'portolan: the delivery is not valid (5 problems)',
        '  environments.dev.applications.shop.services.orders.connects[0]: there is no service or database of this name; write "payments", got "paymets"',
      ].join('\n'),
    );
  });

  test('fails once for one mistake in several environments, and names them', () => {
    const misspelt = ['dev', 'prod'].reduce(
      (delivery, environment) =>
        withService(delivery, environment, 'orders', (service) => ({
          ...service,
          connects: [...(service.connects ?? []), { kind: 'service', to: 'paymets', port: 'http' }],
        })),
      validDelivery(),
    );

    expect(() => {
      validate(misspelt);
    }).toThrow(
      'portolan: the delivery is not valid (1 problem)\n  environments.dev.applications.shop.services.orders.connects[2]: there is no service or database of this name; write "payments", got "paymets" (the same in prod)',
    );
  });

  test('fails once for one mistake in several stages and toolchains, and names them', () => {
    const delivery = withTools();
    const mistyped = <Writer extends { readonly write: Write }>(writer: Writer): Writer => ({
      ...writer,
      write: { ...writer.write, repository: 'shop-opss' },
    });

    expect(() => {
      validate({
        ...delivery,
        stages: delivery.stages.map(mistyped),
        toolchains: delivery.toolchains?.map(mistyped),
      });
    }).toThrow(
      'portolan: the delivery is not valid (1 problem)\n  stages.dev.write.repository: there is no repository of this name; write "shop-ops", got "shop-opss" (the same in prod and tools)',
    );
  });

  test('fails once for a name that is mistyped where it is declared, however many places name it', () => {
    const delivery = validDelivery();
    const artifacts = delivery.artifacts.map((one) => (one.name === 'orders' ? { ...one, name: 'ordesr' } : one));

    expect(() => {
      validate({ ...delivery, artifacts });
    }).toThrow(
      'portolan: the delivery is not valid (1 problem)\n  supplies.images.artifacts[0]: there is no artifact of this name; write "ordesr", or "orders" where "ordesr" is declared: 5 other places name it so, too, got "orders"',
    );
  });

  test('fails for a mistyped name alone, not for what is wrong only because of it', () => {
    const delivery = validDelivery();
    const mistyped: readonly (readonly [Delivery, string])[] = [
      [
        withService(delivery, 'dev', 'orders', (service) => ({
          ...service,
          connects: (service.connects ?? []).map((one) =>
            one.kind === 'service' ? { ...one, to: `${one.to}x` } : one,
          ),
        })),
        'environments.dev.applications.shop.services.orders.connects[0], environments.dev.applications.shop.services.orders.connects[1]',
      ],
      [
        withService(delivery, 'dev', 'orders', (service) => ({
          ...service,
          containers: service.containers.map((container) => ({ ...container, image: { artifact: 'order' } })),
        })),
        'environments.dev.applications.shop.services.orders.containers.orders.image',
      ],
      [
        { ...delivery, supplies: delivery.supplies.map((supply) => ({ ...supply, artifacts: ['orders', 'payment'] })) },
        'supplies.images.artifacts[1]',
      ],
      [withStage(delivery, 'prod', (stage) => ({ ...stage, environment: 'prid' })), 'stages.prod.environment'],
    ];

    expect(
      mistyped.map(([one]) =>
        problemsOf(one)
          .map(({ path }) => path)
          .join(', '),
      ),
    ).toEqual(mistyped.map(([, paths]) => paths));
    expect(problemsOf(mistyped[1]![0])).toEqual([
      {
        path: 'environments.dev.applications.shop.services.orders.containers.orders.image',
        message: 'there is no artifact of this name; write "orders"',
        given: 'order',
      },
    ]);
  });

  test('fails for a mistyped name and for what is wrong besides, and for a name that is near to none with its consequences', () => {
    const orders = (to: string, replicas: number): Delivery =>
      withService(validDelivery(), 'dev', 'orders', (service) => ({
        ...service,
        replicas,
        connects: [{ kind: 'service', to, port: 'http' }, ...(service.connects ?? []).slice(0, 1)],
      }));

    expect(problemsOf(orders('paymets', -1)).map(({ path }) => path.replace(/^.*services\./, ''))).toEqual([
      'orders.connects[0]',
      'orders.replicas',
    ]);
    expect(problemsOf(orders('nothing-like-it', 1)).map(({ path }) => path.replace(/^.*services\./, ''))).toEqual([
      'orders.connects[0]',
      'orders.containers.orders.env.PAYMENTS_URL',
    ]);
  });

  test('fails for more mistyped names than are put right, for each', () => {
    const mistyped = withService(validDelivery(), 'dev', 'orders', (service) => ({
      ...service,
      connects: [
        ...(service.connects ?? []),
        ...Array.from({ length: 15 }, () => ({ kind: 'service', to: 'paymets', port: 'http' }) as const),
      ],
    }));

    expect(problemsOf(mistyped).filter(({ given }) => given === 'paymets')).toHaveLength(15);
  });

  test('fails for a misspelt key alone, not for what its absence would mean', () => {
    const misspelt = withService(validDelivery(), 'dev', 'orders', ({ connects, ...service }) =>
      Object.assign(service, { conects: connects }),
    );

    expect(problemsOf(misspelt)).toEqual([
      {
        path: 'environments.dev.applications.shop.services.orders.conects',
        message: 'there is no key of this name; write "connects"',
      },
    ]);
  });

  test('fails for a misspelt key and for all that is wrong besides', () => {
    const misspelt = withService(validDelivery(), 'dev', 'orders', ({ connects, ...service }) =>
      Object.assign(service, { conects: [...(connects ?? []), { kind: 'service', to: 'paymets', port: 'http' }] }),
    );

    expect(problemsOf(misspelt).map(({ path }) => path.replace(/^.*orders\./, ''))).toEqual(['conects', 'connects[2]']);
  });

  test('fails on settings that name what the delivery does not have', () => {
    const settings = parseSettings({
      platform: {
        config: {
          'portolan:opsRepository': 'https://github.com/acme/shop-ops.git',
          'portolan:generations': { promotor: 2 },
        },
      },
      dev: {
        config: {
          'portolan:replicas': { orderz: 1 },
          'portolan:generations': { 'bank-token': 2 },
          'portolan:secrets': { mail: { secure: 'v1:abc' } },
        },
      },
      stage: {},
    });

    expect(() => {
      validate(validDelivery(), settings);
    }).toThrow(
      [
        'portolan: the delivery is not valid (5 problems)',
        '  Pulumi.platform.yaml: config.portolan:generations.promotor: there is no credential of the delivery of this name; write "promotion"',
        '  Pulumi.dev.yaml: config.portolan:replicas.orderz: there is no service in dev of this name; write "orders"',
        '  Pulumi.dev.yaml: config.portolan:generations.bank-token: there is no credential in dev of this name; write "orders-db-password" or "ops-read"',
        '  Pulumi.dev.yaml: config.portolan:secrets.mail: there is no credential in dev of this name; write "orders-db-password" or "ops-read"',
        '  Pulumi.stage.yaml: is for an environment that project.ts does not declare; there is no environment of this name; write "dev" or "prod"',
      ].join('\n'),
    );
  });
});
