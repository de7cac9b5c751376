import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { withToolchains } from '../../../../src/model/derived/places/toolchains.ts';
import { furtherNamespaces } from '../../../../src/model/rules/isolation/further-namespaces.ts';
import { told } from '../../../support/told.ts';
import { tools } from '../../../support/with-toolchain.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';

const withFurther = (...namespaces: readonly string[]): Delivery =>
  withEnvironment(validDelivery(), 'dev', (environment) => ({ ...environment, furtherNamespaces: namespaces }));

describe('the further namespaces of an environment', () => {
  test('passes where nobody else guards them, and in several environments', () => {
    const both = withEnvironment(withFurther('monitoring'), 'prod', (environment) => ({
      ...environment,
      furtherNamespaces: ['monitoring', 'kube-system'],
    }));

    expect(told(furtherNamespaces, both)).toEqual([]);
  });

  test('fails for its own, for that of another environment, for the engine’s, for one that is named twice, and for what is no name', () => {
    expect(
      told(furtherNamespaces, withFurther('dev', 'prod', 'argocd', 'monitoring', 'monitoring', 'My Tools')),
    ).toEqual([
      'environments.dev.furtherNamespaces[0]: is its own namespace already; take it out, got "dev"',
      'environments.dev.furtherNamespaces[1]: is that of prod, which alone writes there; take it out, got "prod"',
      'environments.dev.furtherNamespaces[2]: is where the engine runs: whoever writes there decides what is applied everywhere; take it out, got "argocd"',
      'environments.dev.furtherNamespaces[4]: is named twice; take one out, got "monitoring"',
      'environments.dev.furtherNamespaces[5]: must be the name of a namespace: lower-case letters, digits and dashes, e.g. "monitoring", got "My Tools"',
    ]);
  });

  test('fails for those that bootstrap/ makes beside the first: of its own, of another environment, of a toolchain', () => {
    const delivery = withEnvironment(
      withFurther('dev-indexes', 'prod-indexes', 'shop-builds'),
      'dev',
      (environment) => ({
        ...environment,
        namespaces: ['dev-indexes'],
      }),
    );
    const whole = withEnvironment(delivery, 'prod', (environment) => ({
      ...environment,
      namespaces: ['prod-indexes'],
    }));

    expect(told(furtherNamespaces, withToolchains({ ...whole, toolchains: [tools()] }))).toEqual([
      'environments.dev.furtherNamespaces[0]: is its own namespace already; take it out, got "dev-indexes"',
      'environments.dev.furtherNamespaces[1]: is that of prod, which alone writes there; take it out, got "prod-indexes"',
      'environments.dev.furtherNamespaces[2]: is that of tools, which alone writes there; take it out, got "shop-builds"',
    ]);
  });
});
