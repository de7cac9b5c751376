import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { podSecurity } from '../../../../src/model/rules/pods/pod-security.ts';
import type { Service } from '../../../../src/model/service.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment, withService } from '../../../support/valid-delivery.ts';

const at = 'environments.dev.applications.shop.services.payments';

const withWords = (changes: Partial<Service>): Delivery =>
  withService(validDelivery(), 'dev', 'payments', (service) => ({ ...service, routes: [], ...changes }));

const problems = (changes: Partial<Service>, policies: Delivery['policies'] = {}): readonly string[] =>
  told(podSecurity, { ...withWords(changes), policies });

const reason = 'its image starts as root';
const baseline = { level: 'baseline', reason } as const;
const privileged = { level: 'privileged', reason } as const;
const root = { user: 0, group: 0 };
const logs = { name: 'logs', kind: 'node', path: '/var/log' } as const;
const [first] = withWords({}).environments[0]!.applications[0]!.services.find(
  ({ name }) => name === 'payments',
)!.containers;
const container = first!;

describe('what the pods of a service may do', () => {
  test('passes where its level allows it', () => {
    expect(problems({ containers: [{ ...container, capabilities: ['NET_BIND_SERVICE'] }] })).toEqual([]);
    expect(problems({ podSecurity: baseline, runAs: root })).toEqual([]);
    expect(
      problems({
        podSecurity: privileged,
        volumes: [logs],
        containers: [{ ...container, privileged: true, capabilities: ['SYS_ADMIN'] }],
      }),
    ).toEqual([]);
  });

  test('passes where the whole environment lets its pods do it', () => {
    const delivery = withEnvironment(withWords({ runAs: root }), 'dev', (dev) => ({ ...dev, podSecurity: baseline }));

    expect(told(podSecurity, delivery)).toEqual([]);
  });

  test('fails for each word that is more, with what to write', () => {
    const more = (level: string, needed: string): string =>
      `is more than Pod Security "${level}" allows; leave it out, or write podSecurity: { level: "${needed}", reason: "…" } of the service`;

    expect(problems({ runAs: root, containers: [{ ...container, capabilities: ['CHOWN', 'SYS_TIME'] }] })).toEqual([
      `${at}.runAs.user: root ${more('restricted', 'baseline')}, got 0`,
      `${at}.containers.payments.capabilities[0]: the capability CHOWN ${more('restricted', 'baseline')}, got "CHOWN"`,
      `${at}.containers.payments.capabilities[1]: the capability SYS_TIME ${more('restricted', 'privileged')}, got "SYS_TIME"`,
    ]);
    expect(
      problems({
        podSecurity: baseline,
        volumes: [logs],
        containers: [{ ...container, privileged: true, runAsUser: 0 }],
      }),
    ).toEqual([
      `${at}.volumes.logs: a folder of the node ${more('baseline', 'privileged')}, got "/var/log"`,
      `${at}.containers.payments.privileged: a container that is root on its node ${more('baseline', 'privileged')}, got true`,
    ]);
  });

  test('fails for what is no capability, and for a level without a reason', () => {
    const wrong = 'must be one capability, as Kubernetes calls it, e.g. "NET_BIND_SERVICE"';

    expect(
      problems({
        podSecurity: { level: 'privileged', reason: ' ' },
        containers: [{ ...container, capabilities: ['ALL', 'CAP_CHOWN', 'chown'] }],
      }),
    ).toEqual([
      `${at}.podSecurity.reason: must say why less is not enough, got " "`,
      `${at}.containers.payments.capabilities[0]: ${wrong}, got "ALL"`,
      `${at}.containers.payments.capabilities[1]: ${wrong}, got "CAP_CHOWN"`,
      `${at}.containers.payments.capabilities[2]: ${wrong}, got "chown"`,
    ]);
  });

  test('fails for what stays behind in the namespace of the environment', () => {
    const found = problems({
      podSecurity: baseline,
      routes: [{ port: 'http' }],
      volumes: [{ name: 'uploads', kind: 'claim', claim: 'uploads' }],
    });

    expect(found).toEqual([
      expect.stringContaining(`${at}.routes: must be left out: pods of the level "baseline" run in dev-baseline`),
      expect.stringContaining(`${at}.volumes.uploads: must be of another kind: pods of the level "baseline" run in`),
    ]);
  });
});

describe('who may say so', () => {
  test('passes for a service that the policies name', () => {
    expect(problems({ podSecurity: baseline }, { privileged: ['payments'] })).toEqual([]);
  });

  test('fails for another service, for every pod of an environment, and for a name of no service', () => {
    expect(problems({ podSecurity: baseline }, { privileged: ['orders'] })).toEqual([
      `${at}.podSecurity: must be left out: policies.privileged lets orders alone do more than Pod Security "restricted", got "baseline"`,
    ]);
    expect(problems({ podSecurity: baseline }, { privileged: [] })).toEqual([
      `${at}.podSecurity: must be left out: policies.privileged lets no service do more than Pod Security "restricted", got "baseline"`,
    ]);
    expect(problems({}, { privileged: ['paymets'] })).toEqual([
      'policies.privileged[0]: there is no service of this name; write "payments", got "paymets"',
    ]);
    expect(
      told(podSecurity, {
        ...withEnvironment(validDelivery(), 'dev', (dev) => ({ ...dev, podSecurity: { ...baseline, reason: '' } })),
        policies: { privileged: [] },
      }),
    ).toEqual([
      'environments.dev.podSecurity.reason: must say why less is not enough, got ""',
      'environments.dev.podSecurity: must be left out: policies.privileged names the services that may do more, and this would let every pod; say it of these services, got "baseline"',
    ]);
  });
});
