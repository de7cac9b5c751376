import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import { furtherWords } from '../../model/further-words.ts';
import {
  validDelivery,
  withApplication,
  withEnvironment,
  withService,
  withStage,
} from '../../support/valid-delivery.ts';

const harbour = (delivery: Delivery, name: string) => graphOf(delivery).harbours.find((it) => it.name === name)!;

describe('the graph of a delivery', () => {
  test('has where releases come from, and the courses with their gates', () => {
    const { title, sources, courses } = graphOf(validDelivery());

    expect(title).toBe('shop');
    expect(sources).toEqual([
      {
        id: 'supply images',
        name: 'images',
        repository: 'shop',
        artifacts: ['orders', 'payments'],
        builder: 'built by GitHub Actions',
      },
    ]);
    expect(courses).toEqual([
      { from: 'supply images', to: 'environment dev', triggers: ['on a push to main'], rebuilds: false },
      {
        from: 'environment dev',
        to: 'environment prod',
        triggers: ['on a tag v*'],
        gate: 'a pull request with 1 approval by releasers and the check verify',
        rebuilds: false,
      },
    ]);
  });

  test('has what runs in an environment, and who talks to whom', () => {
    expect(harbour(validDelivery(), 'prod')).toEqual({
      id: 'environment prod',
      name: 'prod',
      place: 'cluster local, namespace prod',
      release: 'v1.0.0',
      nodes: [
        { id: 'prod outside', kind: 'outside', title: 'any host', details: [] },
        { id: 'prod shop orders', kind: 'service', title: 'orders', details: ['2 replicas'] },
        { id: 'prod shop payments', kind: 'service', title: 'payments', details: ['1 replica'] },
        { id: 'prod shop payments internet 0', kind: 'internet', title: 'internet :443', details: ['the bank'] },
        { id: 'prod shop orders-db', kind: 'database', title: 'orders-db', details: ['PostgreSQL 18.1', '100Mi'] },
        {
          id: 'prod shop orders-db backup',
          kind: 'backup',
          title: 'backup',
          details: ['dump 0 2 * * *', 'drill 0 4 * * 0', '7 days, 1Gi'],
        },
        { id: 'prod shop claim uploads', kind: 'claim', title: 'uploads', details: ['1Gi, one node'] },
      ],
      edges: [
        { from: 'prod outside', to: 'prod shop orders', kind: 'route', label: '/prod' },
        { from: 'prod shop orders', to: 'prod shop orders-db', kind: 'connection', label: 'postgresql' },
        { from: 'prod shop orders', to: 'prod shop payments', kind: 'connection', label: 'http' },
        { from: 'prod shop orders', to: 'prod shop claim uploads', kind: 'mount' },
        { from: 'prod outside', to: 'prod shop payments', kind: 'route', label: '/prod/payments' },
        { from: 'prod shop payments', to: 'prod shop payments internet 0', kind: 'internet' },
        { from: 'prod shop orders-db', to: 'prod shop orders-db backup', kind: 'backup' },
      ],
    });
  });

  test('shows what is outside of the cluster: a database by its host, addresses by their blocks, and hosts of a route', () => {
    const { nodes, edges } = graphOf(furtherWords).harbours[1]!;

    expect(nodes.filter(({ id }) => /outside|internet|ledger/.test(id))).toEqual([
      {
        id: 'prod outside',
        kind: 'outside',
        title: 'shop.example, www.shop.example',
        details: ['TLS with shop-certificate'],
      },
      { id: 'prod shop payments internet 0', kind: 'internet', title: 'internet :443', details: ['the bank'] },
      {
        id: 'prod shop payments internet 1',
        kind: 'internet',
        title: '10.40.0.0/16 :514',
        details: ['the log server on the premises'],
      },
      { id: 'prod shop payments internet 2', kind: 'internet', title: 'internet :123', details: ['the time'] },
      { id: 'prod shop ledger', kind: 'database', title: 'ledger', details: ['outside, ledger.db.example:3306'] },
    ]);
    expect(edges).toContainEqual({
      from: 'prod outside',
      to: 'prod shop payments',
      kind: 'route',
      label: '/payments, pay.shop.example/callback, bank.shop.example/callback',
    });
    expect(edges).toContainEqual({
      from: 'prod shop payments',
      to: 'prod shop ledger',
      kind: 'connection',
      label: 'mysql',
    });
  });

  test('says the release of each environment, whole commits by their first digits', () => {
    const releases = (given?: Readonly<Record<string, string>>) =>
      graphOf(validDelivery(), given).harbours.map(({ release }) => release);

    expect(releases()).toEqual(['4f2a9c1d7be0', 'v1.0.0']);
    expect(releases({ prod: 'v1.4.2' })).toEqual([undefined, 'v1.4.2']);
  });

  test('knows a service of somebody else, autoscaled pods, hosts and environments without a prefix', () => {
    const broker = {
      name: 'broker',
      containers: [{ name: 'broker', image: 'nats:2.10', resources: { requests: { cpu: '1m', memory: '1Mi' } } }],
    };
    const delivery = withEnvironment(
      withApplication(
        withService(validDelivery(), 'dev', 'orders', (service) => ({
          ...service,
          autoscaling: { min: 1, max: 4, cpuPercent: 80 },
          routes: [{ port: 'http' }, { port: 'http', path: '/api', host: 'api.example.com' }],
        })),
        'dev',
        (application) => ({ ...application, services: [...application.services, broker] }),
      ),
      'dev',
      ({ pathPrefix: _, ...environment }) => ({ ...environment, host: 'shop.example.com' }),
    );
    const { nodes, edges } = harbour(delivery, 'dev');

    expect(
      nodes
        .filter(({ title }) => ['broker', 'orders', 'shop.example.com'].includes(title))
        .map(({ kind, details }) => [kind, ...details]),
    ).toEqual([['outside'], ['service', '1 to 4 replicas'], ['foreign', '1 replica', 'nats:2.10']]);
    expect(edges.filter(({ kind }) => kind === 'route').map(({ label }) => label)).toEqual([
      '/, api.example.com/api',
      '/payments',
    ]);
  });

  test('puts environments in the order in which releases reach them', () => {
    const delivery = validDelivery();

    expect(
      graphOf({ ...delivery, environments: delivery.environments.toReversed() }).harbours.map(({ name }) => name),
    ).toEqual(['dev', 'prod']);
  });

  test('ends for stages that take from each other', () => {
    const delivery = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      intake: { from: 'stages', stages: ['prod'] },
    }));

    expect(graphOf(delivery).harbours.map(({ name }) => name)).toEqual(['dev', 'prod']);
  });

  test('joins the courses of several stages between the same places', () => {
    const delivery = validDelivery();
    const other = {
      ...delivery.stages[1]!,
      name: 'prod-payments',
      gate: { kind: 'humanTag', pattern: 'w*', taggers: ['alice'] } as const,
      triggers: [{ on: 'manual' } as const],
      rebuild: true,
    };

    expect(graphOf({ ...delivery, stages: [...delivery.stages, other] }).courses[1]).toEqual({
      from: 'environment dev',
      to: 'environment prod',
      triggers: ['on a tag v*', 'by hand'],
      gate: 'a pull request with 1 approval by releasers and the check verify, or a tag w* by alice',
      rebuilds: true,
    });
  });
});
