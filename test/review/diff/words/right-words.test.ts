import { expect, test } from '@jest/globals';
import type { AccountRule, ServiceAccount } from '../../../../src/model/pods/service-account.ts';
import { saidOfService } from './said-of-service.ts';

const flags: AccountRule = {
  apiGroups: [''],
  resources: ['configmaps'],
  resourceNames: ['flags'],
  verbs: ['get', 'watch'],
};
const account = (...rules: readonly AccountRule[]): { readonly serviceAccount: ServiceAccount } => ({
  serviceAccount: { kind: 'own', rules, mountToken: true },
});

test('what an account may do is said in words', () => {
  expect(
    saidOfService(
      account(flags),
      account({ ...flags, verbs: ['get'] }, { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] }),
    ),
  ).toEqual([
    'may no longer get and watch configmaps named flags',
    'may get configmaps named flags',
    'may list deployments',
  ]);
});

test('that pods are somebody else is said in words', () => {
  expect(saidOfService({}, { serviceAccount: { kind: 'given', name: 'reporting', mountToken: true } })).toEqual([
    'service account token mounted',
    'service account reporting added',
  ]);
});
