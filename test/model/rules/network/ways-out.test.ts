import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import type { ExternalDatabase } from '../../../../src/model/database.ts';
import type { Dns } from '../../../../src/model/network/dns.ts';
import { waysOut } from '../../../../src/model/rules/network/ways-out.ts';
import { connections } from '../../../../src/model/rules/reference/connections.ts';
import { podCredentials } from '../../../../src/model/rules/reference/pod-credentials.ts';
import { texts } from '../../../../src/model/rules/reference/texts.ts';
import { uniqueNames } from '../../../../src/model/rules/workload/unique-names.ts';
import { connectsTo } from '../../../../src/model/service.ts';
import { told } from '../../../support/told.ts';
import { withApplication, withEnvironment, withService } from '../../../support/valid-delivery.ts';
import { furtherWords } from '../../further-words.ts';

const database = (change: Partial<ExternalDatabase>): Delivery =>
  withApplication(furtherWords, 'prod', (application) => ({
    ...application,
    externalDatabases: (application.externalDatabases ?? []).map((it) => ({ ...it, ...change })),
  }));
const looksUp = (dns: Dns): Delivery => withEnvironment(furtherWords, 'dev', (it) => ({ ...it, dns }));
const ledger = 'environments.prod.applications.shop.externalDatabases.ledger';

describe('what leaves the cluster', () => {
  test('passes for addresses, for databases outside, and for a DNS server at an address', () => {
    expect(told(waysOut, furtherWords)).toEqual([]);
    expect(told(waysOut, database({ addresses: 'internet', host: '10.20.30.40' }))).toEqual([]);
  });

  test('fails for blocks that are none, and for none', () => {
    const connecting = (cidrs: readonly string[]): Delivery =>
      withService(furtherWords, 'prod', 'payments', (service) => ({
        ...service,
        connects: [{ kind: 'addresses', cidrs, ports: [443], reason: 'the warehouse' }],
      }));
    const at = 'environments.prod.applications.shop.services.payments.connects[0].cidrs';

    expect(told(waysOut, connecting(['10.1.2.3']))).toEqual([
      `${at}: must be a block of addresses, e.g. "10.20.0.0/16"; for this one alone write "10.1.2.3/32", got "10.1.2.3"`,
    ]);
    expect(told(waysOut, connecting([]))).toEqual([`${at}: must name at least one block of addresses, got []`]);
  });

  test('fails for a connection to addresses without a port or a reason', () => {
    const nowhere = withService(furtherWords, 'prod', 'payments', (service) => ({
      ...service,
      connects: [{ kind: 'addresses', cidrs: ['10.0.0.0/8'], ports: [], reason: ' ' }],
    }));

    expect(told(connections, nowhere)).toEqual([
      'environments.prod.applications.shop.services.payments.connects[0].ports: must name at least one port, got []',
      'environments.prod.applications.shop.services.payments.connects[0].reason: must say what for, got " "',
    ]);
  });

  test('fails for a DNS server at no address, and at no port', () => {
    expect(told(waysOut, looksUp({ kind: 'addresses', addresses: ['node-local'] }))).toEqual([
      'environments.dev.dns.addresses: must be an address, e.g. "169.254.20.10", got "node-local"',
    ]);
    expect(told(waysOut, looksUp({ kind: 'addresses', addresses: [], port: 0 }))).toEqual([
      'environments.dev.dns.port: must be a whole number from 1 to 65535, got 0',
      'environments.dev.dns.addresses: must name at least one address, got []',
    ]);
  });

  test('fails for a database outside that nobody can reach', () => {
    expect(told(waysOut, database({ host: 'Ledger DB', port: 70000, addresses: ['10.0.0.1/8'] }))).toEqual([
      `${ledger}.host: must be a host name in lower case, or an address, got "Ledger DB"`,
      `${ledger}.port: must be a whole number from 1 to 65535, got 70000`,
      `${ledger}.addresses: must begin where the block does: what follows the first 8 bits is 0, got "10.0.0.1/8"`,
    ]);
  });
});

describe('a database outside is a neighbour like any other', () => {
  test('fails for a name that another has, and for a credential that is not there', () => {
    expect(told(uniqueNames, database({ name: 'payments' }))).toEqual([
      expect.stringContaining('environments.prod.applications.shop.services and databases'),
    ]);
    expect(told(podCredentials, database({ credential: 'nothing' }))).toEqual([
      expect.stringContaining(`${ledger}.credential: there is no credential in prod of this name`),
    ]);
  });

  test('fails for a connection to a port that it does not have, and for a host that no connection names', () => {
    const payments = (to: string, port: string): Delivery =>
      withService(furtherWords, 'prod', 'payments', (service) => ({ ...service, connects: [connectsTo(to, port)] }));

    expect(told(connections, payments('ledger', 'http'))).toEqual([
      'environments.prod.applications.shop.services.payments.connects[0]: ledger has no port of this name; write "mysql", got "http"',
    ]);
    expect(told(texts, payments('orders', 'http'))).toEqual([
      "environments.prod.applications.shop.services.payments.containers.payments.env.LEDGER_HOST: mentions ledger, which payments may not reach; write connectsTo('ledger', 'mysql') under connects",
    ]);
  });
});
