import { describe, expect, test } from '@jest/globals';
import { serviceAccountRights } from '../../../../src/model/rules/pods/service-account-rights.ts';
import type { AccountRule, ServiceAccount } from '../../../../src/model/pods/service-account.ts';
import type { Volume } from '../../../../src/model/pods/volume.ts';
import { uniqueNames } from '../../../../src/model/rules/workload/unique-names.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withService } from '../../../support/valid-delivery.ts';

const at = 'environments.dev.applications.shop.services.payments.serviceAccount';

const withAccount = (serviceAccount: ServiceAccount, volumes: readonly Volume[] = []) =>
  withService(validDelivery(), 'dev', 'payments', (service) => ({ ...service, serviceAccount, volumes }));

const problems = (serviceAccount: ServiceAccount, volumes?: readonly Volume[]): readonly string[] =>
  told(serviceAccountRights, withAccount(serviceAccount, volumes));

const ofRule = (rule: Partial<AccountRule>): readonly string[] =>
  problems({
    kind: 'own',
    mountToken: true,
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], ...rule }],
  });

describe('what an account may do', () => {
  test('passes for exact rights, for none, and for a given account', () => {
    expect(ofRule({ resources: ['pods/log', 'secrets'], resourceNames: ['one'] })).toEqual([]);
    expect(problems({ kind: 'own', annotations: { 'eks.amazonaws.com/role-arn': 'arn' } })).toEqual([]);
    expect(problems({ kind: 'given', name: 'reporting' })).toEqual([]);
  });

  test('fails for wildcards and for rules of nothing', () => {
    expect(ofRule({ apiGroups: ['*'], resources: ['*'], verbs: [], resourceNames: [] })).toEqual([
      `${at}.rules[0].resourceNames: must name at least one object, or be left out, got []`,
      `${at}.rules[0].verbs: must name at least one verb, e.g. "get", got []`,
      `${at}.rules[0].apiGroups: must be API groups, each by its name and none as a wildcard, e.g. "apps", or "" for the core group, got "*"`,
      `${at}.rules[0].resources: must be resources in the plural, each by its name and none as a wildcard, e.g. "configmaps", got "*"`,
    ]);
    expect(problems({ kind: 'own', rules: [] })).toEqual([
      `${at}.rules: must hold at least one rule, or be left out, got []`,
    ]);
  });

  test('fails for every Secret of the namespace, and for lists of them', () => {
    expect(ofRule({ resources: ['secrets'] })).toEqual([
      `${at}.rules[0].resourceNames: must name the Secrets: without, it reads every password of the namespace`,
    ]);
    expect(ofRule({ resources: ['secrets'], resourceNames: ['one'], verbs: ['get', 'list'] })).toEqual([
      `${at}.rules[0].verbs: must not be "list" or "watch" of Secrets, which hand out values; write "get", got ["get","list"]`,
    ]);
  });

  test('fails for a limit that Kubernetes cannot hold', () => {
    expect(ofRule({ resourceNames: ['one'], verbs: ['get', 'create'] })).toEqual([
      `${at}.rules[0].verbs: cannot be limited to names, which Kubernetes does not know then; write a rule of its own for it, got ["create"]`,
    ]);
  });

  test('fails where no container has a token to make use of it, and passes where it is a file', () => {
    const account: ServiceAccount = {
      kind: 'own',
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }],
    };

    expect(problems(account)).toEqual([
      `${at}.mountToken: must be true where there are rules: without a token no container can make use of them, got false`,
    ]);
    expect(
      problems(account, [
        {
          name: 'token',
          kind: 'projected',
          sources: [{ kind: 'serviceAccountToken', audience: 'https://kubernetes.default.svc', path: 'token' }],
        },
      ]),
    ).toEqual([]);
  });

  test('fails for names and annotations that Kubernetes does not take', () => {
    expect(problems({ kind: 'given', name: 'Reporting' })).toEqual([
      `${at}.name: must be the name of a ServiceAccount: lower-case letters, digits, dashes and dots, got "Reporting"`,
    ]);
    expect(problems({ kind: 'own', annotations: { 'a b': 'c' } })).toEqual([
      `${at}.annotations: must have keys of annotations, e.g. "eks.amazonaws.com/role-arn", got "a b"`,
    ]);
  });

  test('fails where two services make one account', () => {
    const delivery = withService(withAccount({ kind: 'own', name: 'orders' }), 'dev', 'orders', (service) => ({
      ...service,
      serviceAccount: { kind: 'own' },
    }));

    expect(told(uniqueNames, delivery)).toEqual([
      'environments.dev.applications.shop.services.payments: makes the same object as environments.dev.applications.shop.services.orders; give one another name, got "ServiceAccount/dev-orders"',
    ]);
  });
});
