import { describe, expect, test } from '@jest/globals';
import { backupTraffic, trafficOf } from '../../../src/constructs/network/traffic.ts';
import { Place } from '../../../src/constructs/place.ts';
import type { Application } from '../../../src/model/application.ts';
import { connectsTo, httpsOut, type Service } from '../../../src/model/service.ts';
import { everyBackup, smallDatabase } from '../../databases/postgresql/every-database.ts';
import { placeWith, smallService } from '../synthesize.ts';

const dns = {
  peer: { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }],
};
const pods = (app: string) => ({ kind: 'pods', labels: { app } });
const named = (name: string, changes: Partial<Service> = {}): Service => ({ ...smallService, name, ...changes });
const web = (name: string, changes: Partial<Service> = {}): Service =>
  named(name, {
    ports: [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'admin', port: 9000 },
    ],
    ...changes,
  });

const trafficFor = (name: string, services: readonly Service[], environment = {}) =>
  trafficOf(placeWith({ services, databases: [smallDatabase] }, environment)).get(name);

describe('trafficOf', () => {
  test('lets nobody talk to a service that nobody needs and that needs nobody, not even to look a name up', () => {
    expect(trafficFor('alone', [named('alone')])).toEqual({ ingress: [], egress: [] });
  });

  test('opens both ends of a connection, on the port of the pods', () => {
    const services = [web('shop'), named('caller', { connects: [connectsTo('shop', 'http')] }), named('stranger')];

    expect(trafficFor('caller', services)).toEqual({
      ingress: [],
      egress: [dns, { peer: pods('shop'), ports: [{ port: 8080 }] }],
    });
    expect(trafficFor('shop', services)).toEqual({
      ingress: [{ peer: pods('caller'), ports: [{ port: 8080 }] }],
      egress: [],
    });
    expect(trafficFor('stranger', services)).toEqual({ ingress: [], egress: [] });
  });

  test('joins the ports of two connections to the same service', () => {
    const services = [
      web('shop'),
      named('caller', { connects: [connectsTo('shop', 'http'), connectsTo('shop', 'admin')] }),
    ];

    expect(trafficFor('shop', services)?.ingress).toEqual([
      { peer: pods('caller'), ports: [{ port: 8080 }, { port: 9000 }] },
    ]);
  });

  test('opens both ends of a connection to another application of the environment, and of no service of the same name', () => {
    const caller = named('caller', { connects: [{ kind: 'service', application: 'bank', to: 'shop', port: 'admin' }] });
    const bank = { name: 'bank', services: [web('shop', { selector: { app: 'bank-shop' } })] };
    const own = placeWith({ services: [caller, web('shop')] });
    const environment = { ...own.environment, applications: [own.application, bank] };
    const trafficIn = (application: Application): ReturnType<typeof trafficOf> =>
      trafficOf(new Place(environment, application, own.release, own.marks));

    expect(trafficIn(own.application).get('caller')).toEqual({
      ingress: [],
      egress: [dns, { peer: pods('bank-shop'), ports: [{ port: 9000 }] }],
    });
    expect(trafficIn(own.application).get('shop')).toEqual({ ingress: [], egress: [] });
    expect(trafficIn(bank).get('shop')).toEqual({
      ingress: [{ peer: pods('caller'), ports: [{ port: 9000 }] }],
      egress: [],
    });
  });

  test('sends what leaves the cluster to the internet, to addresses and to a database outside, each on its ports', () => {
    const caller = named('caller', {
      connects: [
        httpsOut('the bank'),
        { kind: 'internet', ports: [123, 443], protocol: 'UDP', reason: 'the time, and HTTP/3' },
        { kind: 'addresses', cidrs: ['10.1.0.0/16', 'fd00::/64'], ports: [514], protocol: 'UDP', reason: 'logs' },
        { kind: 'addresses', cidrs: ['10.1.0.0/16', 'fd00::/64'], ports: [6514], reason: 'logs' },
        connectsTo('ledger', 'mysql'),
        connectsTo('archive', 'postgresql'),
      ],
    });
    const outside = { host: 'db.example', database: 'x', user: 'x', credential: 'orders-db-password' };
    const place = placeWith({
      services: [caller],
      externalDatabases: [
        { ...outside, name: 'ledger', port: 3306, portName: 'mysql', addresses: ['10.2.0.0/16'] },
        { ...outside, name: 'archive', port: 6432, addresses: 'internet' },
      ],
    });

    expect(trafficOf(place).get('caller')?.egress).toEqual([
      dns,
      { peer: { kind: 'addresses', cidrs: ['10.2.0.0/16'] }, ports: [{ port: 3306 }] },
      { peer: { kind: 'internet' }, ports: [{ port: 6432 }] },
      {
        peer: { kind: 'internet' },
        ports: [{ port: 443 }, { port: 123, protocol: 'UDP' }, { port: 443, protocol: 'UDP' }],
      },
      {
        peer: { kind: 'addresses', cidrs: ['10.1.0.0/16', 'fd00::/64'] },
        ports: [{ port: 514, protocol: 'UDP' }, { port: 6514 }],
      },
    ]);
    expect([...trafficOf(place).keys()]).not.toContain('ledger');
  });

  test.each([
    [
      { kind: 'addresses', addresses: ['169.254.20.10', 'fd00::a'] },
      { kind: 'addresses', cidrs: ['169.254.20.10/32', 'fd00::a/128'] },
      53,
    ],
    [
      { namespace: 'openshift-dns', podLabels: { app: 'dns' }, port: 5353 },
      { kind: 'pods', labels: { app: 'dns' }, namespace: 'openshift-dns' },
      5353,
    ],
  ] as const)('lets names be looked up at %j', (server, peer, port) => {
    const caller = named('caller', { connects: [httpsOut('the bank')] });

    expect(trafficFor('caller', [caller], { dns: server })?.egress[0]).toEqual({
      peer,
      ports: [{ port, protocol: 'UDP' }, { port }],
    });
  });

  test('fails for a connection to an application that the environment does not have', () => {
    const caller = named('caller', { connects: [{ kind: 'service', application: 'bnak', to: 'shop', port: 'http' }] });

    expect(() => trafficFor('caller', [caller])).toThrow('must name an application of dev, got "bnak"');
  });

  test('lets the ingress controller in on routed ports alone', () => {
    const controller = { namespace: 'edge', podLabels: { app: 'proxy' } };
    const services = [web('shop', { routes: [{ port: 'http' }, { path: '/again', port: 'http' }] })];

    expect(trafficFor('shop', services)?.ingress).toEqual([
      {
        peer: { kind: 'pods', namespace: 'kube-system', labels: { 'app.kubernetes.io/name': 'traefik' } },
        ports: [{ port: 8080 }],
      },
    ]);
    expect(trafficFor('shop', services, { ingress: { entryPoints: ['web'], controller } })?.ingress).toEqual([
      { peer: { kind: 'pods', namespace: 'edge', labels: { app: 'proxy' } }, ports: [{ port: 8080 }] },
    ]);
  });

  test('asks the DNS pods that the environment names', () => {
    const own = { namespace: 'dns', podLabels: { app: 'coredns' } };

    expect(
      trafficFor('caller', [named('caller', { connects: [httpsOut('the bank')] })], { dns: own })?.egress[0]?.peer,
    ).toEqual({ kind: 'pods', namespace: 'dns', labels: { app: 'coredns' } });
  });

  test('lets a service out to the internet on the ports that it says', () => {
    const connects = [
      httpsOut('the bank'),
      httpsOut('the weather'),
      { kind: 'internet', ports: [587], reason: 'mail' } as const,
    ];

    expect(trafficFor('caller', [named('caller', { connects })])?.egress).toEqual([
      dns,
      { peer: { kind: 'internet' }, ports: [{ port: 443 }, { port: 587 }] },
    ]);
  });

  test('lets everybody in where the Service itself is open to the outside', () => {
    const anywhere = { peer: { kind: 'anywhere' }, ports: [{ port: 8080 }, { port: 9000 }] };

    expect(trafficFor('shop', [web('shop', { serviceType: 'LoadBalancer' })])?.ingress).toEqual([anywhere]);
    expect(trafficFor('shop', [web('shop', { serviceType: 'NodePort' })])?.ingress).toEqual([anywhere]);
    expect(trafficFor('shop', [web('shop', { serviceType: 'headless' })])?.ingress).toEqual([]);
    expect(trafficFor('shop', [named('shop', { serviceType: 'LoadBalancer' })])?.ingress).toEqual([]);
  });

  test('lets the database answer its callers and its backup, and call nobody', () => {
    const caller = named('caller', { connects: [connectsTo('stock', 'postgresql')] });
    const backedUp = placeWith({ services: [caller], databases: [{ ...smallDatabase, backup: everyBackup }] });

    expect(trafficFor('stock', [caller])).toEqual({
      ingress: [{ peer: pods('caller'), ports: [{ port: 5432 }] }],
      egress: [],
    });
    expect(trafficOf(backedUp).get('stock')?.ingress).toEqual([
      { peer: pods('caller'), ports: [{ port: 5432 }] },
      { peer: pods('dump'), ports: [{ port: 5432 }] },
    ]);
    expect(backupTraffic(backedUp, { ...smallDatabase, backup: everyBackup })).toEqual({
      ingress: [],
      egress: [dns, { peer: pods('stock'), ports: [{ port: 5432 }] }],
    });
  });

  test('fails for a connection to a port that is not there', () => {
    expect(() =>
      trafficFor('caller', [web('shop'), named('caller', { connects: [connectsTo('shop', 'grpc')] })]),
    ).toThrow(
      'environments.dev.applications.shop.services.caller.connects: must name a port of "shop": http, admin, got "grpc"',
    );
  });
});
