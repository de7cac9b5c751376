import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { engineNamespaces } from '../../../../src/model/rules/credential/engine-namespaces.ts';
import { told } from '../../../support/told.ts';
import { validDelivery } from '../../../support/valid-delivery.ts';

/** The first environment's engine runs in a namespace, and its key lies in another or the same. */
function withEngineIn(engineNamespace: string | undefined, keyIn: string | undefined): Delivery {
  const delivery = validDelivery();
  const [first, ...others] = delivery.environments;
  const cluster = { ...first!.cluster, ...(engineNamespace === undefined ? {} : { engineNamespace }) };
  const credentials = first!.credentials.map((credential) => {
    if (credential.purpose !== 'gitRead' || credential.store.kind !== 'kubernetes') return credential;
    const { namespace: _, ...store } = credential.store;
    return { ...credential, store: { ...store, ...(keyIn === undefined ? {} : { namespace: keyIn }) } };
  });
  return { ...delivery, environments: [{ ...first!, cluster, credentials }, ...others] };
}

describe('the namespace of the engine', () => {
  test('passes where it holds its key to the ops repository, whether it is the usual one or named', () => {
    expect(told(engineNamespaces, validDelivery())).toEqual([]);
    expect(told(engineNamespaces, withEngineIn('platform-cd', 'platform-cd'))).toEqual([]);
  });

  test('fails where the key lies in another, or in that of the environment', () => {
    const path = 'environments.dev.credentials.ops-read.store.namespace';
    const message = (wanted: string): string =>
      `${path}: must be "${wanted}", where the engine runs and looks for it; correct it, or environments.dev.cluster.engineNamespace`;

    expect(told(engineNamespaces, withEngineIn('platform-cd', 'argocd'))).toEqual([
      `${message('platform-cd')}, got "argocd"`,
    ]);
    expect(told(engineNamespaces, withEngineIn(undefined, undefined))).toEqual([message('argocd')]);
  });
});
