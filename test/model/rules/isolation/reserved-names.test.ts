import { describe, expect, test } from '@jest/globals';
import { reservedNames } from '../../../../src/model/rules/isolation/reserved-names.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';

const called = (name: string) =>
  told(
    reservedNames,
    withEnvironment(validDelivery(), 'dev', (environment) => ({ ...environment, name })),
  );

describe('no environment has a name that means something else', () => {
  test('passes for any other name, also one that every object has', () => {
    expect(called('dev')).toEqual([]);
    expect(called('constructor')).toEqual([]);
  });

  test('fails for the stack of what environments share', () => {
    expect(called('platform')).toEqual([
      'environments.platform.name: is the stack of what environments share; choose another name, got "platform"',
    ]);
  });

  test('fails for an environment in the namespace of the engine', () => {
    const beside = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      namespace: 'platform-cd',
      cluster: { ...environment.cluster, engineNamespace: 'platform-cd' },
    }));

    expect(told(reservedNames, beside)).toEqual([
      'environments.dev.namespace: is where the engine runs; choose another name, got "platform-cd"',
    ]);
  });

  test('fails for a folder of workflows, which would take the place of the rendering', () => {
    expect(called('source')).toEqual([
      'environments.source.name: is the folder of the source repository\'s workflows; choose another name, got "source"',
    ]);
    expect(called('program')).toEqual([
      'environments.program.name: is the folder of the program repository\'s workflows; choose another name, got "program"',
    ]);
  });

  test('fails for a namespace of the cluster itself', () => {
    for (const namespace of ['kube-system', 'kube-public', 'default'])
      expect(
        told(
          reservedNames,
          withEnvironment(validDelivery(), 'dev', (environment) => ({ ...environment, namespace })),
        ),
      ).toEqual([`environments.dev.namespace: belongs to the cluster itself; choose another name, got "${namespace}"`]);
  });
});
