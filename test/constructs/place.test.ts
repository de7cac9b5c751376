import { describe, expect, test } from '@jest/globals';
import { host, port, text, unprefixedHost } from '../../src/model/formats/text.ts';
import { placeWith, smallService } from './synthesize.ts';

const at = 'environments.dev.applications.shop.services.orders.containers.orders.env.X';
const refused = (message: string) => `portolan: the delivery is not valid (1 problem)\n  ${at}: ${message}`;

describe('Place', () => {
  const place = placeWith();

  test('fills in hosts and ports', () => {
    const resolved = place.resolve(
      text`http://${host('payments')}:${port('payments', 'http')}/ of ${unprefixedHost('orders-db')}`,
      at,
    );

    expect(resolved).toBe('http://dev-payments-svc:80/ of orders-db-svc');
  });

  test('leaves a plain text as it is', () => {
    expect(place.resolve('${host}', at)).toBe('${host}');
  });

  test('takes an image from the release, with its digest when it is known', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const withDigest = { ...place.release, images: { orders: { repository: 'acme/orders', tag: 'v1', digest } } };

    expect(place.image({ artifact: 'orders' }, at)).toBe('acme/orders:4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd');
    expect(placeWith({}, {}, withDigest).image({ artifact: 'orders' }, at)).toBe(`acme/orders:v1@${digest}`);
    expect(place.image('acme/other:1.0', at)).toBe('acme/other:1.0');
  });

  test('knows the pods of a neighbour, and fails for one that runs outside of the cluster', () => {
    const outside = { host: 'db.example', port: 5432, database: 'x', user: 'x', credential: 'orders-db-password' };
    const wider = placeWith({ externalDatabases: [{ ...outside, name: 'ledger', addresses: 'internet' }] });

    expect(wider.podLabels('orders-db', at)).toEqual({ app: 'orders-db' });
    expect(() => wider.podLabels('ledger', at)).toThrow(
      refused('must name one that has pods; this one runs outside of the cluster, got "ledger"'),
    );
  });

  test('gives a credential its first generation when none is said', () => {
    expect(place.credential('orders-db-password', at)).toEqual({
      name: 'orders-db-password',
      secretName: 'dev-orders-db-secret',
      generation: 1,
    });
  });

  test('fails for a host of nobody', () => {
    expect(() => place.resolve(text`${host('nobody')}`, at)).toThrow(
      refused('must name a service or database of the application shop, got "nobody"'),
    );
  });

  test('fails for a port that is not there, and names those that are', () => {
    const without = placeWith({ services: [smallService] });

    expect(() => place.port('payments', 'grpc', at)).toThrow(
      refused('must name a port of "payments": http, got "grpc"'),
    );
    expect(() => without.port('worker', 'http', at)).toThrow(
      refused('must name a port of "worker": it has none, got "http"'),
    );
  });

  test('fails for an artifact that the release lacks, and says how one comes in', () => {
    expect(() => place.image({ artifact: 'stock' }, at)).toThrow(
      refused(
        'the release has no version of this artifact; bring one in with: npx portolan promote dev --image stock=IMAGE:TAG, or npx portolan promote dev --from ENVIRONMENT, got "stock"',
      ),
    );
  });

  test('fails for a database, a claim or a credential that is not there', () => {
    expect(() => place.database('stock-db', at)).toThrow(
      refused('must name a database of the application shop, got "stock-db"'),
    );
    expect(() => place.claim('stock', at)).toThrow(refused('must name a claim of the same application, got "stock"'));
    expect(() => place.credential('registry', at)).toThrow(
      refused('must name a credential of the environment that is kept in a Kubernetes Secret, got "registry"'),
    );
  });

  test('fails for a credential that no pod can read', () => {
    const elsewhere = placeWith(
      {},
      {
        credentials: [
          {
            name: 'token',
            purpose: 'webhook',
            holder: 'orders',
            store: { kind: 'githubActions', repository: 'shop', keys: ['TOKEN'] },
            scope: 'none',
          },
        ],
      },
    );

    expect(() => elsewhere.credential('token', at)).toThrow(
      refused('must name a credential of the environment that is kept in a Kubernetes Secret, got "token"'),
    );
  });
});
