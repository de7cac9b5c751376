import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { followedNames } from '../../../../src/model/rules/isolation/followed-names.ts';
import { severalApplications } from '../../../support/several-applications.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';

const followedAs = (pattern: string): Delivery => ({ ...severalApplications(), followedAs: pattern });

describe('the engine of a cluster calls each application something else', () => {
  test('passes with the usual names, and with a pattern that tells environments and applications apart', () => {
    expect(told(followedNames, severalApplications())).toEqual([]);
    expect(told(followedNames, followedAs('{application}-{environment}'))).toEqual([]);
    expect(told(followedNames, { ...validDelivery(), followedAs: '{delivery}-{environment}' })).toEqual([]);
  });

  test('passes for one name in two clusters, each of which has an engine', () => {
    const apart = withEnvironment({ ...validDelivery(), followedAs: '{application}' }, 'prod', (environment) => ({
      ...environment,
      cluster: { ...environment.cluster, name: 'remote' },
    }));

    expect(told(followedNames, apart)).toEqual([]);
  });

  test('fails for a pattern that leaves out the environment', () => {
    expect(told(followedNames, { ...validDelivery(), followedAs: '{application}' })).toEqual([
      'followedAs: gives prod/shop the name that dev/shop has in local; write a pattern with {environment} and {application} as followedAs, got "{application}"',
    ]);
  });

  test('fails where the usual name of one environment is that of an application of another', () => {
    const delivery = severalApplications();
    const [dev, qa, ...others] = delivery.environments;
    const named = { ...delivery, environments: [dev!, { ...qa!, name: 'dev-bank' }, ...others] };

    expect(told(followedNames, named)).toEqual([
      'environments.dev-bank: gives dev-bank/shop the name that dev/bank has in local; write a pattern with {environment} and {application} as followedAs, got "shop-dev-bank"',
    ]);
  });

  test('fails for a word that nothing fills in', () => {
    expect(told(followedNames, followedAs('{app}-{application}-{environment}'))).toEqual([
      'followedAs: holds a word that nothing fills in; write {delivery}, {environment} or {application}, got "{app}"',
    ]);
  });
});
